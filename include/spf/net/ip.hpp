/// \file net/ip.hpp  IP addresses and networks as SPF compares them (RFC 7208 sections 5 and 5.6).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/base/export.hpp"

struct sockaddr;  // of <sys/socket.h>

namespace spf {

/// The two families of addresses.
enum class Family : std::uint8_t { ipv4, ipv6 };

/// An IPv4 or IPv6 address: 16 octets, cheap to copy, no allocation.
///
/// An IPv4-mapped IPv6 address ("::ffff:192.0.2.1") *is* the IPv4 address, however it was made, as
/// section 5 demands. No IpAddress with such a value compares as IPv6.
class SPF_EXPORT IpAddress {
public:
    /// The address 0.0.0.0.
    constexpr IpAddress() noexcept = default;

    /// The IPv4 address of four octets in network order.
    static constexpr IpAddress v4(std::array<std::uint8_t, 4> octets) noexcept {
        std::uint64_t value = 0;
        for (const std::uint8_t octet : octets) value = value << 8U | octet;
        return {0, mapped_prefix | value};
    }
    /// The IPv6 address of sixteen octets in network order; a mapped address becomes IPv4.
    static constexpr IpAddress v6(const std::array<std::uint8_t, 16>& octets) noexcept {
        std::array<std::uint64_t, 2> halves{};
        for (std::size_t i = 0; i < octets.size(); ++i) {
            halves[i / 8] = halves[i / 8] << 8U | octets[i];
        }
        return {halves[0], halves[1]};
    }
    /// The IPv6 address of its first and its last 64 bits; a mapped address becomes IPv4.
    static constexpr IpAddress v6(std::uint64_t high, std::uint64_t low) noexcept {
        return {high, low};
    }

    /// Reads a dotted quad without leading zeros, or an IPv6 address (RFC 4291 section 2.2). A
    /// prefix length, a zone index and surrounding spaces are errors. Error code: address.
    static Expected<IpAddress> parse(std::string_view text);

    /// The address in a structure that accept() or getpeername() filled in; nothing if its family
    /// is neither AF_INET nor AF_INET6. Ignores port and zone index. `address` must be the
    /// beginning of an object as large as its family says, such as a `sockaddr_storage`.
    [[nodiscard]] static std::optional<IpAddress> from(const ::sockaddr& address) noexcept;

    /// The family; ipv4 for a mapped address.
    [[nodiscard]] constexpr Family family() const noexcept {
        return high_ == 0 && low_ >> 32U == mapped_prefix >> 32U ? Family::ipv4 : Family::ipv6;
    }
    /// Whether the family is ipv4.
    [[nodiscard]] constexpr bool is_v4() const noexcept { return family() == Family::ipv4; }

    /// The first 64 bits of the IPv6 form (IPv4: of the mapped form).
    [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }
    /// The last 64 bits of the IPv6 form (IPv4: of the mapped form).
    [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }
    /// The 32 bits of an IPv4 address; meaningless for IPv6.
    [[nodiscard]] constexpr std::uint32_t v4_bits() const noexcept {
        return static_cast<std::uint32_t>(low_);
    }

    /// A dotted quad, or the form of RFC 5952 (lower case, longest run of zeros shortened).
    [[nodiscard]] std::string to_string() const;

    /// The next address in the order of the 128-bit forms; wraps at the end.
    [[nodiscard]] constexpr IpAddress next() const noexcept {
        return {high_ + (low_ == ~std::uint64_t{0} ? 1 : 0), low_ + 1};
    }
    /// The previous address in the order of the 128-bit forms; wraps at the beginning.
    [[nodiscard]] constexpr IpAddress previous() const noexcept {
        return {high_ - (low_ == 0 ? 1 : 0), low_ - 1};
    }

    /// Compares the 128-bit forms; within a family, this is the usual order.
    friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) noexcept = default;

private:
    static constexpr std::uint64_t mapped_prefix = 0x0000'ffff'0000'0000U;
    constexpr IpAddress(std::uint64_t high, std::uint64_t low) noexcept : high_(high), low_(low) {}

    std::uint64_t high_ = 0;
    std::uint64_t low_ = mapped_prefix;
};

/// All addresses of one family from `first` to `last`, both included.
///
/// A range has a family of its own, as a Network has: a range of IPv6 addresses may begin or end
/// among the mapped addresses, but contains none of them.
struct AddressRange {
    Family family = Family::ipv4;  ///< the family of all its addresses
    IpAddress first;               ///< the first address
    IpAddress last;                ///< the last address

    /// All addresses of a family.
    static constexpr AddressRange all(Family family) noexcept {
        if (family == Family::ipv4) {
            return {family, IpAddress::v4({0, 0, 0, 0}), IpAddress::v4({255, 255, 255, 255})};
        }
        return {family, IpAddress::v6(0, 0), IpAddress::v6(~std::uint64_t{0}, ~std::uint64_t{0})};
    }
    /// Whether the address has this family and is in the range.
    [[nodiscard]] constexpr bool contains(IpAddress address) const noexcept {
        return address.family() == family && first <= address && address <= last;
    }
    /// Compares all members.
    friend constexpr bool operator==(const AddressRange&, const AddressRange&) noexcept = default;
};

/// An address and a prefix length; host bits are cleared. 24 octets, no allocation.
///
/// A network has a family of its own: "::ffff:0:0/96" written as IPv6 is an IPv6 network and
/// contains no IPv4 client (sections 5 and 5.6: IPv4 clients match `ip4` only).
class SPF_EXPORT Network {
public:
    /// The network 0.0.0.0/32.
    constexpr Network() noexcept : Network(IpAddress{}, 32) {}
    /// The network of `address`. `prefix_length` is 0..32 for IPv4, 0..128 for IPv6; larger values
    /// are reduced to the maximum.
    constexpr Network(IpAddress address, unsigned prefix_length) noexcept
        : Network(address.family(), address.high(), address.low(), prefix_length) {}
    /// The network of raw bits of the 128-bit form: the only way to make an IPv6 network of mapped
    /// addresses.
    constexpr Network(Family family, std::uint64_t high, std::uint64_t low,
                      unsigned prefix_length) noexcept
        : family_(family) {
        const unsigned longest = family == Family::ipv4 ? 32U : 128U;
        prefix_length_ =
            static_cast<std::uint8_t>(prefix_length < longest ? prefix_length : longest);
        high_ = high & mask_high();
        low_ = low & mask_low();
    }

    /// Reads `address[/prefix-length]` of either family; without a length, a single address (5.6).
    /// Error codes: address, prefix_length_ip4, prefix_length_ip6.
    static Expected<Network> parse(std::string_view text);
    /// Reads `ip4-network [ ip4-cidr-length ]` (5.6). Error codes: address_ip4, prefix_length_ip4.
    static Expected<Network> parse_v4(std::string_view text);
    /// Reads `ip6-network [ ip6-cidr-length ]` (5.6). Error codes: address_ip6, prefix_length_ip6.
    static Expected<Network> parse_v6(std::string_view text);

    /// The family of its addresses.
    [[nodiscard]] constexpr Family family() const noexcept { return family_; }
    /// 0..32 for IPv4, 0..128 for IPv6.
    [[nodiscard]] constexpr unsigned prefix_length() const noexcept { return prefix_length_; }
    /// The first 64 bits of the 128-bit form of the first address.
    [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }
    /// The last 64 bits of the 128-bit form of the first address.
    [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }

    /// Whether the address has this family and this prefix (5).
    [[nodiscard]] constexpr bool contains(IpAddress address) const noexcept {
        if (family_ == Family::ipv4) {
            // Both have the bits of the mapped form above the 32 bits of the address.
            return address.high() == 0 && (address.low() ^ low_) >> (32U - prefix_length_) == 0;
        }
        return ((address.high() ^ high_) & mask_high()) == 0 &&
               ((address.low() ^ low_) & mask_low()) == 0 && !address.is_v4();
    }
    /// Whether every address of `other` is in this network.
    [[nodiscard]] constexpr bool contains(const Network& other) const noexcept {
        return other.family_ == family_ && other.prefix_length_ >= prefix_length_ &&
               ((other.high_ ^ high_) & mask_high()) == 0 &&
               ((other.low_ ^ low_) & mask_low()) == 0;
    }

    /// All addresses of the network.
    [[nodiscard]] constexpr AddressRange range() const noexcept {
        return {family_, IpAddress::v6(high_, low_),
                IpAddress::v6(high_ | ~mask_high(), low_ | ~mask_low())};
    }

    /// Such as `192.0.2.0/24`; without the length if the network is a single address.
    [[nodiscard]] std::string to_string() const;

    /// Compares all members: an arbitrary, but stable order.
    friend constexpr auto operator<=>(const Network&, const Network&) noexcept = default;

private:
    /// Prefix length within the 128-bit form.
    [[nodiscard]] constexpr unsigned bits() const noexcept {
        return prefix_length_ + (family_ == Family::ipv4 ? 96U : 0U);
    }
    [[nodiscard]] constexpr std::uint64_t mask_high() const noexcept { return mask(bits()); }
    [[nodiscard]] constexpr std::uint64_t mask_low() const noexcept {
        return bits() <= 64 ? 0 : mask(bits() - 64);
    }
    /// Lengths 0 and 64 are special cases, as a shift by the full width is undefined in C++.
    static constexpr std::uint64_t mask(unsigned length) noexcept {
        if (length == 0) return 0;
        return length >= 64 ? ~std::uint64_t{0} : ~std::uint64_t{0} << (64U - length);
    }

    std::uint64_t high_ = 0;
    std::uint64_t low_ = 0;
    Family family_ = Family::ipv4;
    std::uint8_t prefix_length_ = 32;
};

}  // namespace spf

/// Hashes an address for unordered containers.
template <>
struct std::hash<spf::IpAddress> {
    /// The hash of the 128-bit form.
    std::size_t operator()(const spf::IpAddress& address) const noexcept {
        std::uint64_t mixed = (address.high() ^ 0x9e37'79b9'7f4a'7c15U) * 0xff51'afd7'ed55'8ccdU;
        mixed = (mixed ^ mixed >> 32U ^ address.low()) * 0xc4ce'b9fe'1a85'ec53U;
        return static_cast<std::size_t>(mixed ^ mixed >> 29U);
    }
};
