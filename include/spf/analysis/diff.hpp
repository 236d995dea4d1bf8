/// \file analysis/diff.hpp  For which networks the result changes if one policy replaces another.
#pragma once

#include <optional>
#include <vector>

#include "spf/analysis/networks.hpp"
#include "spf/base/export.hpp"
#include "spf/evaluation/trace.hpp"
#include "spf/net/ip.hpp"

namespace spf::analysis {

/// A network for which two policies give different results. A result is absent if it depends on a
/// term that is not enumerable (NetworkMap::unknown()), or if the map is incomplete there because
/// DNS failed (temperror) or the budget was spent. A result is never temperror.
struct Change {
    Network network;             ///< the addresses whose result changes
    std::optional<Result> from;  ///< the result of the first policy
    std::optional<Result> to;    ///< the result of the second policy

    /// Compares all members.
    friend bool operator==(const Change&, const Change&) = default;
};

/// The networks whose result differs, in order, IPv4 first; the smallest number of networks for
/// each run of addresses that change in the same way. Empty if and only if both maps have the same
/// results everywhere. Addresses that are unknown in both maps are not a change. An empty list
/// proves that the policies are equal only if both maps are NetworkMap::is_complete() and have the
/// same terms in NetworkMap::not_enumerable. Linear.
[[nodiscard]] SPF_EXPORT std::vector<Change> diff(const NetworkMap& from, const NetworkMap& to);

}  // namespace spf::analysis
