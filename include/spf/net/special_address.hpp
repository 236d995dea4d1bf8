/// \file net/special_address.hpp  Addresses that no mail comes from through the internet.
///
/// One table for all users: lint() for the networks in a record, authorize() for an address that is
/// to be added to a record, `spfcheck check` for a client. The table holds what the special-purpose
/// address registries of IANA (RFC 6890, as updated by RFC 8190) list as not globally reachable,
/// and multicast.
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
    /// Which machines have such an address.
    enum class Reach : std::uint8_t {
        local,          ///< machines in the local network or the provider's: a NAT, a proxy
        nobody,         ///< none: no packet may have it as its source, or none is routed
        documentation,  ///< examples in texts and tests, where it represents a public address
    };
    Network network;  ///< the addresses
    /// Completes the sentence "the address is ...", such as "private (RFC 1918)". Static storage.
    std::string_view name;
    Reach reach{};  ///< which machines have such an address

    /// Whether mail can come from such an address through the internet. True for addresses for
    /// documentation: an author who uses one means a public address, and otherwise no text, test or
    /// tutorial could be checked.
    [[nodiscard]] constexpr bool can_send() const noexcept { return reach == Reach::documentation; }
    /// Whether a client with such an address is in the receiver's own network.
    [[nodiscard]] constexpr bool is_local() const noexcept { return reach == Reach::local; }
};

/// All ranges of the table; no range contains an address of another range.
[[nodiscard]] SPF_EXPORT std::span<const SpecialRange> special_ranges() noexcept;

/// The range that contains the address; null for an ordinary, public address. Static storage.
[[nodiscard]] SPF_EXPORT const SpecialRange* special_range(IpAddress address) noexcept;
/// The range that contains all addresses of the network, otherwise null. Static storage.
[[nodiscard]] SPF_EXPORT const SpecialRange* special_range(const Network& network) noexcept;

}  // namespace spf
