// Sends queries over UDP and receives their replies. Several queries share a socket, which is
// closed after a limited number of queries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "driver/exchange.hpp"
#include "spf/dns/name_server.hpp"

namespace spf::cares_adapter {

/// The UDP sockets of a driver.
///
/// An attacker who forges a reply must guess the local port and the id of the query (RFC 5452, 4.5
/// and 9.2). To make this hard, the kernel chooses each port at random, and only a few queries
/// (`queries_per_port`) are sent through a port. A port is closed when none of its queries waits
/// any more. A query that is sent again uses another port than before. A separate port for each
/// query, as in the blocking resolver, would need twice as many system calls, and would not make
/// guessing harder.
class Udp {
public:
    /// Makes an object without sockets. `servers` must outlive it.
    Udp(const std::vector<dns::NameServer>& servers, Pending& pending, Watches& watches);
    ~Udp();
    Udp(const Udp&) = delete;
    Udp& operator=(const Udp&) = delete;

    /// Adds the query of an exchange to those that the next flush() sends. The exchange may already
    /// have ended when ask() returns.
    void ask(Exchange& exchange);
    /// Reads the replies that have arrived at a socket, but at most a few dozen.
    /// \return whether `fd` is one of the sockets in this object
    bool process(int fd);
    /// Stops the wait for the reply of an exchange. The caller must end the exchange.
    void give_up(const Exchange& exchange) noexcept;
    /// Sends the collected queries. If the server of a socket turns out to be unreachable, all
    /// exchanges through this socket end.
    void flush();

private:
    struct Port;
    struct Batch;
    struct Outbox;

    [[nodiscard]] Port* port_for(const Exchange& exchange);
    [[nodiscard]] bool may_open(std::size_t server) const noexcept;
    [[nodiscard]] Port* open(std::size_t server);
    void send();
    void close(const Port& port) noexcept;
    void close_if_done(const Port& port) noexcept;
    void fail(int fd);

    const std::vector<dns::NameServer>& servers_;
    Pending& pending_;
    Watches& watches_;
    std::vector<std::unique_ptr<Port>> ports_;
    // For each server, the port for its next queries; null if there is none.
    std::vector<Port*> current_;
    std::uint64_t last_number_ = 0;
    std::unique_ptr<Batch> batch_;
    std::unique_ptr<Outbox> outbox_;
};

}  // namespace spf::cares_adapter
