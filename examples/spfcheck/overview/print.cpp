// An overview consists of blocks, each of which is a list of items: terms, findings, commands. An
// item has one or more lines. If the screen is too small, the last items of a block are replaced by
// the command that shows them.

#include "overview/print.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include "io/language.hpp"
#include "io/terminal.hpp"
#include "overview/sentences.hpp"
#include "overview/verdict.hpp"
#include "spf/advice/command.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/wrap.hpp"

namespace spfcheck {
namespace {

using Says = OverviewSentence;
using spf::lint::Finding;
using Lines = std::vector<std::string>;

constexpr std::size_t screen_lines = 23;  // of 24: the last one is for the prompt of the shell

/// Returns a text in lines of at most `width` columns. All but the first begin with `indent`
/// spaces.
Lines wrapped(const std::string& text, std::size_t width, std::size_t indent) {
    Lines out;
    for (const std::string& line : spf::report::wrapped(text, width - indent)) {
        out.push_back(out.empty() ? line : std::string(indent, ' ') + line);
    }
    return out;
}

Spoken cost_of(const TermView& term) {
    if (!term.cost) return {};
    constexpr unsigned endless = 1000;  // TermCost::dns_lookups: this number or more
    Spoken out(std::to_string(term.cost->dns_lookups));
    if (term.cost->at_least || term.cost->dns_lookups >= endless) out += '+';
    if (term.cost->void_lookups == 0) return out;
    return say<Says::cost_and_voids>(out, term.cost->void_lookups);
}

/// The columns of the table of terms.
struct Columns {
    std::size_t term = columns_of(say<Says::head_term>());
    std::size_t cost = columns_of(say<Says::head_cost>());
};

/// Returns the lines of a row. If the term does not fit into its column, it is on lines of its own.
Lines row(const Columns& columns, const Lines& term, const std::string& cost,
          const std::string& meaning, std::size_t width) {
    Lines out;
    std::string line;
    for (const std::string& part : term) {
        if (!line.empty()) out.push_back(line);
        line = "  " + part;
    }
    if (columns_of(line) > 2 + columns.term) {
        out.push_back(line);
        line.clear();
    }
    pad(line, 2 + columns.term);
    line += "  " + std::string(columns.cost - columns_of(cost), ' ') + cost + "  ";
    const std::size_t indent = columns_of(line);
    for (const std::string& part : spf::report::wrapped(meaning, width - indent)) {
        out.push_back(line + part);
        line.assign(indent, ' ');
    }
    return out;
}

/// Returns a row for each term, after a row of headings.
std::vector<Lines> rows_of(const Picture& picture, bool whole, std::size_t width) {
    constexpr std::size_t widest = 34;
    Columns columns;
    for (const TermView& each : picture.terms) {
        const std::size_t size = spf::printable(each.text).size();
        columns.term = std::max(columns.term, std::min(size, widest));
        columns.cost = std::max(columns.cost, columns_of(cost_of(each)));
    }
    std::vector<Lines> out;
    if (picture.terms.empty()) return out;
    out.push_back(row(columns, {say<Says::head_term>()}, say<Says::head_cost>(),
                      say<Says::head_meaning>(), width));
    for (const TermView& each : picture.terms) {
        const std::string text = spf::printable(each.text);
        const Lines term = whole || text.size() <= columns.term
                               ? spf::report::wrapped(text, width - 2)
                               : Lines{spf::printable(text, columns.term)};
        out.push_back(row(columns, term, cost_of(each), each.meaning, width));
    }
    return out;
}

/// Returns the texts of records that cannot be shown as tables: one with an error, or several.
std::vector<Lines> records_of(const Picture& picture, bool whole, std::size_t width) {
    constexpr std::size_t most = 3;
    std::vector<std::string> texts = picture.lint.records;
    if (picture.terms.empty() && !picture.lint.record.empty()) texts = {picture.lint.record};
    std::vector<Lines> out;
    for (const std::string& text : texts) {
        Lines lines;
        for (const std::string& each : spf::report::wrapped(spf::printable(text), width - 6)) {
            lines.push_back((lines.empty() ? "  " : "    ") + each);
        }
        if (!whole && lines.size() > most) {
            lines.resize(most);
            lines.back() += " ...";
        }
        out.push_back(std::move(lines));
    }
    return out;
}

/// Returns a finding with the term that it is about and the text to write instead, if there is one.
std::string told(const Finding& finding, const Picture& picture) {
    constexpr std::size_t longest = 60;
    const Spoken severity(translated(to_string(finding.severity)));
    const Spoken message = message_of(finding);
    const bool is_whole = finding.offset == 0 && finding.length == 0;
    const std::string term =
        is_whole ? std::string() : spf::printable(finding.term(), Finding::longest_term);
    const std::string about =
        message.find(term) == std::string::npos ? spf::printable(term, longest) : std::string();
    const bool is_elsewhere = !finding.domain.empty() && finding.domain != picture.lint.domain;
    const std::string place = spf::printable(finding.domain, longest);
    std::string out =
        !is_elsewhere
            ? (about.empty() ? say<Says::labelled>(severity, message)
                             : say<Says::finding_about>(severity, about, message))
            : (about.empty() ? say<Says::finding_about>(severity, place, message)
                             : say<Says::finding_about_at>(severity, about, message, place));
    const std::string_view write = finding.correction ? *finding.correction : std::string_view();
    const bool is_term = write.find_first_not_of(' ') != std::string_view::npos;
    if (is_term && write.size() <= longest) out += say<Says::write>(write);
    return out;
}

/// Returns the findings, the most severe first.
std::vector<Lines> findings_of(const Picture& picture, bool whole, std::size_t width) {
    constexpr std::size_t most = 4;
    std::vector<Lines> out;
    for (const auto severity :
         {Finding::Severity::error, Finding::Severity::warning, Finding::Severity::hint}) {
        for (const Finding& each : picture.lint.findings) {
            if (each.severity != severity) continue;
            Lines lines = wrapped(told(each, picture), width, 2);
            if (!whole && lines.size() > most) {
                lines.resize(most);
                lines.back() += lines.back().size() + 4 <= width ? " ..." : "";
            }
            out.push_back(std::move(lines));
        }
    }
    return out;
}

/// Returns the commands, each after its purpose, or below it if the line would be too long.
std::vector<Lines> commands_of(const std::vector<Next>& next, std::size_t width) {
    std::size_t column = 0;
    for (const Next& each : next) column = std::max(column, columns_of(each.text(language())) + 3);
    std::vector<Lines> out;
    for (const Next& each : next) {
        Lines lines = spf::advice::indented_command_lines(each.words, width);
        if (lines.empty()) continue;
        const std::size_t size = lines.front().size() - 2;  // without its indentation
        std::string purpose = each.text(language()) + ':';
        const std::size_t shortest = columns_of(purpose) + 1;
        if (lines.size() == 1 && shortest + size <= width) {
            pad(purpose, column + size <= width ? column : shortest);
            lines.front() = purpose + lines.front().substr(2);
        } else {
            lines.insert(lines.begin(), purpose);
        }
        out.push_back(std::move(lines));
    }
    return out;
}

std::size_t height_of(const std::vector<Lines>& items) {
    std::size_t out = 0;
    for (const Lines& each : items) out += each.size();
    return out;
}

/// Returns the lines of all items if they fit into `room`. Otherwise returns the first items and
/// `more(number of others)`, which fit, too, unless `room` is too small for any item.
template <class More>
Lines folded(const std::vector<Lines>& items, std::size_t room, const More& more) {
    Lines out;
    const bool all_fit = height_of(items) <= room;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Lines rest = all_fit ? Lines() : more(items.size() - i);
        const std::size_t after = i + 1 < items.size() ? more(items.size() - i - 1).size() : 0;
        if (!all_fit && out.size() + items[i].size() + after > room) {
            out.insert(out.end(), rest.begin(), rest.end());
            return out;
        }
        out.insert(out.end(), items[i].begin(), items[i].end());
    }
    return out;
}

Lines after(std::string text, const Next& next, std::size_t width) {
    Lines out = spf::advice::indented_command_lines(next.words, width);
    if (out.size() == 1 && columns_of(text) + out.front().size() <= width) {
        return {std::move(text) + out.front().substr(1)};
    }
    out.insert(out.begin(), std::move(text));
    return out;
}

void print_block(std::ostream& out, const Lines& lines) {
    if (!lines.empty()) out << '\n';
    for (const std::string& line : lines) out << line << '\n';
}

}  // namespace

void print(std::ostream& out, const Picture& picture, const std::vector<Next>& next,
           const OverviewOptions& options) {
    const spf::report::TextStyle style = style_of_output(options.output.colour);
    const std::size_t width = style.width;
    const Lines head = wrapped(verdict_of(picture), width, 2);
    std::vector<Lines> terms = rows_of(picture, options.all, width);
    for (Lines& each : records_of(picture, options.all, width)) terms.push_back(std::move(each));
    const Lines facts = wrapped(facts_of(picture), width, 2);
    const std::vector<Lines> findings = findings_of(picture, options.all, width);
    std::vector<Lines> commands = commands_of(next, width);

    const auto one_if = [](bool is_true) -> std::size_t { return is_true ? 1 : 0; };
    const std::size_t blanks = one_if(!commands.empty()) + one_if(!terms.empty()) +
                               one_if(!facts.empty()) + one_if(!findings.empty());
    const auto room_beside = [&](const std::vector<Lines>& those) {
        const std::size_t fixed = head.size() + facts.size() + height_of(those) + blanks;
        return screen_lines - std::min(fixed, screen_lines);
    };
    // With long options of DNS, the commands could fill the screen: the first one is enough then.
    constexpr std::size_t least_room = 9;
    const std::size_t wanted = std::min(least_room, height_of(terms) + height_of(findings));
    while (!options.all && commands.size() > 1 && room_beside(commands) < wanted) {
        commands.pop_back();
    }
    const std::size_t room = room_beside(commands);
    const std::size_t all_terms = height_of(terms);
    const std::size_t all_findings = height_of(findings);
    const bool fits = options.all || all_terms + all_findings <= room;
    // The findings get half of the screen, or what the terms leave.
    const std::size_t for_findings =
        fits ? all_findings
             : std::min(all_findings, std::max(room / 2, room - std::min(room, all_terms)));
    const std::size_t for_terms = fits ? all_terms : room - for_findings;

    for (const std::string& line : head) out << line << '\n';
    print_block(out, folded(terms, for_terms, [&](std::size_t count) {
                    return after("  " + say<Says::more_terms>(count),
                                 whole_overview(picture, options), width);
                }));
    print_block(out, facts);
    print_block(out, folded(findings, for_findings, [&](std::size_t count) {
                    return after(say<Says::more_findings>(count), whole_lint(picture, options),
                                 width);
                }));
    Lines last;
    for (const Lines& each : commands) last.insert(last.end(), each.begin(), each.end());
    print_block(out, last);
}

}  // namespace spfcheck
