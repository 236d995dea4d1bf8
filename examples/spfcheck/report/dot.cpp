#include "report/dot.hpp"

#include <string_view>
#include <vector>

#include "report/sentences.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using Says = ReportSentence;

/// Returns a text as a string of DOT. There, a backslash begins an escape such as `\N`, which the
/// name of the node would replace.
std::string dot_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string label_of(const Branch& row) {
    std::string out;
    if (row.sign == Sign::error) out += say<Says::error>() + ": ";
    if (row.sign == Sign::warning) out += say<Says::warning>() + ": ";
    out += spf::printable(row.term, 80);
    if (!row.service.empty()) out += '\n' + spf::printable(row.service, 80);
    if (row.note == Branch::Note::loop) out += '\n' + say<Says::leads_back>();
    if (row.note == Branch::Note::repeated) out += '\n' + say<Says::seen_above>();
    return out;
}

std::string_view colour_of(Sign sign) {
    switch (sign) {
        case Sign::error: return ", color=\"#b3261e\", penwidth=2";
        case Sign::warning: return ", color=\"#7d4e00\", penwidth=2";
        default: return "";
    }
}

}  // namespace

std::string dot_of(const Contents& contents) {
    const Branches branches = contents.branches.value_or(Branches{});
    std::string out = "digraph spf {\n  rankdir=LR\n  node [shape=box, fontname=\"sans-serif\"]\n";
    out += "  edge [fontname=\"sans-serif\"]\n  n0 [label=" +
           dot_string(spf::printable(contents.domain, 253) + '\n' +
                      say<Says::total>(branches.lookups, branches.allowed)) +
           ", style=bold]\n";
    std::vector<std::size_t> path{0};  // the node of each depth
    std::size_t node = 0;
    for (const Branch& row : branches.rows) {
        path.resize(row.depth);
        const std::string name = "n" + std::to_string(++node);
        out += "  " + name + " [label=" + dot_string(label_of(row));
        out.append(colour_of(row.sign)).append("]\n");
        out += "  n" + std::to_string(path.back()) + " -> " + name +
               " [label=" + dot_string(std::to_string(row.lookups) + (row.at_least ? "+" : "")) +
               "]\n";
        path.push_back(node);
    }
    if (branches.left_out > 0) {
        out += "  more [shape=plaintext, label=" +
               dot_string(say<Says::rows_left_out>(branches.left_out)) +
               "]\n  n0 -> more [style=dashed]\n";
    }
    return out + "}\n";
}

}  // namespace spfcheck
