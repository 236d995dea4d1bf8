// Conversion of socket addresses.

#include <array>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

#include "spf/net/ip.hpp"

namespace spf {

std::optional<IpAddress> IpAddress::from(const ::sockaddr& address) noexcept {
    if (address.sa_family == AF_INET) {
        std::array<std::uint8_t, 4> octets{};
        std::memcpy(
            octets.data(),
            reinterpret_cast<const unsigned char*>(&address) + offsetof(sockaddr_in, sin_addr),
            octets.size());
        return v4(octets);
    }
    if (address.sa_family == AF_INET6) {
        std::array<std::uint8_t, 16> octets{};
        std::memcpy(
            octets.data(),
            reinterpret_cast<const unsigned char*>(&address) + offsetof(sockaddr_in6, sin6_addr),
            octets.size());
        return v6(octets);
    }
    return std::nullopt;
}

}  // namespace spf
