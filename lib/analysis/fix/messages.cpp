// The messages about the steps of fix(), and about what prevents a proposal.

#include "analysis/fix/messages.hpp"

#include "spf/base/message.hpp"

namespace spf::analysis {
namespace {

/// Returns what is wrong as an argument: a text of the library, whose translations have characters
/// beyond US-ASCII. A caller may have put anything into it.
Argument argument_of(const std::string& detail, const Language& language) {
    return language.is_english() ? Argument(detail) : Argument::sentence(detail);
}

}  // namespace

std::string FixStep::why() const { return why(Language()); }

std::string FixStep::why(const Language& language) const {
    if (kind == Kind::correct_term) return detail;
    if (kind == Kind::merge_records && !detail.empty()) {
        return rendered(merged_loosest, std::vector<Argument>{detail}, language);
    }
    return rendered(row_of(step_entries, kind).message,
                    std::vector<Argument>{term, argument_of(detail, language)}, language);
}

std::string_view to_string(FixStep::Kind kind) noexcept { return row_of(step_entries, kind).name; }

std::string FixProblem::message() const { return message(Language()); }

std::string FixProblem::message(const Language& language) const {
    return rendered(
        row_of(fix_problem_entries, code).message,
        std::vector<Argument>{domain, name, argument_of(detail, language), std::uint64_t{count}},
        language);
}

std::string_view to_string(FixProblem::Code code) noexcept {
    return row_of(fix_problem_entries, code).name;
}

}  // namespace spf::analysis
