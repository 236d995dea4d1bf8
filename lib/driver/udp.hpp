// Queries over UDP, many through each socket, and each socket for some time only.
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
/// Who wants to forge a reply has to guess the local port as well as the number of the query (RFC 5452,
/// 4.5 and 9.2), so a port, which the kernel picks at random, carries a few dozen queries; it is closed
/// when all of them have ended, and no query goes through the same one twice. A port of its own for each
/// query, as the blocking resolver has, would double the system calls for no more to guess.
class Udp {
public:
    /// The servers have to outlive it.
    Udp(const std::vector<dns::NameServer>& servers, Pending& pending, Watches& watches);
    ~Udp();
    Udp(const Udp&) = delete;
    Udp& operator=(const Udp&) = delete;

    /// Sends the query with the next flush(). May end before this returns.
    void ask(Exchange& exchange);
    /// Reads some dozens of replies, at most.
    /// \return whether the socket is one of these
    bool process(int fd);
    /// Waits for the reply no longer. The exchange is to be ended by whoever calls.
    void give_up(const Exchange& exchange) noexcept;
    /// Sends what is left to be sent. Servers may turn out to be out of reach.
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
    std::vector<Port*> current_;  // by server; null: none
    std::uint64_t last_number_ = 0;
    std::unique_ptr<Batch> batch_;
    std::unique_ptr<Outbox> outbox_;
};

}  // namespace spf::cares_adapter
