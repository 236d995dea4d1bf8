// JSON as all sub-commands print it. The keys and their types are part of spfcheck's contract; new
// keys may be added. schemas/ describes them.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "spf/evaluation/outcome.hpp"

namespace spfcheck {

/// An object whose keys keep the order in which they are added.
using Json = nlohmann::ordered_json;

/// Returns a string, or null if it is empty.
[[nodiscard]] Json text_or_null(std::string_view text);

/// Returns the JSON in one line. Octets from remote parties that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string dump(const Json& json);

/// Returns what is wrong, and how to fix it; null if there is no problem.
[[nodiscard]] Json problem_or_null(const std::optional<spf::Problem>& problem);

/// Writes the result of dump(), and a line end.
void write(std::ostream& out, const Json& json);

}  // namespace spfcheck
