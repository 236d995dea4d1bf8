// The questions that the examination of a domain needs.
#pragma once

#include <string_view>

#include "spf/analysis/tree_questions.hpp"

namespace spfcheck {

/// Adds the questions that spf::lint::lint_domain() asks about a domain: those for its tree of
/// records, and the one for a record of the obsolete type SPF (RFC 7208, 3.1).
void add_lint_questions(spf::analysis::TreeQuestions& questions, std::string_view domain);

}  // namespace spfcheck
