#include "integration/hostile_server.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace spf::test {

Message framed(const Message& message) {
    Message out{static_cast<std::uint8_t>(message.size() >> 8U),
                static_cast<std::uint8_t>(message.size() & 0xffU)};
    out.insert(out.end(), message.begin(), message.end());
    return out;
}

HostileServer::HostileServer(HostileScript script) : script_(std::move(script)) {
    std::tie(udp_, tcp_) = bound_pair();
    port_ = port_of(udp_);
    if (::listen(tcp_, 64) != 0) throw std::runtime_error("no hostile server");
    thread_ = std::thread{[this] { run(); }};
}

HostileServer::~HostileServer() {
    wake_.stop();
    thread_.join();
    for (const Connection& connection : connections_) ::close(connection.fd);
    for (const int fd : {udp_, tcp_}) ::close(fd);
}

dns::NameServer HostileServer::server() const { return server_at(port_); }

void HostileServer::run() {
    std::vector<pollfd> waiting;
    while (true) {
        waiting.assign({{wake_.fd(), POLLIN, 0}, {udp_, POLLIN, 0}, {tcp_, POLLIN, 0}});
        for (const Connection& connection : connections_) {
            const bool is_stuck =
                !connection.out.empty() && connection.out.front().due <= Clock::now();
            waiting.push_back(
                {connection.fd, static_cast<short>(is_stuck ? POLLIN | POLLOUT : POLLIN), 0});
        }
        if (::poll(waiting.data(), waiting.size(), time_to_wait()) < 0) continue;
        if (waiting[0].revents != 0) return;
        std::size_t index = 3;
        for (Connection& connection : connections_) {
            if ((waiting[index++].revents & ~POLLOUT) != 0) read_from(connection);
        }
        if (waiting[1].revents != 0) read_datagram();
        if (waiting[2].revents != 0) accept_connection();
        send_due(Clock::now());
        connections_.remove_if([](const Connection& connection) {
            if (connection.over) ::close(connection.fd);
            return connection.over;
        });
    }
}

/// Milliseconds until the next message is due, for poll().
int HostileServer::time_to_wait() const {
    const auto now = Clock::now();
    auto next = Clock::time_point::max();
    for (const Scheduled& scheduled : scheduled_) next = std::min(next, scheduled.due);
    for (const Connection& connection : connections_) {
        // A message that is due but could not be sent waits for POLLOUT.
        if (connection.out.empty() || connection.out.front().due <= now) continue;
        next = std::min(next, connection.out.front().due);
    }
    if (next == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - now).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
}

void HostileServer::read_datagram() {
    std::array<std::uint8_t, 4096> buffer{};
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const ssize_t got = ::recvfrom(udp_, buffer.data(), buffer.size(), MSG_DONTWAIT,
                                   reinterpret_cast<sockaddr*>(&from), &size);
    if (got < 0) return;
    const std::size_t number = udp_queries_++;
    if (!script_.udp) return;
    const auto now = Clock::now();
    for (Datagram& datagram : script_.udp({buffer.begin(), buffer.begin() + got}, number)) {
        const auto due = now + datagram.delay;
        scheduled_.push_back({due, std::move(datagram), from});
    }
}

void HostileServer::send(const Scheduled& scheduled) const {
    constexpr std::uint32_t elsewhere = 0x7f000002;  // 127.0.0.2
    int fd = udp_;
    if (scheduled.datagram.from == Datagram::From::other_port) fd = bound_socket(SOCK_DGRAM, 0);
    if (scheduled.datagram.from == Datagram::From::other_address) {
        fd = bound_socket(SOCK_DGRAM, port_, elsewhere);
    }
    const Message& message = scheduled.datagram.message;
    ::sendto(fd, message.data(), message.size(), 0,
             reinterpret_cast<const sockaddr*>(&scheduled.peer), sizeof scheduled.peer);
    if (fd != udp_) ::close(fd);
}

void HostileServer::accept_connection() {
    const int fd = ::accept4(tcp_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) connections_.push_back({fd, {}, {}, false});
}

void HostileServer::read_from(Connection& connection) {
    std::array<std::uint8_t, 4096> buffer{};
    const ssize_t got = ::recv(connection.fd, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        connection.over = true;  // never EAGAIN: poll() has reported data
        return;
    }
    Message& in = connection.in;
    in.insert(in.end(), buffer.begin(), buffer.begin() + got);
    while (in.size() >= 2) {
        const std::size_t end = 2 + in[0] * std::size_t{256} + in[1];
        if (in.size() < end) return;
        const auto end_of_query = in.begin() + static_cast<std::ptrdiff_t>(end);
        const Message query(in.begin() + 2, end_of_query);
        in.erase(in.begin(), end_of_query);
        const std::size_t number = tcp_queries_++;
        if (!script_.tcp) continue;
        Stream stream = script_.tcp(query, number);
        const auto due = Clock::now() + stream.delay;
        connection.out.push_back({due, std::move(stream), 0});
    }
}

void HostileServer::send_due(Clock::time_point now) {
    for (auto it = scheduled_.begin(); it != scheduled_.end();) {
        if (it->due > now) {
            ++it;
            continue;
        }
        send(*it);
        it = scheduled_.erase(it);
    }
    for (Connection& connection : connections_) send_due(connection, now);
}

void HostileServer::send_due(Connection& connection, Clock::time_point now) {
    while (!connection.over && !connection.out.empty() && connection.out.front().due <= now) {
        Outgoing& next = connection.out.front();
        const Message& octets = next.stream.octets;
        const bool in_drops = next.stream.pace.count() > 0;
        if (next.sent < octets.size()) {
            const std::size_t most = in_drops ? 1 : octets.size() - next.sent;
            const ssize_t sent =
                ::send(connection.fd, octets.data() + next.sent, most, MSG_NOSIGNAL);
            if (sent < 0) {
                connection.over = errno != EAGAIN;
                return;
            }
            next.sent += static_cast<std::size_t>(sent);
        }
        if (next.sent < octets.size()) {
            if (in_drops) next.due = now + next.stream.pace;
            continue;
        }
        if (next.stream.end == Stream::End::reset) {
            const linger at_once{1, 0};
            ::setsockopt(connection.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        }
        connection.over = next.stream.end != Stream::End::keep;
        connection.out.pop_front();
    }
}

}  // namespace spf::test
