#include "bounce/html.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "bounce/text.hpp"
#include "refusal/words.hpp"

namespace spfcheck {
namespace {

/// Elements that begin a line.
constexpr std::array<std::string_view, 16> blocks{"br",    "p",   "div", "tr",        "li", "h1",
                                                  "h2",    "h3",  "h4",  "ul",        "ol", "hr",
                                                  "table", "pre", "dt",  "blockquote"};

struct Named {
    std::string_view name;
    std::string_view text;
};
constexpr std::array<Named, 8> characters{
    Named{"amp", "&"},  Named{"lt", "<"},   Named{"gt", ">"},  Named{"quot", "\""},
    Named{"nbsp", " "}, Named{"apos", "'"}, Named{"#39", "'"}, Named{"rsquo", "'"}};

void add_utf8(std::string& out, std::uint32_t point) {
    const auto octet = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (point < 0x80) {
        octet(point < 0x20 ? 0x20 : point);
    } else if (point < 0x800) {
        octet(0xc0U | point >> 6U);
        octet(0x80U | (point & 0x3fU));
    } else if (point < 0x10000) {
        octet(0xe0U | point >> 12U);
        octet(0x80U | (point >> 6U & 0x3fU));
        octet(0x80U | (point & 0x3fU));
    } else if (point < 0x110000) {
        octet(0xf0U | point >> 18U);
        octet(0x80U | (point >> 12U & 0x3fU));
        octet(0x80U | (point >> 6U & 0x3fU));
        octet(0x80U | (point & 0x3fU));
    }
}

/// Adds the character that a reference such as "&lt;" stands for.
/// \return the size of the reference; 0 if it is none
std::size_t add_character(std::string& out, std::string_view text) {
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == npos || end < 2) return 0;
    const std::string_view name = text.substr(1, end - 1);
    for (const Named& each : characters) {
        if (name != each.name) continue;
        out += each.text;
        return end + 1;
    }
    if (name.front() != '#') return 0;
    const bool hex = name.size() > 1 && lower(name[1]) == 'x';
    std::uint32_t point = 0;
    for (const char c : name.substr(hex ? 2 : 1)) {
        const bool letter = hex && lower(c) >= 'a' && lower(c) <= 'f';
        if (!is_digit(c) && !letter) return 0;
        const auto digit = static_cast<std::uint32_t>(letter ? lower(c) - 'a' + 10 : c - '0');
        point = std::min<std::uint32_t>(point * (hex ? 16 : 10) + digit, 0x110000);
    }
    add_utf8(out, point);
    return end + 1;
}

/// Returns the place behind an element whose contents are not text, or npos if this is none.
std::size_t behind_hidden(std::string_view html, std::size_t at, std::string_view name) {
    if (name != "script" && name != "style" && name != "head" && name != "title") return npos;
    const std::string end = "</" + std::string(name);
    const std::size_t close = find_ignoring_case(html, end, at);
    return close == npos ? html.size() : close;
}

}  // namespace

std::string text_of_html(std::string_view html) {
    std::string out;
    bool kept = false;  // are line ends part of the text?
    for (std::size_t i = 0; i < html.size();) {
        if (html[i] == '&') {
            const std::size_t size = add_character(out, html.substr(i));
            if (size == 0) out += '&';
            i += std::max<std::size_t>(size, 1);
            continue;
        }
        const bool opens = html[i] == '<' && i + 1 < html.size() &&
                           (is_word(html[i + 1]) || html[i + 1] == '/' || html[i + 1] == '!');
        if (!opens) {
            out += (html[i] == '\n' && !kept) || html[i] == '\t' ? ' ' : html[i];
            ++i;
            continue;
        }
        const bool comment = html.substr(i).starts_with("<!--");
        const std::size_t end = comment ? html.find("-->", i) : html.find('>', i);
        if (end == npos) break;
        const std::size_t begin = html[i + 1] == '/' ? i + 2 : i + 1;
        std::size_t behind = begin;
        while (behind < end && is_word(html[behind])) ++behind;
        const std::string name = lower(html.substr(begin, behind - begin));
        // An address in angle brackets that nobody escaped is text.
        if (html.substr(i, end - i).find('@') != npos && html[behind] != ' ') {
            out += html.substr(i, end + 1 - i);
            i = end + 1;
            continue;
        }
        if (std::find(blocks.begin(), blocks.end(), name) != blocks.end()) out += '\n';
        if (name == "pre") kept = begin == i + 1;
        const std::size_t hidden = begin == i + 1 ? behind_hidden(html, end, name) : npos;
        i = hidden == npos ? end + (comment ? 3 : 1) : hidden;
    }
    return out;
}

}  // namespace spfcheck
