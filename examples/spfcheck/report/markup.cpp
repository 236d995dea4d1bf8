#include "report/markup.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

struct Character {
    std::uint32_t code = 0;
    std::size_t octets = 0;  // 0: no character of UTF-8 begins here
};

/// Returns the character at the beginning of a text that is not empty (RFC 3629).
Character character_at(std::string_view text) {
    const auto octet = [text](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t lead = octet(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {};
    std::uint32_t code = lead & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((octet(i) & 0xc0U) != 0x80) return {};
        code = code << 6U | (octet(i) & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < least[size] || is_surrogate || code > 0x10ffff) return {};
    return {code, size};
}

/// Returns whether a character is shown as it is. XML 1.0 (2.2) forbids most controls, U+FFFE and
/// U+FFFF; the others would be invisible, or change how the text around them is shown.
bool is_shown(std::uint32_t code) {
    const auto is_between = [code](std::uint32_t first, std::uint32_t last) {
        return code >= first && code <= last;
    };
    return code >= 0x20 && !is_between(0x7f, 0x9f) && code != 0xad && code != 0x61c &&
           !is_between(0x200b, 0x200f) && !is_between(0x2028, 0x202e) &&
           !is_between(0x2060, 0x206f) && code != 0xfeff && !is_between(0xfff0, 0xfffb) &&
           (code & 0xfffeU) != 0xfffe && !is_between(0xfdd0, 0xfdef) &&
           !is_between(0xe0000, 0xe0fff);
}

}  // namespace

std::string markup_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Character character = character_at(text);
        const std::size_t size = character.octets == 0 ? 1 : character.octets;
        switch (character.code) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default:
                if (character.octets > 0 && is_shown(character.code)) {
                    out += text.substr(0, size);
                } else {
                    out += spf::printable(text.substr(0, size));
                }
        }
        text.remove_prefix(size);
    }
    return out;
}

void Markup::open(std::string_view name, Attributes attributes) {
    out_.append("<").append(name);
    for (const Attribute& each : attributes) {
        out_.append(" ").append(each.name).append("=\"");
        out_.append(markup_text(each.value)).append("\"");
    }
}

void Markup::start(std::string_view name, Attributes attributes) {
    open(name, attributes);
    out_ += '>';
    open_.push_back(name);
}

void Markup::end() {
    out_.append("</").append(open_.back()).append(">");
    open_.pop_back();
}

void Markup::data(std::string_view octets) {
    constexpr std::size_t longest = 16;
    const std::string shown = spf::printable(octets);
    for (std::size_t at = 0; at < shown.size();) {
        const std::size_t end = std::min(shown.find(' ', at), shown.size());
        const std::string_view word = std::string_view(shown).substr(at, end - at);
        if (word.size() <= longest && word.find('-') != std::string_view::npos) {
            element("span", {{"class", "word"}}, word);
        } else {
            text(word);
        }
        if (end < shown.size()) out_ += ' ';
        at = end + 1;
    }
}

void Markup::element(std::string_view name, Attributes attributes, std::string_view text) {
    start(name, attributes);
    this->text(text);
    end();
}

void Markup::empty(std::string_view name, Attributes attributes) {
    open(name, attributes);
    out_ += "/>";
}

}  // namespace spfcheck
