#include "report/blocks.hpp"

#include "spf/base/printable.hpp"

namespace spfcheck {

void Blocks::paragraph(std::string_view text) {
    if (!text.empty()) out_.element("p", {}, text);
}

void Blocks::quiet(std::string_view text) { out_.element("p", {{"class", "quiet"}}, text); }

void Blocks::code(std::string_view octets) {
    constexpr std::size_t longest = 2000;
    out_.start("code");
    out_.data(spf::printable(octets, longest));
    out_.end();
}

void Blocks::code_block(std::string_view octets) {
    out_.start("pre");
    code(octets);
    out_.end();
}

void Blocks::begin_section(std::string_view id, std::string_view heading) {
    out_.start("section", {{"aria-labelledby", std::string(id)}});
    out_.element("h2", {{"id", std::string(id)}}, heading);
}

void Blocks::end_section() {
    out_.end();
    out_.constant("\n");
}

void Blocks::begin_table(const std::string& caption, const std::vector<Column>& columns) {
    out_.start("table");
    out_.element("caption", {}, caption);
    out_.start("thead");
    out_.start("tr");
    for (const Column& each : columns) {
        if (each.cells == Cells::number) {
            out_.element("th", {{"scope", "col"}, {"class", "number"}}, each.heading);
        } else {
            out_.element("th", {{"scope", "col"}}, each.heading);
        }
    }
    out_.end();
    out_.end();
    out_.start("tbody");
    out_.constant("\n");
}

void Blocks::end_table() {
    out_.end();
    out_.end();
}

void Blocks::begin_row(std::string_view heading, std::string_view more) {
    out_.start("tr");
    out_.start("th", {{"scope", "row"}});
    code(heading);
    if (!more.empty()) out_.text(' ' + std::string(more));
    out_.end();
}

void Blocks::end_row() {
    out_.end();
    out_.constant("\n");
}

}  // namespace spfcheck
