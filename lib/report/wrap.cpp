#include "spf/report/wrap.hpp"

#include <algorithm>

#include "spf/base/printable.hpp"

namespace spf::report {

namespace {

/// A character of a text in UTF-8.
struct Character {
    std::size_t size = 1;  ///< in octets; 1 for an octet that is not part of UTF-8
    std::size_t columns = 1;
};

/// Returns how many octets a character has that begins with an octet; 1 if none begins with it.
std::size_t size_from(unsigned char first) noexcept {
    if (first >= 0xf0U && first < 0xf8U) return 4;
    if (first >= 0xe0U && first < 0xf0U) return 3;
    return first >= 0xc2U && first < 0xe0U ? 2 : 1;
}

bool is_within(char32_t c, char32_t first, char32_t last) noexcept {
    return c >= first && c <= last;
}

/// Returns how many columns a character has: Unicode's East Asian Width (UAX 11), by blocks.
std::size_t columns_of_character(char32_t c) noexcept {
    if (is_within(c, 0x300, 0x36f) || is_within(c, 0x200b, 0x200f)) return 0;
    const bool is_wide = is_within(c, 0x1100, 0x115f) || is_within(c, 0x2e80, 0xa4cf) ||
                         is_within(c, 0xac00, 0xd7a3) || is_within(c, 0xf900, 0xfaff) ||
                         is_within(c, 0xfe30, 0xfe6f) || is_within(c, 0xff00, 0xff60) ||
                         is_within(c, 0xffe0, 0xffe6) || is_within(c, 0x1f300, 0x1faff) ||
                         is_within(c, 0x20000, 0x3fffd);
    return is_wide ? 2 : 1;
}

/// Returns the character at the beginning of a text that is not empty.
Character character_at(std::string_view text) noexcept {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = size_from(first);
    if (size == 1 || size > text.size()) return {};
    char32_t c = first & (0xffU >> (size + 1));
    for (const char octet : text.substr(1, size - 1)) {
        if ((static_cast<unsigned char>(octet) & 0xc0U) != 0x80U) return {};
        c = c << 6U | (static_cast<unsigned char>(octet) & 0x3fU);
    }
    return {size, columns_of_character(c)};
}

/// Returns how many octets of a text that is not empty fit into so many columns; at least those of
/// its first character.
std::size_t octets_within(std::string_view text, std::size_t width) noexcept {
    std::size_t at = 0;
    for (std::size_t used = 0; at < text.size();) {
        const Character next = character_at(text.substr(at));
        used += next.columns;
        if (used > width && at > 0) break;
        at += next.size;
    }
    return at;
}

/// Returns whether a text has nothing to wrap: it fits, and one space separates its words.
bool is_one_line(std::string_view text, std::size_t width) noexcept {
    return !text.empty() && columns_of(text) <= width && text.front() != ' ' &&
           text.back() != ' ' && text.find("  ") == std::string_view::npos;
}

}  // namespace

std::size_t columns_of(std::string_view text) noexcept {
    std::size_t out = 0;
    while (!text.empty()) {
        const Character next = character_at(text);
        out += next.columns;
        text.remove_prefix(next.size);
    }
    return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width, LongWord long_word) {
    width = std::max<std::size_t>(width, 1);
    std::vector<std::string> lines;
    if (is_one_line(text, width)) {
        lines.emplace_back(text);
        return lines;
    }
    std::size_t used = 0;  // columns of the last line
    while (true) {
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) return lines;
        text.remove_prefix(begin);

        std::size_t length = std::min(text.find(' '), text.size());
        if (long_word == LongWord::split) length = octets_within(text.substr(0, length), width);
        const std::string_view word = text.substr(0, length);
        const std::size_t columns = columns_of(word);
        if (!lines.empty() && used + 1 + columns <= width) {
            lines.back().append(" ").append(word);
            used += 1 + columns;
        } else {
            lines.emplace_back().reserve(std::min(width, text.size()));
            lines.back().append(word);
            used = columns;
        }
        text.remove_prefix(length);
    }
}

Excerpt excerpt(std::string_view text, std::size_t offset, std::size_t length, std::size_t width) {
    constexpr std::string_view mark = "...";
    width = std::max<std::size_t>(width, 20);
    offset = std::min(offset, text.size());

    // Each octet needs at least one column, so octets that are more than `width` octets away from
    // `offset` cannot be shown.
    const std::size_t left_out = offset - std::min(offset, width);
    const std::size_t behind = std::min(text.size() - offset, width);
    const bool goes_on = text.size() - offset > behind;
    text = text.substr(left_out, offset - left_out + behind);
    offset -= left_out;
    const std::string shown = printable(text);
    const std::size_t place = printable(text.substr(0, offset)).size();
    const std::size_t wide = printable(text.substr(offset, length)).size();

    // About a third of the width is for the text from `place` on. If less text remains, the excerpt
    // begins earlier.
    std::size_t begin = 0;
    if (shown.size() >= width) {
        const std::size_t ahead = std::min(width - width / 3, place);
        const std::size_t last_begin = shown.size() - width + 1;  // + 1 for a caret after the text
        begin = std::min(place - ahead, last_begin);
    }
    Excerpt out;
    out.text = shown.substr(begin, width);
    if (begin > 0 || left_out > 0) out.text.replace(0, mark.size(), mark);
    if (goes_on || begin + width < shown.size()) {
        out.text.replace(out.text.size() - mark.size(), mark.size(), mark);
    }
    const std::size_t column = place - begin;
    const std::size_t room = std::max(out.text.size(), column + 1) - column;
    out.underline.assign(column, ' ').append(std::clamp<std::size_t>(wide, 1, room), '^');
    return out;
}

}  // namespace spf::report
