// A server's address in the form that the kernel requires.
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

/// Returns AF_INET or AF_INET6.
[[nodiscard]] SPF_EXPORT int family_of(const dns::NameServer& server) noexcept;

/// Returns whether a call on a non-blocking socket can be repeated. `error` is the `errno` of the
/// call, which failed because it would have had to wait or was interrupted.
[[nodiscard]] SPF_EXPORT bool try_again(int error) noexcept;

}  // namespace spf::ldns_adapter
