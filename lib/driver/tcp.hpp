// Sends queries over TCP and receives their replies (RFC 7766).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "driver/exchange.hpp"
#include "spf/dns/name_server.hpp"

namespace spf::cares_adapter {

/// The TCP connections of a driver.
///
/// Unless there are too many connections, each query has its own. A server may process the queries
/// on one connection one after the other (RFC 7766, 7), so a slow query would delay all others on
/// its connection. A connection without a query is used for the next query or closed at once. This
/// keeps the number of connections small, because servers accept only a limited number.
///
/// A server may close a connection at any time. The queries that have no reply yet are then sent
/// again through another connection (RFC 7766, 6.2.4). The time at which the wait for their replies
/// ends does not change.
class Tcp {
public:
    /// Makes an object without connections. `servers` must outlive it.
    Tcp(const std::vector<dns::NameServer>& servers, Pending& pending, Watches& watches);
    ~Tcp();
    Tcp(const Tcp&) = delete;
    Tcp& operator=(const Tcp&) = delete;

    /// Sends the query of an exchange. The exchange may already have ended when ask() returns.
    void ask(Exchange& exchange);
    /// \return whether `fd` is the socket of one of the connections in this object
    bool process(int fd, bool readable, bool writable);
    /// Stops the wait for the reply of an exchange. The caller must end the exchange.
    void give_up(const Exchange& exchange) noexcept;
    /// Closes the connections on which no query waits for a reply.
    void close_idle() noexcept;

private:
    struct Connection;

    void send(Exchange& exchange);
    [[nodiscard]] Connection* connection_for(std::size_t server);
    [[nodiscard]] bool may_open(std::size_t server) const noexcept;
    [[nodiscard]] Connection* open(std::size_t server);
    [[nodiscard]] static bool write(Connection& connection) noexcept;
    [[nodiscard]] bool read(Connection& connection);
    [[nodiscard]] bool take_replies(Connection& connection) noexcept;
    void fail(Connection& connection, Delivery delivery);
    void ask_again(Connection& connection);
    void close(const Connection& connection) noexcept;

    const std::vector<dns::NameServer>& servers_;
    Pending& pending_;
    Watches& watches_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::uint64_t last_number_ = 0;
};

}  // namespace spf::cares_adapter
