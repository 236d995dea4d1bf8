// Outcomes as JSON: the keys of `check --json`, which are those of a line of `batch`.
#pragma once

#include <string>

#include "io/json.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// Returns all that is known about one check, with the key `trace` if `with_trace` and the outcome
/// has a trace.
[[nodiscard]] Json to_json(const spf::Outcome& outcome, bool with_trace);

/// Appends the members of to_json(outcome, false), as dump() writes them, but without braces and
/// without building a tree: a batch would spend more time on the tree than on anything else.
void append_members(std::string& out, const spf::Outcome& outcome);

}  // namespace spfcheck
