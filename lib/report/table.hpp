// A table of two columns, label and text. A report and the advice after it use the same table.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "spf/report/wrap.hpp"

namespace spf::report {

/// Writes rows, one below the other.
class Table {
public:
    explicit Table(std::size_t width) : width_(std::max<std::size_t>(width, 40)) {}

    void row(std::string_view label, std::string_view text, LongWord long_word = LongWord::split) {
        for (const std::string& line : wrapped(text, text_width(), long_word)) {
            raw(label, line);
            label = {};  // only the first line of a row has the label
        }
    }
    /// Adds a row whose text is one line, which is not wrapped.
    void raw(std::string_view label, std::string_view line) {
        out_.append(margin, ' ').append(label);
        const std::size_t columns = std::min(columns_of(label), longest_label);
        out_.append(indent - margin - columns, ' ');
        out_.append(line).append("\n");
    }
    [[nodiscard]] std::size_t text_width() const noexcept { return width_ - indent; }
    [[nodiscard]] const std::string& text() const noexcept { return out_; }

private:
    static constexpr std::size_t margin = 2;
    static constexpr std::size_t longest_label = 10;
    static constexpr std::size_t indent = margin + longest_label + 1;
    std::size_t width_;
    std::string out_;
};

}  // namespace spf::report
