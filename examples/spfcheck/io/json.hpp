// JSON as all sub-commands print it. Other programs depend on the keys and their types, which
// schemas/ describes; new keys may be added.
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

/// Returns the text as a JSON string, or null if the text is empty.
[[nodiscard]] Json text_or_null(std::string_view text);

/// Returns the JSON in one line of US-ASCII, without a line end. Octets that are not UTF-8, which
/// may come from remote parties, become U+FFFD.
[[nodiscard]] std::string dump(const Json& json);

/// Appends the text as a JSON string, as dump() does.
void append_json_string(std::string& out, std::string_view text);

/// Returns an object that describes the problem and how to fix it; null if there is no problem.
[[nodiscard]] Json problem_or_null(const std::optional<spf::Problem>& problem);

/// Writes the result of dump() and a line end.
void write(std::ostream& out, const Json& json);

}  // namespace spfcheck
