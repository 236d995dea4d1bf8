// Sends one query over UDP or TCP to one server, and waits for the reply until a deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "spf/base/export.hpp"
#include "spf/dns/name_server.hpp"
#include "wire/message.hpp"

namespace spf::ldns_adapter {

using Clock = std::chrono::steady_clock;

/// How the exchange of a query and a reply ended.
enum class Delivery : std::uint8_t {
    replied,  ///< a reply came that is_reply() accepts
    silent,   ///< no reply came before the deadline
    /// Only over TCP: the connection was closed early, or the message is not the reply to the
    /// query.
    broken,
    unreachable,  ///< there is no route to the server, or its port is closed
};

/// Sends a query over UDP and waits for the reply. A new socket is used for each query, and the
/// kernel chooses its port at random. Datagrams that are not the reply are ignored.
[[nodiscard]] SPF_EXPORT Delivery exchange_udp(const dns::NameServer& server, const Bytes& query,
                                               Clock::time_point deadline, Bytes& reply);

/// Sends a query over TCP and waits for the reply (RFC 7766). A new connection is used for each
/// query.
[[nodiscard]] SPF_EXPORT Delivery exchange_tcp(const dns::NameServer& server, const Bytes& query,
                                               Clock::time_point deadline, Bytes& reply);

/// Returns a random id for a query, which an attacker cannot guess (RFC 5452, 4.3).
[[nodiscard]] SPF_EXPORT std::uint16_t random_id();

}  // namespace spf::ldns_adapter
