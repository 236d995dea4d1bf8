// The steps of a trace are in preorder, each with its depth (trace.hpp), so the tree can be drawn
// without recursion. A first pass from the last step to the first determines which steps have a
// later sibling. A second pass draws the tree.

#include "spf/report/tree.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "report/colour.hpp"
#include "report/sentences.hpp"
#include "spf/base/printable.hpp"
#include "spf/report/wrap.hpp"

namespace spf::report {
namespace {

using Say = ReportSentence;

struct Branches {
    std::string_view fork, last, through, none;
};
constexpr Branches ascii_branches{"|- ", "`- ", "|  ", "   "};
constexpr Branches box_branches{"\u251c\u2500 ", "\u2514\u2500 ", "\u2502  ", "   "};
constexpr std::size_t branch_width = 3;  // columns of each branch

/// Returns, for each step, whether a later step has the same parent.
std::vector<bool> younger_siblings(const Trace& trace) {
    std::vector<bool> result(trace.size());
    std::vector<bool> seen;  // by depth: whether a later child of the same parent was found
    for (std::size_t i = trace.size(); i-- > 0;) {
        const std::size_t depth = trace[i].depth;
        result[i] = depth < seen.size() && seen[depth];
        seen.resize(depth + 1);
        seen[depth] = true;
    }
    return result;
}

/// The characters that draw the branches of the tree, to the left of the lines of a step.
struct Indent {
    std::string first;  ///< before the first line of the step
    std::string later;  ///< before its further lines
};

/// Returns the branches to the left of a step. `through[d]` is true if the vertical line of depth d
/// continues below this step, because a later step has the same parent.
Indent indent_of(const std::vector<bool>& through, bool has_children, const Branches& branches) {
    Indent indent;
    for (std::size_t depth = 1; depth < through.size(); ++depth) {
        const bool innermost = depth + 1 == through.size();
        if (innermost) indent.first += through[depth] ? branches.fork : branches.last;
        if (!innermost) indent.first += through[depth] ? branches.through : branches.none;
        indent.later += through[depth] ? branches.through : branches.none;
    }
    indent.later += has_children ? branches.through : branches.none;
    return indent;
}

std::string verdict(Step::Match match, const Language& language) {
    switch (match) {
        case Step::Match::match: return said_in<Say::term_matches>(language);
        case Step::Match::no_match: return said_in<Say::term_does_not_match>(language);
        case Step::Match::exception: break;
    }
    return said_in<Say::term_fails>(language);
}

/// Returns the text of a step. For a lookup, `told` means that the step before it already shows the
/// record that the lookup returned.
std::string line_of(const Step& step, bool told, bool colour, const Language& language) {
    const std::string domain = printable(step.domain, 253);
    const std::string text = printable(step.text);
    switch (step.kind) {
        case Step::Kind::check_host: return domain + ": " + coloured(step.result, colour);
        case Step::Kind::directive: return text + ": " + verdict(step.match, language);
        case Step::Kind::redirect: return text + ": " + said_in<Say::term_followed>(language);
        case Step::Kind::explanation: return said_in<Say::explanation_of>(language, domain);
        case Step::Kind::lookup: break;
    }
    std::string line = std::string(dns::to_string(step.type)) + ' ' + domain + ": ";
    const bool brought = step.status == dns::Status::ok && !text.empty() && !told;
    return line + (brought ? text : std::string(dns::to_string(step.status)));
}

}  // namespace

std::string tree(const Trace& trace, const TextStyle& style) {
    const Branches& branches = style.unicode ? box_branches : ascii_branches;
    const std::vector<bool> siblings = younger_siblings(trace);
    std::string out;
    std::vector<bool> through;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const Step& step = trace[i];
        through.resize(step.depth + std::size_t{1});
        through[step.depth] = siblings[i];
        const bool has_children = i + 1 < trace.size() && trace[i + 1].depth > step.depth;
        const Indent indent = indent_of(through, has_children, branches);

        // At least 30 columns remain for the text, so that it is readable even if the step is deep.
        const std::size_t used = (step.depth + std::size_t{1}) * branch_width;
        const std::size_t width = std::max<std::size_t>(style.width, used + 30) - used;
        std::string_view prefix = indent.first;
        const auto put = [&](std::string_view line) {
            out.append(prefix).append(line).append("\n");
            prefix = indent.later;
        };
        if (step.kind == Step::Kind::check_host) {
            put(line_of(step, false, style.colour, style.language));
            for (const std::string& line : wrapped(printable(step.text), width, LongWord::keep))
                put(line);
            continue;
        }
        const bool told = i > 0 && trace[i - 1].kind == Step::Kind::check_host &&
                          trace[i - 1].depth < step.depth && !trace[i - 1].text.empty();
        for (const std::string& line : wrapped(line_of(step, told, false, style.language), width))
            put(line);
    }
    return out;
}

}  // namespace spf::report
