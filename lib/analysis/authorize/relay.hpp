// The addresses that a relay sends from.
#pragma once

#include "spf/analysis/authorize.hpp"

namespace spf::analysis {

/// Looks the relay up. Returns its networks, or the problem with it.
[[nodiscard]] RelayCoverage find_relay(const Relay& relay, dns::Resolver& resolver,
                                       const AuthorizeOptions& options);

/// Whether a set contains a network so large that listing it is almost `+all`.
[[nodiscard]] bool is_too_wide(const NetworkSet& set);

}  // namespace spf::analysis
