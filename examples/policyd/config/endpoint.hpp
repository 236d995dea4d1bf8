// The addresses at which the daemon listens, as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "spf/base/expected.hpp"
#include "spf/net/ip.hpp"

namespace policyd {

/// A TCP address, or the path of a UNIX socket.
struct Endpoint {
    std::string path{};        ///< the path of the UNIX socket; empty for TCP
    spf::IpAddress address{};  ///< the address for TCP
    std::uint16_t port = 0;    ///< the port for TCP

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Reads "127.0.0.1:10045", "[::1]:10045" or "unix:/run/spf-policyd/socket". The error is one line
/// of English that says what to write.
[[nodiscard]] spf::Expected<Endpoint, std::string> parse_endpoint(std::string_view text);

/// Returns the endpoint as parse_endpoint() reads it.
[[nodiscard]] std::string to_string(const Endpoint& endpoint);

}  // namespace policyd
