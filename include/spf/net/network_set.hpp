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

/// A number of addresses, from 0 to 2^128: exact.
class SPF_EXPORT AddressCount {
public:
    /// 0
    constexpr AddressCount() noexcept = default;
    /// The addresses of a range.
    constexpr explicit AddressCount(const AddressRange& range) noexcept {
        low_ = range.last.low() - range.first.low();
        high_ = range.last.high() - range.first.high() -
                (range.last.low() < range.first.low() ? 1U : 0U);
        add_one();
    }

    /// Adds up; the ranges counted must be disjoint, so that there are no more than 2^128.
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

    /// The number where it fits into 64 bits.
    [[nodiscard]] constexpr std::optional<std::uint64_t> exact() const noexcept {
        return all_ != 0 || high_ != 0 ? std::nullopt : std::optional(low_);
    }
    /// The nearest number in floating point.
    [[nodiscard]] double approximate() const noexcept;
    /// In decimal, up to 39 digits.
    [[nodiscard]] std::string to_string() const;

    /// By size.
    friend constexpr auto operator<=>(const AddressCount&, const AddressCount&) noexcept = default;

private:
    constexpr void add_one() noexcept {
        if (++low_ == 0 && ++high_ == 0) all_ = 1;
    }
    std::uint64_t all_ = 0;  // 1: 2^128, which needs 129 bits
    std::uint64_t high_ = 0;
    std::uint64_t low_ = 0;
};

/// The fewest networks that together are exactly a range, in order. At most 62 for IPv4, 254 for IPv6.
[[nodiscard]] SPF_EXPORT std::vector<Network> networks_of(const AddressRange& range);

/// A set of addresses, kept as sorted, disjoint ranges that do not touch. IPv4 stands before IPv6.
///
/// Two sets with the same addresses are equal, however they were made. The IPv6 half is a set of
/// 128-bit numbers: it may cover the mapped ones (`::ffff:0:0/96`), which no client can have, so that
/// contains(IpAddress) of an IPv4 address looks at the IPv4 half alone, as Network does.
class SPF_EXPORT NetworkSet {
public:
    /// The empty set.
    NetworkSet() = default;
    /// The union of ranges in any order; those whose last address is before the first are ignored.
    explicit NetworkSet(std::vector<AddressRange> ranges);
    /// The union of networks in any order.
    explicit NetworkSet(std::span<const Network> networks);

    [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
    /// Sorted, disjoint, not touching. Valid as long as this set is not changed.
    [[nodiscard]] std::span<const AddressRange> ranges() const noexcept { return ranges_; }
    /// The fewest networks that together are this set, in order, IPv4 first.
    [[nodiscard]] std::vector<Network> networks() const;
    /// The same for one family.
    [[nodiscard]] std::vector<Network> networks(Family family) const;

    /// Binary search.
    [[nodiscard]] bool contains(IpAddress address) const noexcept;
    /// Whether all of a range is in the set. Binary search.
    [[nodiscard]] bool contains(const AddressRange& range) const noexcept;
    [[nodiscard]] bool contains(const Network& network) const noexcept {
        return contains(network.range());
    }
    /// Whether `other` is a subset of this set.
    [[nodiscard]] bool contains(const NetworkSet& other) const noexcept;

    /// How many addresses of one family.
    [[nodiscard]] AddressCount count(Family family) const noexcept;

    friend bool operator==(const NetworkSet&, const NetworkSet&) = default;

private:
    std::vector<AddressRange> ranges_;
};

/// What is in either set. Linear but for the sorting.
[[nodiscard]] SPF_EXPORT NetworkSet set_union(const NetworkSet& a, const NetworkSet& b);
/// What is in both sets. Linear.
[[nodiscard]] SPF_EXPORT NetworkSet set_intersection(const NetworkSet& a, const NetworkSet& b);
/// What is in `a` and not in `b`. Linear.
[[nodiscard]] SPF_EXPORT NetworkSet set_difference(const NetworkSet& a, const NetworkSet& b);

}  // namespace spf
