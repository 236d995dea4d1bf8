// The blocks that the sections of a page consist of.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/markup.hpp"

namespace spfcheck {

/// Writes blocks into a Markup.
class Blocks {
public:
    explicit Blocks(Markup& out) : out_(out) {}

    /// Appends a paragraph, unless the text is empty.
    void paragraph(std::string_view text);
    /// Appends a paragraph in smaller letters.
    void quiet(std::string_view text);
    /// Appends text of others, or a command, as code; at most some thousand octets of it.
    void code(std::string_view octets);
    void code_block(std::string_view octets);

    /// Appends the start of a section. end_section() ends it.
    void begin_section(std::string_view id, std::string_view heading);
    void end_section();

    /// What the cells of a column hold.
    enum class Cells { text, number };
    struct Column {
        std::string heading;
        Cells cells = Cells::text;
    };
    /// Appends the start of a table. end_table() ends it.
    void begin_table(const std::string& caption, const std::vector<Column>& columns);
    void end_table();
    /// Appends the start of a row, with its heading; `more` follows the heading. end_row() ends it.
    void begin_row(std::string_view heading, std::string_view more = {});
    void end_row();
    void cell(std::string_view text) { out_.element("td", {}, text); }
    void number_cell(std::string_view text) { out_.element("td", {{"class", "number"}}, text); }

private:
    Markup& out_;
};

}  // namespace spfcheck
