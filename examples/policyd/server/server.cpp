#include "server/server.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "protocol/request.hpp"
#include "spf/report/log_line.hpp"

namespace policyd {
namespace {

constexpr std::chrono::seconds idle_check_interval{10};
/// A client that has begun a request, or does not read its answer, has as much time as Postfix
/// itself gives the daemon (smtpd_policy_service_timeout).
constexpr std::chrono::seconds slow_timeout{100};
constexpr std::chrono::seconds stop_timeout{45};

/// The files for everything except connections: the sockets of the driver (128 for UDP and 128 for
/// TCP, more if there are several name servers), those that listen and those of Prometheus.
constexpr std::size_t files_besides_connections = 320;
constexpr std::size_t min_connections = 16;
constexpr std::chrono::seconds complaint_interval{60};
constexpr std::size_t max_complaints = 100;

/// Raises the number of files that the process may open, if it may. Returns the number.
std::size_t raise_file_limit(std::size_t files) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= files) return files;
    limit.rlim_cur = std::min<rlim_t>(files, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

bool is_out_of_resources(int error) noexcept {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}
std::string out_of_resources(int error) {
    return "a connection cannot be accepted: " + std::generic_category().message(error);
}

/// Postfix asks about a message for at most 1000 s over one connection, and may then go on over
/// another one.
constexpr std::chrono::seconds message_lifetime{1100};

}  // namespace

Server::Server(Config config, Log& log, std::vector<Listener> listeners, Reload reload)
    : log_(&log),
      reload_(std::move(reload)),
      listeners_(std::move(listeners)),
      service_(std::move(config), log) {
    watch_signals();
    limit_connections();
    if (service_.driver().servers().empty())
        log_->line(
            LogLevel::error,
            "there is no name server, so nothing can be checked: name one in \"nameservers\", "
            "or in /etc/resolv.conf, and start again");
    service_.driver().on_watch_change([this](const spf::SocketWatch& wanted) {
        const Events events = (wanted.read ? EPOLLIN : 0U) | (wanted.write ? EPOLLOUT : 0U);
        if (events == 0) return loop_.forget(wanted.fd);
        if (loop_.is_watched(wanted.fd)) return loop_.change(wanted.fd, events);
        loop_.watch(wanted.fd, events, [this, fd = wanted.fd](Events happened) {
            const bool failed = (happened & (EPOLLERR | EPOLLHUP)) != 0;
            service_.driver().process(fd, failed || (happened & EPOLLIN) != 0,
                                      failed || (happened & EPOLLOUT) != 0);
        });
    });
    listen(true);
}

Server::~Server() {
    for (auto& [fd, connection] : connections_) service_.end(connection->conversation());
    close_listeners();
}

void Server::close_listeners() {
    listen(false);
    for (const Listener& listener : listeners_) {
        if (!listener.path.empty()) ::unlink(listener.path.c_str());
    }
    listeners_.clear();
}

/// Leaves files for questions to name servers. Without them, every check would be a temperror.
void Server::limit_connections() {
    const std::size_t wanted = service_.config().start.max_connections;
    const std::size_t files = raise_file_limit(wanted + files_besides_connections);
    max_connections_ = wanted;
    if (files >= wanted + files_besides_connections) return;
    max_connections_ = files > files_besides_connections + min_connections
                           ? files - files_besides_connections
                           : min_connections;
    complain("only " + std::to_string(files) + " files may be open, so at most " +
             std::to_string(max_connections_) + " connections are accepted; for " +
             std::to_string(wanted) + " set LimitNOFILE= (ulimit -n) to " +
             std::to_string(wanted + files_besides_connections));
}

void Server::serve_metrics(Listener listener) {
    metrics_listener_ = std::move(listener);
    metrics_ =
        std::make_unique<MetricsServer>([this] { return service_.metrics(connections_.size()); });
    loop_.watch(metrics_->fd(), EPOLLIN, [this](Events) { metrics_->run(); });
    loop_.watch(metrics_listener_->socket.get(), EPOLLIN, [this](Events) {
        FileDescriptor connection = accept_from(*metrics_listener_);
        if (connection.get() >= 0) return metrics_->add(connection.release());
        if (!is_out_of_resources(errno)) return;
        // Postfix is more important: Prometheus waits until the daemon is started again.
        log_->line(LogLevel::error, "no metrics any more: " + out_of_resources(errno));
        loop_.forget(metrics_listener_->socket.get());
    });
}

// Signals

sigset_t Server::block_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGHUP, SIGTERM, SIGINT}) sigaddset(&set, signal);
    if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0)
        throw std::system_error(errno, std::generic_category(), "sigprocmask");
    return set;
}

void Server::watch_signals() {
    const sigset_t set = block_signals();
    signals_ = FileDescriptor{::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)};
    if (signals_.get() < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
    loop_.watch(signals_.get(), EPOLLIN, [this](Events) { on_signal(); });
}

void Server::on_signal() {
    signalfd_siginfo info{};
    while (::read(signals_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (info.ssi_signo == SIGHUP) {
            reconfigure();
        } else {
            stop();
        }
    }
}

void Server::reconfigure() {
    notify_systemd("RELOADING=1");
    auto config = reload_();
    if (!config) {
        log_->line(LogLevel::error, "the configuration is unchanged, because it cannot be read:");
        for (std::string_view rest = config.error(); !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            log_->line(LogLevel::error, rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    } else {
        if (config->start != service_.config().start)
            complain(
                "addresses, name servers, connections, cache and the target of the log change "
                "with the next start");
        config->start = service_.config().start;
        log_->set_level(config->log_level);
        service_.reconfigure(*std::move(config));
        log_->line(LogLevel::info, "reloaded the configuration");
    }
    notify_systemd("READY=1");
}

void Server::stop() {
    if (stop_at_) {
        stop_at_ = Clock::now();
        return;
    }
    log_->line(LogLevel::info, "stopping");
    notify_systemd("STOPPING=1");
    stop_at_ = Clock::now() + stop_timeout;
    // New clients are refused at once, and Postfix tries again a second later.
    close_listeners();
    std::vector<Connection*> idle;
    for (const auto& [fd, connection] : connections_) {
        if (!connection->is_busy() && !connection->has_rest()) idle.push_back(connection.get());
    }
    for (Connection* const connection : idle) close(*connection);
}

// Connections

void Server::listen(bool accepts) {
    if (accepts == accepts_) return;
    accepts_ = accepts;
    for (const Listener& listener : listeners_) {
        if (accepts) {
            loop_.watch(listener.socket.get(), EPOLLIN,
                        [this, &listener](Events) { accept_all(listener); });
        } else {
            loop_.forget(listener.socket.get());
        }
    }
}

void Server::accept_all(const Listener& listener) {
    while (accepts_) {
        FileDescriptor socket = accept_from(listener);
        if (socket.get() < 0) {
            if (!is_out_of_resources(errno)) return;
            complain(out_of_resources(errno) + ", so clients wait");
            return listen(false);  // until a connection is closed, or close_idle() tries again
        }
        ++service_.counters().connections;
        auto connection = std::make_unique<Connection>(std::move(socket));
        Connection& made = *connection;
        made.conversation().reply = [this, &made](const Answer& answer) {
            send(made, answer);
            serve(made);
        };
        made.events = EPOLLIN;
        loop_.watch(made.fd(), EPOLLIN, [this, &made](Events events) { on_events(made, events); });
        connections_.emplace(made.fd(), std::move(connection));
        if (connections_.size() < max_connections_) continue;
        complain("the maximum number of connections is reached: further ones wait");
        listen(false);
    }
}

void Server::on_events(Connection& connection, Events events) {
    if ((events & (EPOLLERR | EPOLLHUP)) != 0 && (events & EPOLLIN) == 0) return close(connection);
    // What a client sends before it has its answer is left to wait in the kernel.
    if (connection.is_busy()) return wait_for(connection, 0);
    if ((events & EPOLLOUT) != 0 && connection.send_rest() == Connection::State::broken)
        return close(connection);
    if ((events & EPOLLIN) != 0) {
        const Connection::State state = connection.receive();
        if (state == Connection::State::broken) return close(connection);
        connection.is_at_end = state == Connection::State::at_end;
    }
    serve(connection);
}

/// Answers the requests that have been read, until one of them is not answered at once.
void Server::serve(Connection& connection) {
    while (connection.fd() >= 0 && !connection.is_busy() && !connection.has_rest()) {
        const auto text = connection.next_request();
        if (!text) {
            if (connection.is_at_end || stop_at_) return close(connection);
            if (!connection.is_too_long()) return wait_for(connection, EPOLLIN);
            complain("closed a connection, because a request is too long",
                     peer_of(connection.fd()));
            return close(connection);
        }
        const auto request = parse_request(*text);
        if (!request) {
            // The protocol has no answer for this: Postfix tries again and then uses its default.
            ++service_.counters().broken_requests;
            complain("closed a connection, because " + std::string(to_string(request.error())),
                     peer_of(connection.fd()));
            return close(connection);
        }
        const auto answer = service_.ask(connection.conversation(), *request);
        if (answer) send(connection, *answer);
    }
}

/// Keeps an answer until send_answers(). If each answer were sent at once, the kernel would let its
/// client run before the next request is answered, and each switch takes time.
void Server::send(Connection& connection, const Answer& answer) {
    connection.answer(answer);
    answered_.push_back(&connection);
}

void Server::send_answers() {
    while (!answered_.empty()) {
        for (Connection* const connection : std::exchange(answered_, {})) {
            if (connection->fd() < 0) continue;
            if (connection->send_rest() == Connection::State::broken) {
                close(*connection);
            } else if (connection->has_rest()) {
                wait_for(*connection, EPOLLOUT);
            } else {
                serve(*connection);  // a request may have come with the answered one
            }
        }
    }
}

void Server::wait_for(Connection& connection, Events events) {
    if (connection.events == events) return;
    connection.events = events;
    loop_.change(connection.fd(), events);
}

void Server::close(Connection& connection) {
    const auto found = connections_.find(connection.fd());
    if (found == connections_.end()) return;
    loop_.forget(connection.fd());
    service_.end(connection.conversation());
    closed_.push_back(std::move(found->second));
    connections_.erase(found);
    closed_.back()->disconnect();
    if (!stop_at_ && connections_.size() < max_connections_) listen(true);
}

void Server::complain(const std::string& why, std::string_view peer) {
    const Clock::time_point now = Clock::now();
    if (complaints_.size() > max_complaints) complaints_.clear();
    const auto [known, is_new] = complaints_.try_emplace(why, now);
    if (!is_new && now - known->second < complaint_interval) return;
    known->second = now;
    const std::string about = peer.empty() ? "" : ": " + spf::report::log_pair("peer", peer);
    log_->line(LogLevel::warning, why + about);
}

void Server::close_idle() {
    const Clock::time_point now = Clock::now();
    if (now < next_idle_check_) return;
    next_idle_check_ = now + idle_check_interval;
    std::vector<Connection*> idle;
    for (const auto& [fd, connection] : connections_) {
        if (connection->is_busy()) continue;
        const bool waits_for_client = connection->has_begun() || connection->has_rest();
        const auto longest = waits_for_client ? slow_timeout : service_.config().idle_timeout;
        if (now - connection->since() > longest) idle.push_back(connection.get());
    }
    for (Connection* const connection : idle) close(*connection);
    if (!stop_at_ && connections_.size() < max_connections_) listen(true);
    service_.forget_before(now - message_lifetime);
}

std::optional<std::chrono::milliseconds> Server::next_timeout() const {
    std::optional<std::chrono::milliseconds> next;
    const auto at_most = [&next](std::chrono::milliseconds time) {
        next = next ? std::min(*next, time) : time;
    };
    if (!connections_.empty() || !accepts_) at_most(idle_check_interval);
    if (stop_at_)
        at_most(std::max(std::chrono::ceil<std::chrono::milliseconds>(*stop_at_ - Clock::now()),
                         std::chrono::milliseconds{0}));
    if (const auto time = service_.driver().next_timeout()) at_most(*time);
    if (metrics_) {
        if (const auto time = metrics_->timeout()) at_most(*time);
    }
    return next;
}

void Server::run() {
    notify_systemd("READY=1");
    while (!stop_at_ || (!connections_.empty() && Clock::now() < *stop_at_)) {
        log_->flush();
        loop_.wait(next_timeout());
        service_.driver().process_timeouts();
        send_answers();
        if (metrics_ && metrics_->timeout() == std::chrono::milliseconds{0}) metrics_->run();
        close_idle();
        closed_.clear();
    }
    log_->line(LogLevel::info, "stopped");
    log_->flush();
}

}  // namespace policyd
