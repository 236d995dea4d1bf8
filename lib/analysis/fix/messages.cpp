// The messages about the steps of fix(), and about what prevents a proposal.

#include "analysis/fix/messages.hpp"

#include "spf/base/message.hpp"

namespace spf::analysis {

std::string FixStep::why() const {
    if (kind == Kind::correct_term) return detail;
    if (kind == Kind::merge_records && !detail.empty()) {
        return rendered(merged_loosest, std::vector<Argument>{detail});
    }
    return rendered(row_of(step_entries, kind).message, std::vector<Argument>{term, detail});
}

std::string_view to_string(FixStep::Kind kind) noexcept { return row_of(step_entries, kind).name; }

std::string FixProblem::message() const {
    return rendered(row_of(fix_problem_entries, code).message,
                    std::vector<Argument>{domain, name, detail, std::uint64_t{count}});
}

std::string_view to_string(FixProblem::Code code) noexcept {
    return row_of(fix_problem_entries, code).name;
}

}  // namespace spf::analysis
