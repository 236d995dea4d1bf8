/// \file analysis/diff.hpp  Finds the networks whose result changes if one policy replaces another.
#pragma once

#include <optional>
#include <vector>

#include "spf/analysis/networks.hpp"
#include "spf/base/export.hpp"
#include "spf/evaluation/trace.hpp"
#include "spf/net/ip.hpp"

namespace spf::analysis {

/// A network for which two policies give different results. A result is absent in two cases. In the
/// first case, it depends on a term that is not enumerable (NetworkMap::unknown()). In the second
/// case, the NetworkMap has no result for the network because DNS failed (temperror) or the budget
/// was spent. A result is therefore never temperror.
struct Change {
    Network network{};             ///< the addresses whose result changes
    std::optional<Result> from{};  ///< the result of the first policy; absent if it is unknown
    std::optional<Result> to{};    ///< the result of the second policy; absent if it is unknown

    /// Compares all members.
    friend bool operator==(const Change&, const Change&) = default;
};

/// Returns the networks whose results in the two maps differ, IPv4 first, in ascending order.
/// Adjacent addresses that change in the same way are combined into as few networks as possible.
/// Addresses whose result is unknown in both maps are not a change. The time is linear in the size
/// of the maps.
///
/// The list is empty if and only if both maps have the same results everywhere, where two unknown
/// results count as the same. An empty list therefore proves that the policies are equal only if
/// both maps are complete (NetworkMap::is_complete()) and have the same terms in
/// NetworkMap::not_enumerable.
[[nodiscard]] SPF_EXPORT std::vector<Change> diff(const NetworkMap& from, const NetworkMap& to);

}  // namespace spf::analysis
