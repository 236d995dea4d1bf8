// Sends one query to one server and waits for its reply, over UDP or TCP, with a deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "spf/base/export.hpp"
#include "spf/dns/name_server.hpp"
#include "wire/message.hpp"

namespace spf::ldns_adapter {

using Clock = std::chrono::steady_clock;

/// How an exchange ended.
enum class Delivery : std::uint8_t {
    replied,  ///< a reply came, and is_reply() accepts it
    silent,   ///< no reply came in time
    /// Only over TCP: the connection ended early, or the message is not a reply to the query.
    broken,
    unreachable,  ///< there is no route to the server, or its port is closed
};

/// Sends the query from a socket of its own, whose port the kernel picks at random, and waits for a
/// reply from that server. Datagrams that are not the reply are skipped.
[[nodiscard]] SPF_EXPORT Delivery exchange_udp(const dns::NameServer& server, const Bytes& query,
                                               Clock::time_point deadline, Bytes& reply);

/// Does over TCP what exchange_udp() does over UDP (RFC 7766), with one connection per query.
[[nodiscard]] SPF_EXPORT Delivery exchange_tcp(const dns::NameServer& server, const Bytes& query,
                                               Clock::time_point deadline, Bytes& reply);

/// Returns a number for a query. Attackers cannot guess it (RFC 5452, 4.3).
[[nodiscard]] SPF_EXPORT std::uint16_t random_id();

}  // namespace spf::ldns_adapter
