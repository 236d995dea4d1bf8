/// \file net/network_set.hpp  Sets of IPv4 and IPv6 addresses, and exact counts of the addresses in
/// them.
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
    /// Makes the number 0.
    constexpr AddressCount() noexcept = default;
    /// Makes the number of the addresses in a range.
    constexpr explicit AddressCount(const AddressRange& range) noexcept {
        low_ = range.last.low() - range.first.low();
        high_ = range.last.high() - range.first.high() -
                (range.last.low() < range.first.low() ? 1U : 0U);
        add_one();
    }

    /// Adds another number. The sum must be at most 2^128. This is so if the numbers are those of
    /// disjoint ranges of one family.
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

    /// Returns the number, or nothing if it does not fit into 64 bits.
    [[nodiscard]] constexpr std::optional<std::uint64_t> exact() const noexcept {
        return all_ != 0 || high_ != 0 ? std::nullopt : std::optional(low_);
    }
    /// Returns the number as the nearest floating-point number.
    [[nodiscard]] double approximate() const noexcept;
    /// Returns the number in decimal, with up to 39 digits.
    [[nodiscard]] std::string to_string() const;

    /// Compares the numbers.
    friend constexpr auto operator<=>(const AddressCount&, const AddressCount&) noexcept = default;

private:
    constexpr void add_one() noexcept {
        if (++low_ == 0 && ++high_ == 0) all_ = 1;
    }
    std::uint64_t all_ = 0;  // 1 if the number is 2^128, which needs 129 bits
    std::uint64_t high_ = 0;
    std::uint64_t low_ = 0;
};

/// Divides a range into networks that together have exactly its addresses. Returns the smallest
/// possible number of networks, in order: at most 62 for IPv4, and at most 254 for IPv6.
[[nodiscard]] SPF_EXPORT std::vector<Network> networks_of(const AddressRange& range);

/// A set of addresses. It is stored as sorted, disjoint ranges, with the IPv4 ranges first.
/// Adjacent ranges are joined. Two sets with the same addresses are therefore equal, however they
/// were made.
///
/// The IPv6 part is a set of 128-bit numbers. It may include IPv4-mapped addresses
/// ("::ffff:0:0/96"), although no IPv6 client can have such an address. IpAddress treats an
/// IPv4-mapped address as an IPv4 address, so contains(IpAddress) searches only the IPv4 part for
/// it.
class SPF_EXPORT NetworkSet {
public:
    /// Makes the empty set.
    NetworkSet() = default;
    /// Makes the union of ranges, which may be in any order and overlap. A range whose last address
    /// is before its first is ignored.
    explicit NetworkSet(std::vector<AddressRange> ranges);
    /// Makes the union of networks, which may be in any order and overlap.
    explicit NetworkSet(std::span<const Network> networks);

    /// Returns whether the set has no addresses.
    [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
    /// Returns the ranges of the set: sorted, disjoint and not adjacent, with the IPv4 ranges
    /// first. The span is valid until the set changes.
    [[nodiscard]] std::span<const AddressRange> ranges() const& noexcept { return ranges_; }
    /// Deleted for a temporary set, because the ranges are destroyed with the set.
    std::span<const AddressRange> ranges() const&& = delete;
    /// Divides the set into the smallest possible number of networks. They are in order, with the
    /// IPv4 networks first.
    [[nodiscard]] std::vector<Network> networks() const;
    /// Divides the addresses of one family into the smallest possible number of networks. They are
    /// in order.
    [[nodiscard]] std::vector<Network> networks(Family family) const;

    /// Returns whether the address is in the set. Makes a binary search.
    [[nodiscard]] bool contains(IpAddress address) const noexcept;
    /// Returns whether all addresses of a range are in the set. Makes a binary search.
    [[nodiscard]] bool contains(const AddressRange& range) const noexcept;
    /// Returns whether all addresses of a network are in the set. Makes a binary search.
    [[nodiscard]] bool contains(const Network& network) const noexcept {
        return contains(network.range());
    }
    /// Returns whether all addresses of `other` are in this set.
    [[nodiscard]] bool contains(const NetworkSet& other) const noexcept;

    /// Returns the number of addresses of one family.
    [[nodiscard]] AddressCount count(Family family) const noexcept;

    /// Returns whether both sets have the same addresses.
    friend bool operator==(const NetworkSet&, const NetworkSet&) = default;

private:
    std::vector<AddressRange> ranges_;
};

/// Returns the addresses that are in at least one of the sets. The time is that of sorting the
/// ranges of both sets.
[[nodiscard]] SPF_EXPORT NetworkSet set_union(const NetworkSet& a, const NetworkSet& b);
/// Returns the addresses that are in both sets. The time is linear in the number of ranges.
[[nodiscard]] SPF_EXPORT NetworkSet set_intersection(const NetworkSet& a, const NetworkSet& b);
/// Returns the addresses that are in `a`, but not in `b`. The time is linear in the number of
/// ranges.
[[nodiscard]] SPF_EXPORT NetworkSet set_difference(const NetworkSet& a, const NetworkSet& b);

}  // namespace spf
