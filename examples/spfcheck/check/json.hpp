// Outcomes as JSON, with the keys that `check --json` and each output line of `batch` have.
#pragma once

#include <string>

#include "io/json.hpp"
#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// Returns a JSON object with all that is known about one check. With `with_trace`, the object has
/// the key `trace` with the steps of the trace.
[[nodiscard]] Json to_json(const spf::Outcome& outcome, bool with_trace);

/// Appends the same text as dump(to_json(outcome, false)), but without the braces around it. No
/// tree of JSON values is built, because a batch would spend more time on trees than on anything
/// else.
void append_members(std::string& out, const spf::Outcome& outcome);

}  // namespace spfcheck
