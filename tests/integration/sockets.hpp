/// \file sockets.hpp  Small servers for the tests, on the loopback interface.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "spf/resolver/ldns.hpp"

namespace spf::test {

using Message = std::vector<std::uint8_t>;

/// Returns a socket of that type, bound to a port (0: any) of an address in 127.0.0.0/8, or -1 if
/// the port is taken.
[[nodiscard]] int bound_socket(int type, std::uint16_t port, std::uint32_t loopback = 0x7f000001);
/// The port that a socket is bound to.
[[nodiscard]] std::uint16_t port_of(int fd);
/// A UDP and a TCP socket on the same port of 127.0.0.1.
[[nodiscard]] std::pair<int, int> bound_pair();

/// A name server at a port of 127.0.0.1.
[[nodiscard]] dns::NameServer server_at(std::uint16_t port);

/// Wakes a polling thread, so that it ends.
class Wake {
public:
    Wake();
    ~Wake();
    Wake(const Wake&) = delete;
    Wake& operator=(const Wake&) = delete;

    /// The descriptor to poll: it becomes readable after stop().
    [[nodiscard]] int fd() const noexcept { return read_; }
    void stop();

private:
    int read_ = -1;
    int write_ = -1;
};

/// A port of the loopback addresses without a listener, neither UDP nor TCP.
[[nodiscard]] std::uint16_t free_port();

/// Whether ::1 exists.
[[nodiscard]] bool has_ipv6_loopback();

/// A UDP socket that receives everything and answers nothing while it exists.
class SilentServer {
public:
    SilentServer();
    ~SilentServer();
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    [[nodiscard]] dns::NameServer server() const;
    /// The number of datagrams since the previous call.
    [[nodiscard]] std::size_t received() const;

private:
    int fd_;
    std::uint16_t port_;
};

/// A message that a ScriptedServer sends.
struct Sent {
    Message message;
    /// From another port than that of the server, as an attacker would.
    bool from_elsewhere = false;

    Sent(Message text, bool forged = false) : message(std::move(text)), from_elsewhere(forged) {}
};

/// Answers each query with the result of a function: over UDP with any number of datagrams, over
/// TCP, on the same port, with one message. The function runs in the server's thread.
class ScriptedServer {
public:
    using Script = std::function<std::vector<Sent>(const Message& query, bool over_tcp)>;

    explicit ScriptedServer(Script script);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] dns::NameServer server() const;
    [[nodiscard]] std::size_t udp_queries() const noexcept { return udp_queries_; }
    [[nodiscard]] std::size_t tcp_queries() const noexcept { return tcp_queries_; }

private:
    void run();
    void answer_udp();
    void answer_tcp();

    Script script_;
    int udp_ = -1;
    int tcp_ = -1;
    Wake wake_;
    std::uint16_t port_ = 0;
    std::atomic<std::size_t> udp_queries_{0};
    std::atomic<std::size_t> tcp_queries_{0};
    std::thread thread_;
};

}  // namespace spf::test
