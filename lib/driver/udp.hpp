// Queries over UDP. Several queries share a socket, and each socket is used only for a limited
// time.
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
/// An attacker who forges a reply has to guess the local port as well as the number of the query
/// (RFC 5452, 4.5 and 9.2). The kernel therefore picks each port at random, and a port is used for
/// only a few queries (`queries_per_port`). The port is closed when all of them have ended, and no
/// query is sent through the same port twice in a row. A port for each query, as in the blocking
/// resolver, would double the system calls without making a guess harder.
class Udp {
public:
    /// The servers have to outlive this object.
    Udp(const std::vector<dns::NameServer>& servers, Pending& pending, Watches& watches);
    ~Udp();
    Udp(const Udp&) = delete;
    Udp& operator=(const Udp&) = delete;

    /// Sends the query with the next flush(). The exchange may end before ask() returns.
    void ask(Exchange& exchange);
    /// Reads at most a few dozen replies.
    /// \return whether the socket belongs to this object
    bool process(int fd);
    /// Stops waiting for the reply. The caller has to end the exchange.
    void give_up(const Exchange& exchange) noexcept;
    /// Sends the collected queries. Servers may turn out to be unreachable, which ends the
    /// exchanges with them.
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
    // For each server, the port for its next queries, or null.
    std::vector<Port*> current_;
    std::uint64_t last_number_ = 0;
    std::unique_ptr<Batch> batch_;
    std::unique_ptr<Outbox> outbox_;
};

}  // namespace spf::cares_adapter
