// Outcomes as JSON: the keys of `check --json`, which are those of a line of `batch`.
#pragma once

#include <string>

#include "io/json.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// All that is known about one check; `trace` as a key too where the outcome has one and it is wanted.
[[nodiscard]] Json to_json(const spf::Outcome& outcome, bool with_trace);

/// Appends the members of to_json(outcome, false), written as dump() does, but without braces around
/// and without a tree in between: a batch would spend more time on that than on anything else.
void append_members(std::string& out, const spf::Outcome& outcome);

}  // namespace spfcheck
