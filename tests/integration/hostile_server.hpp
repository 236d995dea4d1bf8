/// \file hostile_server.hpp  A name server that follows a script.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <thread>
#include <vector>

#include <netinet/in.h>

#include "integration/sockets.hpp"

namespace spf::test {

/// A message to be sent over UDP.
struct Datagram {
    /// The address and port from which it is sent.
    enum class From : std::uint8_t {
        server,
        other_port,     ///< another port of the same address, as an attacker would use
        other_address,  ///< another address with the same port
    };
    Message message;
    std::chrono::milliseconds delay{0};  ///< counted from the query
    From from = From::server;
};

/// What is sent on a connection, lengths included: see framed().
struct Stream {
    /// What happens to the connection afterwards.
    enum class End : std::uint8_t {
        keep,   ///< it waits for the next query
        close,  ///< it is closed
        reset,  ///< it is reset (RST)
    };
    Message octets{};
    std::chrono::milliseconds delay{0};  ///< counted from the query
    std::chrono::milliseconds pace{0};   ///< delay between octets; 0: all at once
    End end = End::keep;
};

/// A message preceded by its length (RFC 1035, 4.2.2).
[[nodiscard]] Message framed(const Message& message);

/// What to do with a query. `number` is the number of earlier queries over the same transport. Both
/// functions run in the server's thread; an empty function sends nothing.
struct HostileScript {
    std::function<std::vector<Datagram>(const Message& query, std::size_t number)> udp{};
    std::function<Stream(const Message& query, std::size_t number)> tcp{};
};

/// Follows a script for UDP and TCP on one port of 127.0.0.1. It has one thread, which waits only
/// for sockets and for the time of the next message, so a slow reply does not delay others.
class HostileServer {
public:
    explicit HostileServer(HostileScript script);
    ~HostileServer();
    HostileServer(const HostileServer&) = delete;
    HostileServer& operator=(const HostileServer&) = delete;

    [[nodiscard]] dns::NameServer server() const;
    [[nodiscard]] std::size_t udp_queries() const noexcept { return udp_queries_; }
    [[nodiscard]] std::size_t tcp_queries() const noexcept { return tcp_queries_; }

private:
    using Clock = std::chrono::steady_clock;

    struct Outgoing {
        Clock::time_point due;
        Stream stream;
        std::size_t sent = 0;
    };
    struct Connection {
        int fd = -1;
        Message in;
        std::deque<Outgoing> out;
        bool over = false;
    };
    struct Scheduled {
        Clock::time_point due;
        Datagram datagram;
        sockaddr_in peer;
    };

    void run();
    [[nodiscard]] int time_to_wait() const;
    void read_datagram();
    void send(const Scheduled& scheduled) const;
    void accept_connection();
    void read_from(Connection& connection);
    void send_due(Clock::time_point now);
    static void send_due(Connection& connection, Clock::time_point now);

    HostileScript script_;
    int udp_ = -1;
    int tcp_ = -1;
    Wake wake_;
    std::uint16_t port_ = 0;
    std::list<Connection> connections_;
    std::list<Scheduled> scheduled_;
    std::atomic<std::size_t> udp_queries_{0};
    std::atomic<std::size_t> tcp_queries_{0};
    std::thread thread_;
};

}  // namespace spf::test
