// policyd-load PORT [OPTION...]
//
// Asks a policy server on 127.0.0.1 as Postfix asks it, over many connections with one request at a
// time each, every request for a new message. Checks each answer, and prints one line with what it
// counted. If a connection fails, the request is repeated as Postfix repeats it; a request is lost
// if that fails, too. Exits with 1 if an answer was wrong or lost.

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <sys/epoll.h>

#include "mail.hpp"
#include "sockets.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

struct Options {
    std::uint16_t port = 0;
    std::size_t connections = 50;
    std::uint64_t requests = 100'000;
    std::uint64_t first = 0;
    std::uint64_t domains = 0;
    std::uint64_t warm_up = 0;
    std::uint64_t kill_every = 0;
    unsigned tries = 2;
    unsigned retry_milliseconds = 1000;
    std::string client = load::client;
    bool dunno = false;
};

Options options_or_exit(int argc, char** argv) {
    Options options;
    CLI::App app{"Asks a policy server, and checks its answers"};
    app.add_option("port", options.port, "port of the policy server on 127.0.0.1")->required();
    app.add_option("--connections", options.connections)->check(CLI::Range(1, 20'000));
    app.add_option("--requests", options.requests, "requests in all");
    app.add_option("--first", options.first, "number of the first domain");
    app.add_option("--domains", options.domains,
                   "number of different domains; 0 for one of its own for each request");
    app.add_option("--warm-up", options.warm_up,
                   "measure only when each connection has had N answers");
    app.add_option("--client", options.client, "address of the client of all messages");
    app.add_flag("--dunno", options.dunno, "expect DUNNO as each answer");
    app.add_option("--kill-every", options.kill_every,
                   "close the connection instead of waiting once in N requests");
    app.add_option("--tries", options.tries, "as smtpd_policy_service_try_limit");
    app.add_option("--retry-ms", options.retry_milliseconds, "as smtpd_policy_service_retry_delay");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::exit(app.exit(error));
    }
    return options;
}

/// A connection of Postfix' smtpd with the policy server, and its present request.
struct Connection {
    int fd = -1;
    std::uint64_t domain = 0;
    std::string request{};
    std::string received{};
    Clock::time_point begun{};  // of the first try
    unsigned tries = 0;         // 0: there is no request
    std::uint64_t answers = 0;
};

/// The request of a new message, with all attributes that Postfix 3.7 sends.
std::string request_for(const Options& options, std::uint64_t instance, std::uint64_t domain) {
    const std::string name = load::domain(domain);
    // No other run has the same instances.
    static const std::string run = std::to_string(Clock::now().time_since_epoch().count());
    return "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\n"
           "client_address=" +
           options.client +
           "\nclient_name=unknown\nclient_port=52144\nreverse_client_name=unknown\n"
           "server_address=127.0.0.1\nserver_port=25\nhelo_name=mx." +
           name + "\nsender=alice@" + name +
           "\nrecipient=user@receiver.test\nrecipient_count=0\nqueue_id=\ninstance=" + run + '.' +
           std::to_string(instance) +
           ".0\nsize=435\netrn_domain=\nstress=\nsasl_method=\nsasl_username=\nsasl_sender=\n"
           "ccert_subject=\nccert_issuer=\nccert_fingerprint=\nccert_pubkey_fingerprint=\n"
           "encryption_protocol=\nencryption_cipher=\nencryption_keysize=0\npolicy_context=\n\n";
}

bool begins_with(std::string_view text, std::string_view begin) {
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == b; };
    return text.size() >= begin.size() &&
           std::equal(begin.begin(), begin.end(), text.begin(), [&same](char b, char a) {
               return same(static_cast<unsigned char>(a), static_cast<unsigned char>(b));
           });
}

/// Whether this is the answer to a request about that domain, and not to another.
bool is_right(const Options& options, std::string_view answer, std::uint64_t domain) {
    if (options.dunno) return begins_with(answer, "action=dunno\n");
    const std::string_view begin =
        load::is_forged(domain) ? "action=550 5.7.23 " : "action=prepend received-spf: pass ";
    const std::string name = load::domain(domain);
    const std::size_t at = answer.find(name);
    return begins_with(answer, begin) && at != answer.npos && at > 0 &&
           std::isalnum(static_cast<unsigned char>(answer[at - 1])) == 0 &&
           answer.find('\n') == answer.size() - 2;
}

class Load {
public:
    explicit Load(Options options)
        : options_(std::move(options)), connections_(options_.connections) {
        microseconds_.reserve(options_.requests);
    }

    /// Returns whether all answers were right.
    bool run() {
        measured_since_ = Clock::now();
        for (Connection& connection : connections_) next(connection);
        while (open_ > 0) {
            wait();
            for (; !pausing_.empty() && pausing_.front().due <= Clock::now();
                 pausing_.pop_front()) {
                ask(*pausing_.front().connection);
            }
        }
        report(std::chrono::duration<double>(Clock::now() - measured_since_).count());
        return wrong_ == 0 && lost_ == 0;
    }

private:
    struct Pause {
        Clock::time_point due;
        Connection* connection;
    };

    void wait() {
        std::array<epoll_event, 256> events{};
        int timeout = 1000;
        if (!pausing_.empty()) {
            const auto left = pausing_.front().due - Clock::now();
            timeout = static_cast<int>(std::max<std::int64_t>(
                0, std::chrono::ceil<std::chrono::milliseconds>(left).count()));
        }
        const int count = epoll_wait(epoll_, events.data(), events.size(), timeout);
        for (int i = 0; i < count; ++i) {
            receive(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
        }
        constexpr auto patience = 100s;  // of Postfix
        if (count > 0) {
            last_event_ = Clock::now();
        } else if (pausing_.empty() && Clock::now() - last_event_ > patience) {
            lost_ += open_;
            open_ = 0;
        }
    }

    /// Begins the next request, if there is one more.
    void next(Connection& connection) {
        if (connection.tries > 0) --open_;
        connection.tries = 0;
        while (begun_ < options_.requests) {
            const std::uint64_t number = options_.first + begun_++;
            connection.domain = options_.domains == 0 ? number : number % options_.domains;
            connection.request = request_for(options_, number, connection.domain);
            connection.begun = Clock::now();
            if (options_.kill_every != 0 && begun_ % options_.kill_every == 0) {
                kill(connection);
                continue;
            }
            ++open_;
            ask(connection);
            return;
        }
        disconnect(connection);
    }

    /// Ends a connection within a request, or after it.
    void kill(Connection& connection) {
        ++killed_;
        const std::size_t size = killed_ % 2 == 0 ? connection.request.size() : 100;
        if (connect(connection)) {
            ::send(connection.fd, connection.request.data(), size, MSG_NOSIGNAL);
        }
        disconnect(connection);
    }

    void ask(Connection& connection) {
        ++connection.tries;
        connection.received.clear();
        const std::string& request = connection.request;
        if (!connect(connection) || ::send(connection.fd, request.data(), request.size(),
                                           MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
            try_again(connection);
        }
    }

    bool connect(Connection& connection) {
        if (connection.fd >= 0) return true;
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = load::loopback(options_.port);
        if (::connect(fd, load::generic(address), sizeof address) != 0 ||
            fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
            close(fd);
            return false;
        }
        connection.fd = fd;
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &connection;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
        return true;
    }

    static void disconnect(Connection& connection) {
        if (connection.fd >= 0) close(connection.fd);
        connection.fd = -1;
    }

    void try_again(Connection& connection) {
        disconnect(connection);
        if (connection.tries < options_.tries) {
            ++repeated_;
            const std::chrono::milliseconds pause{options_.retry_milliseconds};
            pausing_.push_back({Clock::now() + pause, &connection});
            return;
        }
        ++lost_;
        next(connection);
    }

    void receive(Connection& connection) {
        std::array<char, 8192> buffer{};
        const ssize_t got = recv(connection.fd, buffer.data(), buffer.size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) {
            connection.tries > 0 ? try_again(connection) : disconnect(connection);
            return;
        }
        connection.received.append(buffer.data(), static_cast<std::size_t>(got));
        if (!connection.received.ends_with("\n\n")) return;
        const auto taken = Clock::now() - connection.begun;
        microseconds_.push_back(static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(taken).count()));
        if (!is_right(options_, connection.received, connection.domain) && ++wrong_ <= 3) {
            std::fprintf(stderr, "wrong answer about %s: %s",
                         load::domain(connection.domain).c_str(), connection.received.c_str());
        }
        if (++connection.answers == options_.warm_up && ++warm_ == connections_.size()) {
            microseconds_.clear();
            measured_since_ = Clock::now();
        }
        next(connection);
    }

    void report(double seconds) {
        std::sort(microseconds_.begin(), microseconds_.end());
        const auto percentile = [this](std::size_t percent) -> double {
            if (microseconds_.empty()) return 0;
            const std::size_t last = microseconds_.size() - 1;
            return microseconds_[last * percent / 100] / 1000.0;
        };
        std::printf(
            "answers=%zu seconds=%.3f per_second=%.0f p50_ms=%.2f p90_ms=%.2f p99_ms=%.2f "
            "max_ms=%.2f wrong=%zu lost=%zu repeated=%zu killed=%zu\n",
            microseconds_.size(), seconds, static_cast<double>(microseconds_.size()) / seconds,
            percentile(50), percentile(90), percentile(99), percentile(100), wrong_, lost_,
            repeated_, killed_);
    }

    Options options_;
    int epoll_ = epoll_create1(EPOLL_CLOEXEC);
    std::vector<Connection> connections_;
    std::deque<Pause> pausing_;  // the first is due first
    std::uint64_t begun_ = 0;
    std::size_t warm_ = 0;  // connections
    std::size_t open_ = 0;  // requests without an answer
    std::size_t wrong_ = 0;
    std::size_t lost_ = 0;
    std::size_t repeated_ = 0;
    std::size_t killed_ = 0;
    Clock::time_point measured_since_{};
    Clock::time_point last_event_ = Clock::now();
    std::vector<std::uint32_t> microseconds_;  // of each answer
};

}  // namespace

int main(int argc, char** argv) { return Load{options_or_exit(argc, argv)}.run() ? 0 : 1; }
