/// \file stream_server.hpp  A misbehaving server over TCP.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <thread>

#include "integration/sockets.hpp"

namespace spf::test {

/// Serves any number of connections, the queries of a connection one after the other (RFC 7766, 7),
/// with the results of a function. The function runs in the server's thread. Over UDP there is no
/// answer.
class StreamServer {
public:
    /// The reaction to a query.
    struct Step {
        Message reply{};  ///< sent first, unless it is empty
        enum class Then : std::uint8_t {
            go_on,
            close,  ///< close the connection
            stall,  ///< never read this connection again
        };
        Then then = Then::go_on;
    };
    using Script = std::function<Step(const Message& query)>;

    explicit StreamServer(Script script);
    ~StreamServer();
    StreamServer(const StreamServer&) = delete;
    StreamServer& operator=(const StreamServer&) = delete;

    [[nodiscard]] dns::NameServer server() const;
    [[nodiscard]] std::size_t connections() const noexcept { return connections_; }
    [[nodiscard]] std::size_t queries() const noexcept { return queries_; }

private:
    struct Connection {
        Message in;
        bool stalled = false;
    };

    void run();
    bool serve(int fd, Connection& connection);

    Script script_;
    int listener_ = -1;
    Wake wake_;
    std::uint16_t port_ = 0;
    std::map<int, Connection> open_;
    std::atomic<std::size_t> connections_{0};
    std::atomic<std::size_t> queries_{0};
    std::thread thread_;
};

}  // namespace spf::test
