/// \file net/special_address.hpp  Addresses that no mail comes from through the internet, and what they
/// are.
///
/// One table for all who ask: lint() of the networks in a record, authorize() of an address that is
/// to be added to one, `spfcheck check` of a client. It holds what the special-purpose address
/// registries of IANA (RFC 6890, as updated by RFC 8190) list as not globally reachable, and
/// multicast.
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

/// A range of addresses with a purpose of its own. Trivially copyable.
struct SpecialRange {
    /// Who can be met under such an address.
    enum class Reach : std::uint8_t {
        local,          ///< machines of one's own network, or of one's provider's: a NAT, a proxy
        nobody,         ///< nobody: no packet may have it as its source, or none is routed
        documentation,  ///< examples in texts and tests, where it stands for a public address
    };
    Network network;
    std::string_view
        name;  ///< completes "the address is ...": "private (RFC 1918)". Static storage
    Reach reach{};

    /// Whether mail can come from here through the internet. Addresses for documentation count as
    /// such that can: whoever writes one means a public address of which it is the example, and no
    /// text, test or tutorial could be checked otherwise.
    [[nodiscard]] constexpr bool can_send() const noexcept { return reach == Reach::documentation; }
    /// Whether a client with such an address is one in the receiver's own network.
    [[nodiscard]] constexpr bool is_local() const noexcept { return reach == Reach::local; }
};

/// All of them; no range of the table contains an address of another one.
[[nodiscard]] SPF_EXPORT std::span<const SpecialRange> special_ranges() noexcept;

/// The range that the address belongs to; nullptr for an ordinary, public address. Static storage.
[[nodiscard]] SPF_EXPORT const SpecialRange* special_range(IpAddress address) noexcept;
/// The range that all addresses of the network belong to, else nullptr. Static storage.
[[nodiscard]] SPF_EXPORT const SpecialRange* special_range(const Network& network) noexcept;

}  // namespace spf
