// One query to one server and its reply, over UDP or TCP, with a deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "spf/dns/name_server.hpp"
#include "wire/message.hpp"

namespace spf::ldns_adapter {

using Clock = std::chrono::steady_clock;

/// How an exchange ended.
enum class Delivery : std::uint8_t {
    replied,      ///< `reply` is one by is_reply()
    silent,       ///< nothing that counts came in time
    broken,       ///< TCP: the connection ended early, or what came is no reply
    unreachable,  ///< there is no way to the server, or nobody listens there
};

/// Sends the query from a socket of its own, whose port the kernel picks at random, and waits for a
/// reply from that server; passes over datagrams that are none.
[[nodiscard]] Delivery exchange_udp(const dns::NameServer& server, const Bytes& query,
                                    Clock::time_point deadline, Bytes& reply);

/// The same over TCP (RFC 7766), one query per connection.
[[nodiscard]] Delivery exchange_tcp(const dns::NameServer& server, const Bytes& query,
                                    Clock::time_point deadline, Bytes& reply);

/// A number for a query that nobody can guess (RFC 5452, 4.3).
[[nodiscard]] std::uint16_t random_id();

}  // namespace spf::ldns_adapter
