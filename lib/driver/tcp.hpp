// Queries over TCP (RFC 7766).
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
/// Each query has a connection of its own while there are not too many connections. A server may
/// process the queries of one connection one after the other (RFC 7766, 7), so a slow query would
/// delay the others on the same connection. An idle connection is used for the next query or closed
/// at once, because few connections are needed and servers accept only a limited number.
///
/// A server may close a connection at any time. Queries without a reply are then sent again (RFC
/// 7766, 6.2.4) through another connection, and their time to wait stays the same.
class Tcp {
public:
    /// The servers have to outlive this object.
    Tcp(const std::vector<dns::NameServer>& servers, Pending& pending, Watches& watches);
    ~Tcp();
    Tcp(const Tcp&) = delete;
    Tcp& operator=(const Tcp&) = delete;

    /// Sends the query of an exchange. The exchange may end before ask() returns.
    void ask(Exchange& exchange);
    /// \return whether the socket belongs to this object
    bool process(int fd, bool readable, bool writable);
    /// Stops waiting for the reply. The caller has to end the exchange.
    void give_up(const Exchange& exchange) noexcept;
    /// Closes the connections through which no query waits for a reply.
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
