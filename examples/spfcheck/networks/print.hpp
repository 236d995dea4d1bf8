// A map of networks, for people and for programs.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "io/json.hpp"
#include "networks/missing.hpp"
#include "spf/analysis/networks.hpp"
#include "spf/net/network_set.hpp"

namespace spfcheck {

/// Returns a set as an array of its networks.
[[nodiscard]] Json to_json(const spf::NetworkSet& set);

/// Returns all results with their networks, and what the map does not contain.
[[nodiscard]] Json to_json(const spf::analysis::NetworkMap& map, const Missing& missing);

/// Prints for people: who may send, what is wrong, and the networks of each result.
void print(std::ostream& out, const spf::analysis::NetworkMap& map, const Missing& missing,
           std::size_t width);

}  // namespace spfcheck
