/// \file analysis/diff.hpp  What changes for whom when one policy takes the place of another.
#pragma once

#include <optional>
#include <vector>

#include "spf/analysis/networks.hpp"
#include "spf/base/export.hpp"
#include "spf/evaluation/trace.hpp"
#include "spf/net/ip.hpp"

namespace spf::analysis {

/// A network for which two policies come to different results. Absent: it hangs on a term that is not
/// enumerable (NetworkMap::unknown()), or the map is not complete there: DNS failed (temperror), or the
/// budget was spent. It is never temperror.
struct Change {
    Network network;
    std::optional<Result> from;
    std::optional<Result> to;

    friend bool operator==(const Change&, const Change&) = default;
};

/// The networks whose result differs, in order, IPv4 first; the fewest for each run of addresses that
/// change alike. Empty exactly where both maps have the same results everywhere. Addresses that are
/// unknown in both are no change: that there is no difference follows only where both maps are
/// NetworkMap::is_complete(), and have the same terms as NetworkMap::not_enumerable. Linear.
[[nodiscard]] SPF_EXPORT std::vector<Change> diff(const NetworkMap& from, const NetworkMap& to);

}  // namespace spf::analysis
