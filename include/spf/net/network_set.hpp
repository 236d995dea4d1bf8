/// \file net/network_set.hpp  Sets of addresses: normalised unions of networks of both families.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/net/ip.hpp"

namespace spf {

/// An exact number of addresses, from 0 to 2^128.
class SPF_EXPORT AddressCount {
public:
    /// The number 0.
    constexpr AddressCount() noexcept = default;
    /// The number of addresses in a range.
    constexpr explicit AddressCount(const AddressRange& range) noexcept {
        low_ = range.last.low() - range.first.low();
        high_ = range.last.high() - range.first.high() -
                (range.last.low() < range.first.low() ? 1U : 0U);
        add_one();
    }

    /// Adds another number. The counted ranges must be disjoint, so that the sum is at most 2^128.
    constexpr AddressCount& operator+=(const AddressCount& other) noexcept {
        const std::uint64_t low = low_ + other.low_;
        const std::uint64_t carry = low < low_ ? 1 : 0;
        const std::uint64_t high = high_ + other.high_ + carry;
        const bool is_all = high < high_ || (carry != 0 && high == high_);
        all_ |= other.all_ | (is_all ? 1U : 0U);
        low_ = low;
        high_ = high;
        return *this;
    }

    /// The number if it fits into 64 bits.
    [[nodiscard]] constexpr std::optional<std::uint64_t> exact() const noexcept {
        return all_ != 0 || high_ != 0 ? std::nullopt : std::optional(low_);
    }
    /// The nearest number in floating point.
    [[nodiscard]] double approximate() const noexcept;
    /// The number in decimal, up to 39 digits.
    [[nodiscard]] std::string to_string() const;

    /// Compares the numbers.
    friend constexpr auto operator<=>(const AddressCount&, const AddressCount&) noexcept = default;

private:
    constexpr void add_one() noexcept {
        if (++low_ == 0 && ++high_ == 0) all_ = 1;
    }
    std::uint64_t all_ = 0;  // 1: 2^128, which needs 129 bits
    std::uint64_t high_ = 0;
    std::uint64_t low_ = 0;
};

/// The smallest number of networks that together are exactly the range, in order: at most 62 for
/// IPv4, 254 for IPv6.
[[nodiscard]] SPF_EXPORT std::vector<Network> networks_of(const AddressRange& range);

/// A set of addresses, kept as sorted, disjoint ranges that do not touch, IPv4 first.
///
/// Two sets with the same addresses are equal, however they were made. The IPv6 part is a set of
/// 128-bit numbers. It may include the mapped addresses ("::ffff:0:0/96"), which no client can
/// have: contains(IpAddress) of an IPv4 address looks only at the IPv4 part, as Network::contains()
/// does.
class SPF_EXPORT NetworkSet {
public:
    /// The empty set.
    NetworkSet() = default;
    /// The union of ranges in any order. Ranges whose last address is before the first are ignored.
    explicit NetworkSet(std::vector<AddressRange> ranges);
    /// The union of networks in any order.
    explicit NetworkSet(std::span<const Network> networks);

    /// Whether the set has no addresses.
    [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
    /// The ranges of the set: sorted, disjoint, not touching. Valid until the set changes.
    [[nodiscard]] std::span<const AddressRange> ranges() const noexcept { return ranges_; }
    /// The smallest number of networks that together are the set, in order, IPv4 first.
    [[nodiscard]] std::vector<Network> networks() const;
    /// The smallest number of networks that together are the addresses of one family.
    [[nodiscard]] std::vector<Network> networks(Family family) const;

    /// Whether the address is in the set. Binary search.
    [[nodiscard]] bool contains(IpAddress address) const noexcept;
    /// Whether all addresses of a range are in the set. Binary search.
    [[nodiscard]] bool contains(const AddressRange& range) const noexcept;
    /// Whether all addresses of a network are in the set. Binary search.
    [[nodiscard]] bool contains(const Network& network) const noexcept {
        return contains(network.range());
    }
    /// Whether all addresses of `other` are in this set.
    [[nodiscard]] bool contains(const NetworkSet& other) const noexcept;

    /// The number of addresses of one family.
    [[nodiscard]] AddressCount count(Family family) const noexcept;

    /// Whether both sets have the same addresses.
    friend bool operator==(const NetworkSet&, const NetworkSet&) = default;

private:
    std::vector<AddressRange> ranges_;
};

/// The addresses that are in either set. Linear, except for sorting.
[[nodiscard]] SPF_EXPORT NetworkSet set_union(const NetworkSet& a, const NetworkSet& b);
/// The addresses that are in both sets. Linear.
[[nodiscard]] SPF_EXPORT NetworkSet set_intersection(const NetworkSet& a, const NetworkSet& b);
/// The addresses that are in `a`, but not in `b`. Linear.
[[nodiscard]] SPF_EXPORT NetworkSet set_difference(const NetworkSet& a, const NetworkSet& b);

}  // namespace spf
