// What a relay sends from.
#pragma once

#include "spf/analysis/authorize.hpp"

namespace spf::analysis {

/// Looks the relay up: its networks, or the problem with it.
[[nodiscard]] RelayCoverage find_relay(const Relay& relay, dns::Resolver& resolver,
                                       const AuthorizeOptions& options);

/// Whether a set has a network so large that listing it is next to `+all`.
[[nodiscard]] bool is_too_wide(const NetworkSet& set);

}  // namespace spf::analysis
