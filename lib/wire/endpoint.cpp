#include "wire/endpoint.hpp"

#include <cerrno>
#include <cstring>

#include <net/if.h>
#include <netinet/in.h>

namespace spf::ldns_adapter {

Endpoint endpoint_of(const dns::NameServer& server) noexcept {
    Endpoint endpoint;
    if (server.address.is_v4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(server.port);
        v4.sin_addr.s_addr = htonl(server.address.v4_bits());
        std::memcpy(&endpoint.storage, &v4, sizeof v4);
        endpoint.size = sizeof v4;
        return endpoint;
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(server.port);
    for (unsigned i = 0; i < 8; ++i) {
        const unsigned shift = 56U - 8U * i;
        v6.sin6_addr.s6_addr[i] = static_cast<std::uint8_t>(server.address.high() >> shift);
        v6.sin6_addr.s6_addr[i + 8] = static_cast<std::uint8_t>(server.address.low() >> shift);
    }
    if (!server.interface.empty()) v6.sin6_scope_id = ::if_nametoindex(server.interface.c_str());
    std::memcpy(&endpoint.storage, &v6, sizeof v6);
    endpoint.size = sizeof v6;
    return endpoint;
}

int family_of(const dns::NameServer& server) noexcept {
    return server.address.is_v4() ? AF_INET : AF_INET6;
}

bool try_again(int error) noexcept {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace spf::ldns_adapter
