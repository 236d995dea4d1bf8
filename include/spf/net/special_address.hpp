/// \file net/special_address.hpp  Addresses from which no mail can come through the internet.
///
/// The addresses are in one table, which contains all addresses that IANA's special-purpose address
/// registries (RFC 6890, as updated by RFC 8190) list as not globally reachable, and the multicast
/// addresses. With this table, lint() recognises such networks in a record, authorize() refuses to
/// add such an address to a record, and `spfcheck check` recognises a client with such an address.
///
///     if (const spf::SpecialRange* range = spf::special_range(client))
///         print(client, "is", range->name);   // "10.0.0.7 is private (RFC 1918)"
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// A range of addresses with a special purpose. Trivially copyable.
struct SpecialRange {
    /// Which machines have an address in the range.
    enum class Reach : std::uint8_t {
        /// machines in the local network or in the network of its provider, such as a NAT or a
        /// proxy
        local,
        /// no machine, because packets with such a source address are forbidden or are not routed
        nobody,
        /// no machine, because only examples in texts and tests use such an address, in the place
        /// of a public address
        documentation,
    };
    Network network{};  ///< the addresses of the range
    /// The end of the sentence "the address is ...", such as "private (RFC 1918)". The text is in
    /// static storage.
    std::string_view name{};
    Reach reach{};  ///< which machines have an address in the range

    /// Returns whether an address in the range is treated as one from which mail may come through
    /// the internet. Only an address for documentation is treated so, because the author of an
    /// example means a public address. Otherwise the examples in texts, tests and tutorials could
    /// not be checked.
    [[nodiscard]] constexpr bool can_send() const noexcept { return reach == Reach::documentation; }
    /// Returns whether a client with an address in the range is in the receiver's own network.
    [[nodiscard]] constexpr bool is_local() const noexcept { return reach == Reach::local; }
};

/// Returns all ranges with a special purpose. No two ranges have an address in common.
[[nodiscard]] SPF_EXPORT std::span<const SpecialRange> special_ranges() noexcept;

/// Returns the range with a special purpose that contains the address, or null for a public
/// address. The range is in static storage.
[[nodiscard]] SPF_EXPORT const SpecialRange* special_range(IpAddress address) noexcept;
/// Returns the range with a special purpose that contains all addresses of the network, or null if
/// there is no such range. The range is in static storage.
[[nodiscard]] SPF_EXPORT const SpecialRange* special_range(const Network& network) noexcept;

}  // namespace spf
