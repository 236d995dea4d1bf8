#include "spf/report/wrap.hpp"

#include <algorithm>

#include "spf/report/printable.hpp"

namespace spf {

std::vector<std::string> wrapped(std::string_view text, std::size_t width, LongWord long_word) {
    width = std::max<std::size_t>(width, 1);
    std::vector<std::string> lines;
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
            lines.emplace_back(word);
        }
        text.remove_prefix(length);
    }
}

Excerpt excerpt(std::string_view text, std::size_t offset, std::size_t length, std::size_t width) {
    constexpr std::string_view mark = "...";
    width = std::max<std::size_t>(width, 20);
    offset = std::min(offset, text.size());

    // A third of the line stays for what follows the place; at the end of the text nothing does.
    std::size_t begin = 0;
    if (text.size() >= width) {
        const std::size_t ahead = std::min(width * 2 / 3, offset);
        const std::size_t last_begin = text.size() - width + 1;  // one column for a caret behind it
        begin = std::min(offset - ahead, last_begin);
    }
    Excerpt out;
    out.text = printable(text.substr(begin, width));
    if (begin > 0) out.text.replace(0, mark.size(), mark);
    if (begin + width < text.size()) {
        out.text.replace(out.text.size() - mark.size(), mark.size(), mark);
    }
    const std::size_t column = offset - begin;
    const std::size_t room = std::max(out.text.size(), column + 1) - column;
    out.underline.assign(column, ' ').append(std::clamp<std::size_t>(length, 1, room), '^');
    return out;
}

}  // namespace spf
