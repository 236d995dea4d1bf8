#include "spf/report/wrap.hpp"

#include <algorithm>

#include "spf/base/printable.hpp"

namespace spf::report {

namespace {

/// Returns whether a text has nothing to wrap: it fits, and one space separates its words.
bool is_one_line(std::string_view text, std::size_t width) noexcept {
    return !text.empty() && text.size() <= width && text.front() != ' ' && text.back() != ' ' &&
           text.find("  ") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width, LongWord long_word) {
    width = std::max<std::size_t>(width, 1);
    std::vector<std::string> lines;
    if (is_one_line(text, width)) {
        lines.emplace_back(text);
        return lines;
    }
    while (true) {
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin == std::string_view::npos) return lines;
        text.remove_prefix(begin);

        std::size_t length = std::min(text.find(' '), text.size());
        if (long_word == LongWord::split) length = std::min(length, width);
        const std::string_view word = text.substr(0, length);
        if (!lines.empty() && lines.back().size() + 1 + length <= width) {
            lines.back().append(" ").append(word);
        } else {
            lines.emplace_back().reserve(std::min(width, text.size()));
            lines.back().append(word);
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
