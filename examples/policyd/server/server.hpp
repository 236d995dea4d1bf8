// The daemon: sockets, signals and time around a PolicyService.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/config.hpp"
#include "log/log.hpp"
#include "metrics/http.hpp"
#include "server/connection.hpp"
#include "server/event_loop.hpp"
#include "server/sockets.hpp"
#include "service/policy_service.hpp"
#include "spf/base/expected.hpp"

namespace policyd {

/// Reads the configuration again. The error is what a person has to correct, in one or more lines.
using Reload = std::function<spf::Expected<Config, std::string>()>;

/// Throws std::system_error or std::runtime_error if the system does not give what a daemon needs.
class Server {
public:
    /// SIGHUP calls `reload`. The log must exist longer than the server.
    Server(Config config, Log& log, std::vector<Listener> listeners, Reload reload);
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;
    ~Server();

    /// Lets the signals that the server handles wait until it runs. To be called before the daemon
    /// listens, because from then on it may be told to reload. Returns the signals.
    static sigset_t block_signals();

    /// Answers Prometheus at a socket.
    void serve_metrics(Listener listener);
    /// Answers requests until SIGTERM or SIGINT has come and the requests in progress are answered.
    /// A second signal ends it at once.
    void run();

private:
    using Events = std::uint32_t;
    using Clock = Connection::Clock;

    void watch_signals();
    void limit_connections();
    void on_signal();
    void reconfigure();
    void stop();

    void listen(bool accepts);
    void accept_all(const Listener& listener);
    void on_events(Connection& connection, Events events);
    void serve(Connection& connection);
    void send(Connection& connection, const Answer& answer);
    /// Sends the answers that send() has kept, and goes on with their connections.
    void send_answers();
    /// Waits for one kind of event, if it does not yet.
    void wait_for(Connection& connection, Events events);
    void close(Connection& connection);
    /// Logs a warning, but the same one at most once a minute, because clients may cause it often.
    /// `peer` is the client that caused it, if one did.
    void complain(const std::string& why, std::string_view peer = {});
    void close_listeners();
    void close_idle();
    [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;

    Log* log_;
    Reload reload_;
    EventLoop loop_;
    FileDescriptor signals_;
    std::vector<Listener> listeners_;
    std::optional<Listener> metrics_listener_;
    std::unique_ptr<MetricsServer> metrics_;
    PolicyService service_;
    std::unordered_map<int, std::unique_ptr<Connection>> connections_;
    std::vector<Connection*> answered_;  // those whose answer is not sent yet
    /// Connections that are closed, but may have a function on the stack.
    std::vector<std::unique_ptr<Connection>> closed_;
    bool accepts_ = false;
    std::size_t max_connections_ = 0;
    std::unordered_map<std::string, Clock::time_point> complaints_;  // and when they were logged
    Clock::time_point next_idle_check_ = Clock::now();
    std::optional<Clock::time_point> stop_at_;  // when to give up after SIGTERM
};

}  // namespace policyd
