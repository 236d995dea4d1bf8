// JSON, as all sub-commands print it. The keys and their types are part of spfcheck's contract; new ones
// may come. schemas/ describes them.
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

/// Writes what dump() makes of it, and the end of the line.
void write(std::ostream& out, const Json& json);

}  // namespace spfcheck
