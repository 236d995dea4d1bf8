// The ranges of a NetworkSet are destroyed with the set, so a view of the ranges of a temporary set
// is refused.
// error: deleted
#include <spf/net/network_set.hpp>

spf::NetworkSet make_set();

std::size_t count_of_some_ranges() {
    std::size_t count = 0;
#ifdef MISUSE
    for (const spf::AddressRange& range : make_set().ranges()) count += range.first.is_v4() ? 1 : 0;
#else
    const spf::NetworkSet set = make_set();
    for (const spf::AddressRange& range : set.ranges()) count += range.first.is_v4() ? 1 : 0;
#endif
    return count;
}
