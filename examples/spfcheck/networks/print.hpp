// Prints an spf::analysis::NetworkMap for people, and converts it to JSON for programs.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "io/json.hpp"
#include "networks/missing.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/net/network_set.hpp"

namespace spfcheck {

/// Returns the networks of a set as an array of strings.
[[nodiscard]] Json to_json(const spf::NetworkSet& set);

/// Returns an object with the networks of each result, and with what is missing from the map.
[[nodiscard]] Json to_json(const spf::analysis::NetworkMap& map, const Missing& missing);

/// Prints for people: who may send, what is wrong, and the networks of each result.
void print(std::ostream& out, const spf::analysis::NetworkMap& map, const Missing& missing,
           std::size_t width);

}  // namespace spfcheck
