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

enum class Family : std::uint8_t { ipv4, ipv6 };

/// An IPv4 or IPv6 address: 16 octets, cheap to copy, no allocation.
///
/// An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) *is* the IPv4 address, however it was made, as
/// section 5 demands: there is no way to hold one that compares as IPv6.
class SPF_EXPORT IpAddress {
public:
    /// 0.0.0.0
    constexpr IpAddress() noexcept = default;

    /// The four octets in network order.
    static constexpr IpAddress v4(std::array<std::uint8_t, 4> octets) noexcept {
        std::uint64_t value = 0;
        for (const std::uint8_t octet : octets) value = value << 8U | octet;
        return {0, mapped_prefix | value};
    }
    /// The sixteen octets in network order; a mapped address becomes IPv4.
    static constexpr IpAddress v6(const std::array<std::uint8_t, 16>& octets) noexcept {
        std::array<std::uint64_t, 2> halves{};
        for (std::size_t i = 0; i < octets.size(); ++i) {
            halves[i / 8] = halves[i / 8] << 8U | octets[i];
        }
        return {halves[0], halves[1]};
    }
    /// The same from two numbers: the first and the last 64 bits.
    static constexpr IpAddress v6(std::uint64_t high, std::uint64_t low) noexcept {
        return {high, low};
    }

    /// Reads a dotted quad without leading zeros, or an IPv6 address (RFC 4291 section 2.2).
    /// No prefix length, no zone index, no surrounding space. Error code: address.
    static Expected<IpAddress> parse(std::string_view text);

    /// The address in what accept() or getpeername() filled in; nothing if it is of another family
    /// than AF_INET and AF_INET6. Port and zone index are left out. `address` must be the beginning of
    /// an object as large as its family says, such as a `sockaddr_storage`.
    [[nodiscard]] static std::optional<IpAddress> from(const ::sockaddr& address) noexcept;

    [[nodiscard]] constexpr Family family() const noexcept {
        return high_ == 0 && low_ >> 32U == mapped_prefix >> 32U ? Family::ipv4 : Family::ipv6;
    }
    [[nodiscard]] constexpr bool is_v4() const noexcept { return family() == Family::ipv4; }

    /// The first and last 64 bits of the IPv6 form (IPv4: of the mapped form).
    [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }
    [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }
    /// The 32 bits of an IPv4 address; meaningless for IPv6.
    [[nodiscard]] constexpr std::uint32_t v4_bits() const noexcept {
        return static_cast<std::uint32_t>(low_);
    }

    /// Dotted quad, or RFC 5952 form (lower case, longest run of zeros shortened).
    [[nodiscard]] std::string to_string() const;

    /// The address after and before this one in the order of the 128-bit forms; wraps at the ends.
    [[nodiscard]] constexpr IpAddress next() const noexcept {
        return {high_ + (low_ == ~std::uint64_t{0} ? 1 : 0), low_ + 1};
    }
    [[nodiscard]] constexpr IpAddress previous() const noexcept {
        return {high_ - (low_ == 0 ? 1 : 0), low_ - 1};
    }

    /// In the order of the 128-bit forms; within a family, the usual order.
    friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) noexcept = default;

private:
    static constexpr std::uint64_t mapped_prefix = 0x0000'ffff'0000'0000U;
    constexpr IpAddress(std::uint64_t high, std::uint64_t low) noexcept : high_(high), low_(low) {}

    std::uint64_t high_ = 0;
    std::uint64_t low_ = mapped_prefix;
};

/// All addresses from `first` to `last`, both included, of one family.
///
/// As a network, it has a family of its own: a range of IPv6 addresses may begin or end among the
/// mapped ones, but contains none of them.
struct AddressRange {
    Family family = Family::ipv4;
    IpAddress first;
    IpAddress last;

    /// All addresses of a family.
    static constexpr AddressRange all(Family family) noexcept {
        if (family == Family::ipv4) {
            return {family, IpAddress::v4({0, 0, 0, 0}), IpAddress::v4({255, 255, 255, 255})};
        }
        return {family, IpAddress::v6(0, 0), IpAddress::v6(~std::uint64_t{0}, ~std::uint64_t{0})};
    }
    [[nodiscard]] constexpr bool contains(IpAddress address) const noexcept {
        return address.family() == family && first <= address && address <= last;
    }
    friend constexpr bool operator==(const AddressRange&, const AddressRange&) noexcept = default;
};

/// An address and a prefix length; host bits are cleared. 24 octets, no allocation.
///
/// A network has a family of its own: `::ffff:0:0/96` written as IPv6 is an IPv6 network and
/// contains no IPv4 client (sections 5 and 5.6: those are listed with `ip4` alone).
class SPF_EXPORT Network {
public:
    /// 0.0.0.0/32
    constexpr Network() noexcept : Network(IpAddress{}, 32) {}
    /// The network of `address`: prefix_length 0..32 for IPv4, 0..128 for IPv6, larger is cut to that.
    constexpr Network(IpAddress address, unsigned prefix_length) noexcept
        : Network(address.family(), address.high(), address.low(), prefix_length) {}
    /// The same from raw bits of the 128-bit form; the one way to an IPv6 network of mapped addresses.
    constexpr Network(Family family, std::uint64_t high, std::uint64_t low,
                      unsigned prefix_length) noexcept
        : family_(family) {
        const unsigned longest = family == Family::ipv4 ? 32U : 128U;
        prefix_length_ =
            static_cast<std::uint8_t>(prefix_length < longest ? prefix_length : longest);
        high_ = high & mask_high();
        low_ = low & mask_low();
    }

    /// Reads `address[/prefix-length]`, either family; without a length one address (5.6).
    /// Error codes: address, prefix_length_ip4, prefix_length_ip6.
    static Expected<Network> parse(std::string_view text);
    /// Reads `ip4-network [ ip4-cidr-length ]` (5.6). Error codes: address_ip4, prefix_length_ip4.
    static Expected<Network> parse_v4(std::string_view text);
    /// Reads `ip6-network [ ip6-cidr-length ]` (5.6). Error codes: address_ip6, prefix_length_ip6.
    static Expected<Network> parse_v6(std::string_view text);

    [[nodiscard]] constexpr Family family() const noexcept { return family_; }
    /// 0..32 for IPv4, 0..128 for IPv6.
    [[nodiscard]] constexpr unsigned prefix_length() const noexcept { return prefix_length_; }
    /// The first address of the network, in its 128-bit form.
    [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }
    [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }

    /// Whether the high-order bits are equal (5). Never true across families.
    [[nodiscard]] constexpr bool contains(IpAddress address) const noexcept {
        if (family_ == Family::ipv4) {
            // The bits above the 32 are those of the mapped form, in the one as in the other.
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

    /// All of its addresses.
    [[nodiscard]] constexpr AddressRange range() const noexcept {
        return {family_, IpAddress::v6(high_, low_),
                IpAddress::v6(high_ | ~mask_high(), low_ | ~mask_low())};
    }

    /// `192.0.2.0/24`; the length is left out where the network is one address.
    [[nodiscard]] std::string to_string() const;

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
    /// A shift by the full width is undefined in C++, so both ends are told apart.
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

template <>
struct std::hash<spf::IpAddress> {
    std::size_t operator()(const spf::IpAddress& address) const noexcept {
        std::uint64_t mixed = (address.high() ^ 0x9e37'79b9'7f4a'7c15U) * 0xff51'afd7'ed55'8ccdU;
        mixed = (mixed ^ mixed >> 32U ^ address.low()) * 0xc4ce'b9fe'1a85'ec53U;
        return static_cast<std::size_t>(mixed ^ mixed >> 29U);
    }
};
