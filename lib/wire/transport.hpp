// One query to one server and its reply, over UDP or TCP, with a deadline.
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
    replied,      ///< is_reply() accepted `reply`
    silent,       ///< no reply came in time
    broken,       ///< TCP: the connection ended early, or the message is not a reply
    unreachable,  ///< there is no route to the server, or its port is closed
};

/// Sends the query from its own socket, whose port the kernel picks at random, and waits for a
/// reply from that server. Datagrams that are not the reply are skipped.
[[nodiscard]] SPF_EXPORT Delivery exchange_udp(const dns::NameServer& server, const Bytes& query,
                                               Clock::time_point deadline, Bytes& reply);

/// Does what exchange_udp() does over TCP (RFC 7766), with one connection per query.
[[nodiscard]] SPF_EXPORT Delivery exchange_tcp(const dns::NameServer& server, const Bytes& query,
                                               Clock::time_point deadline, Bytes& reply);

/// Returns a number for a query that cannot be guessed (RFC 5452, 4.3).
[[nodiscard]] SPF_EXPORT std::uint16_t random_id();

}  // namespace spf::ldns_adapter
