// Converts socket addresses of the operating system (struct sockaddr) to IpAddress.

#include <array>
#include <cstddef>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

#include "spf/net/ip.hpp"

namespace spf {

namespace {

/// Returns a copy of `size` octets of a socket address, beginning at an offset. The octets are
/// copied one by one, because the memory of `address` may not be aligned for a larger structure
/// such as sockaddr_in6.
template <std::size_t size>
std::array<std::uint8_t, size> octets_at(const ::sockaddr& address, std::size_t offset) noexcept {
    std::array<std::uint8_t, size> octets{};
    std::memcpy(octets.data(), reinterpret_cast<const unsigned char*>(&address) + offset, size);
    return octets;
}

}  // namespace

std::optional<IpAddress> IpAddress::from(const ::sockaddr& address) noexcept {
    switch (address.sa_family) {
        case AF_INET: return v4(octets_at<4>(address, offsetof(sockaddr_in, sin_addr)));
        case AF_INET6: return v6(octets_at<16>(address, offsetof(sockaddr_in6, sin6_addr)));
        default: return std::nullopt;
    }
}

}  // namespace spf
