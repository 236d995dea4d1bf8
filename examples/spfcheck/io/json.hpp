// Outcomes as JSON. The keys and their types are part of spfcheck's contract; new ones may come.
// schemas/ describes them, and those of every other sub-command.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// An object whose keys stand in the order they are added.
using Json = nlohmann::ordered_json;

/// A string, or null where it is empty.
[[nodiscard]] Json text_or_null(std::string_view text);

/// In one line. Octets of strangers that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string dump(const Json& json);

/// What is wrong, and how to mend it; null where nothing is.
[[nodiscard]] Json problem_or_null(const std::optional<spf::Problem>& problem);

/// All that is known about one check; `trace` as a key too where the outcome has one and it is wanted.
[[nodiscard]] Json to_json(const spf::Outcome& outcome, bool with_trace);

/// Appends the members of to_json(outcome, false), written as dump() does, but without braces around
/// and without a tree in between: a batch would spend more time on that than on anything else.
void append_members(std::string& out, const spf::Outcome& outcome);

/// Writes what dump() makes of it, and the end of the line.
void write(std::ostream& out, const Json& json);

}  // namespace spfcheck
