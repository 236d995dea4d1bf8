// The address of a name server in the form that the socket functions of the operating system
// require.
#pragma once

#include <cstdint>

#include <sys/socket.h>

#include "spf/base/export.hpp"
#include "spf/dns/name_server.hpp"

namespace spf::ldns_adapter {

struct Endpoint {
    sockaddr_storage storage{};
    socklen_t size = 0;

    [[nodiscard]] const sockaddr* get() const noexcept {
        return reinterpret_cast<const sockaddr*>(&storage);
    }
};

[[nodiscard]] SPF_EXPORT Endpoint endpoint_of(const dns::NameServer& server) noexcept;

/// Returns the address family of a name server: AF_INET or AF_INET6.
[[nodiscard]] SPF_EXPORT int family_of(const dns::NameServer& server) noexcept;

/// Returns whether a call on a non-blocking socket failed only because it was interrupted or would
/// have had to wait, so that it can be repeated. `error` is the value of `errno` after the call.
[[nodiscard]] SPF_EXPORT bool try_again(int error) noexcept;

}  // namespace spf::ldns_adapter
