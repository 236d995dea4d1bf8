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

/// An IPv4 or IPv6 address. It has 16 octets, so copying is cheap, and no memory is allocated.
///
/// The 128-bit form of an IPv6 address is the address. The 128-bit form of an IPv4 address is its
/// IPv4-mapped IPv6 address, such as "::ffff:192.0.2.1". An IPv4-mapped address is therefore always
/// treated as the IPv4 address, as section 5 requires.
class SPF_EXPORT IpAddress {
public:
    /// The address 0.0.0.0.
    constexpr IpAddress() noexcept = default;

    /// Makes an IPv4 address from four octets in network order.
    static constexpr IpAddress v4(std::array<std::uint8_t, 4> octets) noexcept {
        std::uint64_t value = 0;
        for (const std::uint8_t octet : octets) value = value << 8U | octet;
        return {0, mapped_prefix | value};
    }
    /// Makes an IPv4 address from its four octets as they are written: v4(192, 0, 2, 10).
    static constexpr IpAddress v4(std::uint8_t first, std::uint8_t second, std::uint8_t third,
                                  std::uint8_t fourth) noexcept {
        return v4({first, second, third, fourth});
    }
    /// Makes an IPv6 address from sixteen octets in network order. From the octets of an
    /// IPv4-mapped address, makes the IPv4 address.
    static constexpr IpAddress v6(const std::array<std::uint8_t, 16>& octets) noexcept {
        std::array<std::uint64_t, 2> halves{};
        for (std::size_t i = 0; i < octets.size(); ++i) {
            halves[i / 8] = halves[i / 8] << 8U | octets[i];
        }
        return {halves[0], halves[1]};
    }
    /// Makes an IPv6 address from its first and its last 64 bits. From the bits of an IPv4-mapped
    /// address, makes the IPv4 address.
    static constexpr IpAddress v6(std::uint64_t high, std::uint64_t low) noexcept {
        return {high, low};
    }

    /// Reads a dotted quad without leading zeros, or an IPv6 address (RFC 4291 section 2.2). A
    /// prefix length, a zone index and surrounding spaces are errors. The code of every error is
    /// ParseError::Code::address.
    static Expected<IpAddress> parse(std::string_view text);

    /// Returns the address in a structure that accept() or getpeername() filled in. Returns nothing
    /// if the family of the structure is neither AF_INET nor AF_INET6. Ignores port and zone index.
    /// `address` must be the beginning of an object that is large enough for its family, such as a
    /// `sockaddr_storage`.
    [[nodiscard]] static std::optional<IpAddress> from(const ::sockaddr& address) noexcept;

    /// Returns the family, which is ipv4 also for an IPv4-mapped IPv6 address.
    [[nodiscard]] constexpr Family family() const noexcept {
        return high_ == 0 && low_ >> 32U == mapped_prefix >> 32U ? Family::ipv4 : Family::ipv6;
    }
    /// Returns whether the family is ipv4.
    [[nodiscard]] constexpr bool is_v4() const noexcept { return family() == Family::ipv4; }

    /// Returns the first 64 bits of the 128-bit form. For an IPv4 address, this is the IPv4-mapped
    /// address.
    [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }
    /// Returns the last 64 bits of the 128-bit form. For an IPv4 address, this is the IPv4-mapped
    /// address.
    [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }
    /// Returns the 32 bits of an IPv4 address. Meaningless for an IPv6 address.
    [[nodiscard]] constexpr std::uint32_t v4_bits() const noexcept {
        return static_cast<std::uint32_t>(low_);
    }

    /// Returns the address as text: a dotted quad, or the form of RFC 5952 (in lower case, with the
    /// longest run of zeros shortened).
    [[nodiscard]] std::string to_string() const;

    /// Returns the next address in the order of the 128-bit forms. After the last address, it
    /// returns the first.
    [[nodiscard]] constexpr IpAddress next() const noexcept {
        return {high_ + (low_ == ~std::uint64_t{0} ? 1 : 0), low_ + 1};
    }
    /// Returns the previous address in the order of the 128-bit forms. Before the first address, it
    /// returns the last.
    [[nodiscard]] constexpr IpAddress previous() const noexcept {
        return {high_ - (low_ == 0 ? 1 : 0), low_ - 1};
    }

    /// Compares the 128-bit forms as numbers. Addresses of one family are therefore in numerical
    /// order.
    friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) noexcept = default;

private:
    static constexpr std::uint64_t mapped_prefix = 0x0000'ffff'0000'0000U;
    constexpr IpAddress(std::uint64_t high, std::uint64_t low) noexcept : high_(high), low_(low) {}

    std::uint64_t high_ = 0;
    std::uint64_t low_ = mapped_prefix;
};

/// All addresses of one family from `first` to `last`, both included.
///
/// A range of IPv6 addresses may begin or end at an IPv4-mapped address. Such an address is not in
/// the range, because IpAddress treats it as an IPv4 address. The ends alone therefore do not show
/// the family of a range, so the family is stored separately.
struct AddressRange {
    Family family = Family::ipv4;  ///< the family of all its addresses
    IpAddress first{};             ///< the first address
    IpAddress last{};              ///< the last address

    /// Returns the range of all addresses of a family.
    static constexpr AddressRange all(Family family) noexcept {
        if (family == Family::ipv4) {
            return {family, IpAddress::v4({0, 0, 0, 0}), IpAddress::v4({255, 255, 255, 255})};
        }
        return {family, IpAddress::v6(0, 0), IpAddress::v6(~std::uint64_t{0}, ~std::uint64_t{0})};
    }
    /// Returns whether the address has the family of the range and is within the range.
    [[nodiscard]] constexpr bool contains(IpAddress address) const noexcept {
        return address.family() == family && first <= address && address <= last;
    }
    /// Compares all members.
    friend constexpr bool operator==(const AddressRange&, const AddressRange&) noexcept = default;
};

/// A network: an address, whose host bits are zero, and a prefix length. A Network has 24 octets,
/// so copying is cheap, and no memory is allocated.
///
/// The family of a network is stored separately. "::ffff:0:0/96" is an IPv6 network, although all
/// its addresses are IPv4-mapped. No client is in this network: a client with an IPv4-mapped
/// address is an IPv4 client, which matches only `ip4` (sections 5 and 5.6).
class SPF_EXPORT Network {
public:
    /// Makes the network 0.0.0.0/32.
    constexpr Network() noexcept : Network(IpAddress{}, 32) {}
    /// Makes the network that contains `address` and has the length `prefix_length`: 0..32 for
    /// IPv4, 0..128 for IPv6. Larger values are reduced to the maximum.
    constexpr Network(IpAddress address, unsigned prefix_length) noexcept
        : Network(address.family(), address.high(), address.low(), prefix_length) {}
    /// Makes a network from the first and the last 64 bits of the 128-bit form of an address. Only
    /// with this constructor can an IPv6 network of IPv4-mapped addresses be made.
    constexpr Network(Family family, std::uint64_t high, std::uint64_t low,
                      unsigned prefix_length) noexcept
        : family_(family) {
        const unsigned longest = family == Family::ipv4 ? 32U : 128U;
        prefix_length_ =
            static_cast<std::uint8_t>(prefix_length < longest ? prefix_length : longest);
        high_ = high & mask_high();
        low_ = low & mask_low();
    }

    /// Reads `address[/prefix-length]` of either family. Without a length, the network is a single
    /// address (5.6). The possible error codes are address, prefix_length_ip4 and
    /// prefix_length_ip6.
    static Expected<Network> parse(std::string_view text);
    /// Reads `ip4-network [ ip4-cidr-length ]` (5.6). The possible error codes are address_ip4 and
    /// prefix_length_ip4.
    static Expected<Network> parse_v4(std::string_view text);
    /// Reads `ip6-network [ ip6-cidr-length ]` (5.6). The possible error codes are address_ip6 and
    /// prefix_length_ip6.
    static Expected<Network> parse_v6(std::string_view text);

    /// Returns the family of the network's addresses.
    [[nodiscard]] constexpr Family family() const noexcept { return family_; }
    /// Returns the prefix length: 0..32 for IPv4, 0..128 for IPv6.
    [[nodiscard]] constexpr unsigned prefix_length() const noexcept { return prefix_length_; }
    /// Returns the first 64 bits of the 128-bit form of the first address.
    [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }
    /// Returns the last 64 bits of the 128-bit form of the first address.
    [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }

    /// Returns whether the address has the family and the prefix of the network (5).
    [[nodiscard]] constexpr bool contains(IpAddress address) const noexcept {
        if (family_ == Family::ipv4) {
            // All IPv4 addresses have the same bits before their last 32, those of an IPv4-mapped
            // address. If `address` has other bits there, it is an IPv6 address, and the shifted
            // number is not 0. Otherwise the shifted number is the difference between the two
            // prefixes.
            return address.high() == 0 && (address.low() ^ low_) >> (32U - prefix_length_) == 0;
        }
        return ((address.high() ^ high_) & mask_high()) == 0 &&
               ((address.low() ^ low_) & mask_low()) == 0 && !address.is_v4();
    }
    /// Returns whether every address of `other` is in this network.
    [[nodiscard]] constexpr bool contains(const Network& other) const noexcept {
        return other.family_ == family_ && other.prefix_length_ >= prefix_length_ &&
               ((other.high_ ^ high_) & mask_high()) == 0 &&
               ((other.low_ ^ low_) & mask_low()) == 0;
    }

    /// Returns the range of all addresses of the network.
    [[nodiscard]] constexpr AddressRange range() const noexcept {
        return {family_, IpAddress::v6(high_, low_),
                IpAddress::v6(high_ | ~mask_high(), low_ | ~mask_low())};
    }

    /// Returns the network as text, such as `192.0.2.0/24`. The length is omitted if the network is
    /// a single address.
    [[nodiscard]] std::string to_string() const;

    /// Compares all members. The order of different networks has no meaning, but never changes.
    friend constexpr auto operator<=>(const Network&, const Network&) noexcept = default;

private:
    /// Returns the number of bits before the host bits in the 128-bit form. For IPv4, this is 96
    /// more than the prefix length.
    [[nodiscard]] constexpr unsigned bits() const noexcept {
        return prefix_length_ + (family_ == Family::ipv4 ? 96U : 0U);
    }
    [[nodiscard]] constexpr std::uint64_t mask_high() const noexcept { return mask(bits()); }
    [[nodiscard]] constexpr std::uint64_t mask_low() const noexcept {
        return bits() <= 64 ? 0 : mask(bits() - 64);
    }
    /// Returns a number whose first `length` bits are set. Lengths from 64 on, and 0, are special
    /// cases, because C++ does not define a shift by 64 bits.
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
    /// Returns the hash of the 128-bit form.
    std::size_t operator()(const spf::IpAddress& address) const noexcept {
        std::uint64_t mixed = (address.high() ^ 0x9e37'79b9'7f4a'7c15U) * 0xff51'afd7'ed55'8ccdU;
        mixed = (mixed ^ mixed >> 32U ^ address.low()) * 0xc4ce'b9fe'1a85'ec53U;
        return static_cast<std::size_t>(mixed ^ mixed >> 29U);
    }
};
