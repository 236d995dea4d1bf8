// Finds the addresses that a relay sends from.
#pragma once

#include "spf/analysis/authorize.hpp"

namespace spf::analysis {

/// Looks up a relay. Returns its networks, and the problem if there is one.
[[nodiscard]] RelayCoverage find_relay(const Relay& relay, dns::Resolver& resolver,
                                       const AuthorizeOptions& options);

/// Returns whether a set contains a network so large that listing it is almost `+all`.
[[nodiscard]] bool is_too_wide(const NetworkSet& set);

}  // namespace spf::analysis
