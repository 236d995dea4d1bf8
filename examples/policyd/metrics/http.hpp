// Answers Prometheus over HTTP (GET /metrics), with the library libmicrohttpd.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

struct MHD_Daemon;

namespace policyd {

/// An HTTP server without a thread and without a listening socket of its own: its owner accepts the
/// connections, and waits for its file descriptor.
class MetricsServer {
public:
    using Text = std::function<std::string()>;
    /// `text` makes the body of an answer. Throws std::runtime_error if the library fails.
    explicit MetricsServer(Text text);
    MetricsServer(MetricsServer&&) = delete;
    MetricsServer& operator=(MetricsServer&&) = delete;
    ~MetricsServer();

    /// Takes over a connection. Closes it at once if there are too many.
    void add(int connection);
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
