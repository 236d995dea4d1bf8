#include "refusal/words.hpp"

#include <algorithm>

namespace spfcheck {
namespace {

bool is_blank(char c) noexcept { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }

std::string_view at_most(std::string_view text, std::size_t size) noexcept {
    return text.substr(0, size);
}

/// Returns the text with each run of blanks and control characters as one space.
std::string with_single_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (!is_blank(c)) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

std::size_t skip_blank(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && text[at] == ' ' ? at + 1 : at;
}

}  // namespace

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = lower(c);
    return out;
}

bool is_reply_code_at(std::string_view text, std::size_t place) noexcept {
    if (place + 3 > text.size()) return false;
    if (text[place] < '2' || text[place] > '5' || text[place + 1] > '7') return false;
    if (!is_digit(text[place + 1]) || !is_digit(text[place + 2])) return false;
    if (place > 0 && (is_word(text[place - 1]) || text[place - 1] == '.')) return false;
    if (place + 3 == text.size()) return true;
    const char next = text[place + 3];
    return !is_word(next) && next != '.' && next != '/' && next != '@';
}

std::size_t enhanced_code_at(std::string_view text, std::size_t place) noexcept {
    if (place > 0 && (is_word(text[place - 1]) || text[place - 1] == '.')) return 0;
    const std::string_view rest = text.substr(place, 9);
    if (rest.size() < 5 || (rest[0] != '2' && rest[0] != '4' && rest[0] != '5')) return 0;
    if (rest[1] != '.' || rest[2] < '0' || rest[2] > '7' || rest[3] != '.') return 0;
    std::size_t size = 4;
    while (size < rest.size() && size < 8 && is_digit(rest[size])) ++size;
    if (size == 4 || size == 8) return 0;
    const std::size_t end = place + size;
    if (end == text.size()) return size;
    if (text[end] == '.') return end + 1 < text.size() && is_digit(text[end + 1]) ? 0 : size;
    return is_word(text[end]) && static_cast<unsigned char>(text[end]) < 0x80 ? 0 : size;
}

std::string on_one_line(std::string_view reply) {
    const std::string text = with_single_spaces(at_most(reply, longest_reply));
    std::string out;
    out.reserve(text.size());
    std::string_view code;  // of the first line
    bool continued = false;
    for (std::size_t i = 0; i < text.size();) {
        const bool begins = i == 0 || text[i - 1] == ' ';
        if (!begins || !is_reply_code_at(text, i)) {
            out += text[i++];
            continue;
        }
        const std::string_view here = std::string_view(text).substr(i, 3);
        const bool hyphen = i + 3 < text.size() && text[i + 3] == '-';
        if (code.empty() || here != code || !(hyphen || continued)) {
            if (code.empty()) code = here;
            continued = continued || (hyphen && here == code);
            out.append(here);
            i += 3;
            // "550-" of the first line reads "550 ".
            if (hyphen && here == code) {
                out += ' ';
                i = skip_blank(text, i + 1);
            }
            continue;
        }
        i = skip_blank(text, i + (hyphen ? 4U : 3U));
        const std::size_t enhanced = i < text.size() ? enhanced_code_at(text, i) : 0;
        if (enhanced > 0) i = skip_blank(text, i + enhanced);
        if (out.ends_with(' ') && i < text.size() && text[i] == ' ') ++i;
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string without_links(std::string_view words) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        const std::string_view rest = words.substr(i);
        const bool link =
            rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.");
        if (!link) {
            out += words[i++];
            continue;
        }
        while (i < words.size() && words[i] != ' ') ++i;
    }
    return out;
}

}  // namespace spfcheck
