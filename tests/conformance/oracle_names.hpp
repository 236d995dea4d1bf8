/// \file oracle_names.hpp  Domain names and texts for the oracle, see oracle.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spf::oracle {

[[nodiscard]] std::vector<std::string> labels_of(std::string_view name);
[[nodiscard]] std::string without_trailing_dot(std::string name);
/// Whether DNS can be asked for a name.
[[nodiscard]] bool is_name(std::string_view name);
/// Whether check_host() can begin with a name (4.3).
[[nodiscard]] bool is_domain(std::string_view name);
/// Whether `name` is `parent`, or its last labels are those of `parent` (5.5).
[[nodiscard]] bool is_below(std::string_view name, std::string_view parent);
[[nodiscard]] bool has_high_octets(std::string_view text);
[[nodiscard]] bool is_printable(std::string_view text);
[[nodiscard]] std::string url_escaped(std::string_view text);

}  // namespace spf::oracle
