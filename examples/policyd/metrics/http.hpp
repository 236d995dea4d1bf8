// Answers Prometheus over HTTP (GET /metrics), with the library libmicrohttpd.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

struct MHD_Daemon;

namespace policyd {

/// An HTTP server without a thread of its own: whoever owns it waits for its file descriptor.
class MetricsServer {
public:
    using Text = std::function<std::string()>;
    /// Takes over a socket that listens. `text` makes the body of an answer. Throws
    /// std::runtime_error if the library fails.
    MetricsServer(int listening_socket, Text text);
    MetricsServer(MetricsServer&&) = delete;
    MetricsServer& operator=(MetricsServer&&) = delete;
    ~MetricsServer();

    /// Returns the descriptor that is readable if run() has something to do.
    [[nodiscard]] int fd() const;
    /// Returns the time after which run() has something to do, too.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeout() const;
    void run();

private:
    Text text_;
    MHD_Daemon* daemon_;
};

}  // namespace policyd
