// The table of networks from which no mail comes. It contains the rows of IANA's registries "IPv4
// Special-Purpose Address Space" and "IPv6 Special-Purpose Address Space" that are not globally
// reachable, as of 2025. It also contains the multicast addresses, which are in other registries
// (RFC 5771; RFC 4291, 2.7).

#include "spf/net/special_address.hpp"

#include <algorithm>
#include <array>

namespace spf {
namespace {

using Reach = SpecialRange::Reach;

constexpr SpecialRange v4(std::array<std::uint8_t, 4> address, unsigned length,
                          std::string_view name, Reach reach) {
    return {Network(IpAddress::v4(address), length), name, reach};
}
/// Makes a row of the table for IPv6. `high` contains the first 64 bits of the address, and `low`
/// the last 64 bits. `low` is not zero only in rows for a single address.
constexpr SpecialRange v6(std::uint64_t high, std::uint64_t low, unsigned length,
                          std::string_view name, Reach reach) {
    return {Network(IpAddress::v6(high, low), length), name, reach};
}

constexpr std::array<SpecialRange, 28> ranges{{
    v4({0, 0, 0, 0}, 8, "reserved for \"this network\" (RFC 791)", Reach::nobody),
    v4({10, 0, 0, 0}, 8, "private (RFC 1918)", Reach::local),
    v4({100, 64, 0, 0}, 10, "shared behind a provider's NAT (RFC 6598)", Reach::local),
    v4({127, 0, 0, 0}, 8, "loopback (RFC 1122)", Reach::local),
    v4({169, 254, 0, 0}, 16, "link-local (RFC 3927)", Reach::local),
    v4({172, 16, 0, 0}, 12, "private (RFC 1918)", Reach::local),
    v4({192, 0, 0, 0}, 24, "for protocols of the IETF (RFC 6890)", Reach::nobody),
    v4({192, 0, 2, 0}, 24, "for documentation (RFC 5737)", Reach::documentation),
    v4({192, 168, 0, 0}, 16, "private (RFC 1918)", Reach::local),
    v4({198, 18, 0, 0}, 15, "for benchmarks in laboratories (RFC 2544)", Reach::local),
    v4({198, 51, 100, 0}, 24, "for documentation (RFC 5737)", Reach::documentation),
    v4({203, 0, 113, 0}, 24, "for documentation (RFC 5737)", Reach::documentation),
    v4({224, 0, 0, 0}, 4, "multicast (RFC 5771)", Reach::nobody),
    v4({240, 0, 0, 0}, 4, "reserved (RFC 1112)", Reach::nobody),

    v6(0, 0, 128, "unspecified (RFC 4291)", Reach::nobody),
    v6(0, 1, 128, "loopback (RFC 4291)", Reach::local),
    v6(0x0064'ff9b'0001'0000U, 0, 48, "for local translation (RFC 8215)", Reach::local),
    v6(0x0100'0000'0000'0000U, 0, 64, "discarded (RFC 6666)", Reach::nobody),
    v6(0x0100'0000'0000'0001U, 0, 64, "a placeholder (RFC 9780)", Reach::nobody),
    v6(0x2001'0002'0000'0000U, 0, 48, "for benchmarks in laboratories (RFC 5180)", Reach::local),
    v6(0x2001'0010'0000'0000U, 0, 28, "a deprecated identifier, not routed (RFC 4843)",
       Reach::nobody),
    v6(0x2001'0db8'0000'0000U, 0, 32, "for documentation (RFC 3849)", Reach::documentation),
    v6(0x3fff'0000'0000'0000U, 0, 20, "for documentation (RFC 9637)", Reach::documentation),
    v6(0x5f00'0000'0000'0000U, 0, 16, "for segment routing (RFC 9602)", Reach::nobody),
    v6(0xfc00'0000'0000'0000U, 0, 7, "private (RFC 4193)", Reach::local),
    v6(0xfe80'0000'0000'0000U, 0, 10, "link-local (RFC 4291)", Reach::local),
    v6(0xfec0'0000'0000'0000U, 0, 10, "site-local, deprecated (RFC 3879)", Reach::local),
    v6(0xff00'0000'0000'0000U, 0, 8, "multicast (RFC 4291)", Reach::nobody),
}};

template <class Contained>
const SpecialRange* find(const Contained& what) noexcept {
    const auto* const found =
        std::find_if(ranges.data(), ranges.data() + ranges.size(),
                     [&what](const SpecialRange& each) { return each.network.contains(what); });
    return found == ranges.data() + ranges.size() ? nullptr : found;
}

}  // namespace

std::span<const SpecialRange> special_ranges() noexcept { return ranges; }
const SpecialRange* special_range(IpAddress address) noexcept { return find(address); }
const SpecialRange* special_range(const Network& network) noexcept { return find(network); }

}  // namespace spf
