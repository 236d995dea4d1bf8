// Sends queries and receives replies through sockets. The functions with which ldns does the same
// accept the first datagram that arrives, whoever sent it. Here, UDP sockets are connected.
// Therefore the kernel drops datagrams from other senders, and reports if the port of the server is
// closed. A datagram from the server that is not the reply is ignored, and exchange_udp() goes on
// waiting until the deadline.

#include "wire/transport.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/endpoint.hpp"
#include "wire/handle.hpp"

namespace spf::ldns_adapter {
namespace {

/// Owns a socket.
class Socket {
public:
    Socket(int family, int type) noexcept
        : fd_(::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (fd_ >= 0) ::close(fd_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    Socket(Socket&&) = delete;
    Socket& operator=(Socket&&) = delete;

    [[nodiscard]] int fd() const noexcept { return fd_; }
    explicit operator bool() const noexcept { return fd_ >= 0; }

private:
    int fd_;
};

/// Waits until data can be read from the socket (POLLIN) or written to it (POLLOUT). Returns false
/// if the deadline passes before that. If the socket has an error, returns true, because the next
/// call on the socket will report the error.
bool wait_for(const Socket& socket, short events, Clock::time_point deadline) noexcept {
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) return false;
        constexpr std::int64_t longest = 60'000;
        pollfd entry{socket.fd(), events, 0};
        const int ready =
            ::poll(&entry, 1, static_cast<int>(std::min<std::int64_t>(left, longest)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

/// Connects a socket to a server. Returns `replied` if the socket is connected before the deadline;
/// otherwise the reason why it is not.
Delivery connect_to(const Socket& socket, const dns::NameServer& server,
                    Clock::time_point deadline) {
    const Endpoint endpoint = endpoint_of(server);
    if (::connect(socket.fd(), endpoint.get(), endpoint.size) == 0) return Delivery::replied;
    if (errno != EINPROGRESS && errno != EINTR) return Delivery::unreachable;
    if (!wait_for(socket, POLLOUT, deadline)) return Delivery::silent;
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket.fd(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
        return Delivery::unreachable;
    }
    if (error == ETIMEDOUT) return Delivery::silent;
    return error == 0 ? Delivery::replied : Delivery::unreachable;
}

Delivery send_all(const Socket& socket, std::span<const std::uint8_t> data,
                  Clock::time_point deadline) {
    while (!data.empty()) {
        const ssize_t sent = ::send(socket.fd(), data.data(), data.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            data = data.subspan(static_cast<std::size_t>(sent));
        } else if (sent < 0 && try_again(errno)) {
            if (!wait_for(socket, POLLOUT, deadline)) return Delivery::silent;
        } else {
            return Delivery::broken;
        }
    }
    return Delivery::replied;
}

Delivery receive_all(const Socket& socket, std::span<std::uint8_t> data,
                     Clock::time_point deadline) {
    while (!data.empty()) {
        const ssize_t received = ::recv(socket.fd(), data.data(), data.size(), 0);
        if (received > 0) {
            data = data.subspan(static_cast<std::size_t>(received));
        } else if (received < 0 && try_again(errno)) {
            if (!wait_for(socket, POLLIN, deadline)) return Delivery::silent;
        } else {
            return Delivery::broken;
        }
    }
    return Delivery::replied;
}

}  // namespace

Delivery exchange_udp(const dns::NameServer& server, const Bytes& query, Clock::time_point deadline,
                      Bytes& reply) {
    const Socket socket{family_of(server), SOCK_DGRAM};
    if (!socket) return Delivery::unreachable;
    if (connect_to(socket, server, deadline) != Delivery::replied) return Delivery::unreachable;
    // A datagram is sent completely or not at all. If it cannot be sent, the result is
    // `unreachable`.
    ssize_t sent = -1;
    do {
        sent = ::send(socket.fd(), query.data(), query.size(), MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) return Delivery::unreachable;

    std::array<std::uint8_t, 4096> buffer{};  // larger than `udp_size`, the maximum size of a reply
    while (wait_for(socket, POLLIN, deadline)) {
        // With MSG_TRUNC, the result is the full size of the datagram, even if the buffer is
        // smaller.
        const ssize_t received = ::recv(socket.fd(), buffer.data(), buffer.size(), MSG_TRUNC);
        if (received < 0) {
            if (try_again(errno))
                // There may be nothing to read although the socket was readable, because the kernel
                // drops a datagram with a wrong checksum.
                continue;
            // The kernel has been told by ICMP that the port is closed.
            return Delivery::unreachable;
        }
        const auto size = static_cast<std::size_t>(received);
        // A datagram that is larger than the buffer, and thus than `udp_size`, cannot be the reply
        // of a server that respects this limit.
        if (size > buffer.size()) continue;
        const auto message = std::span{buffer}.first(size);
        if (!is_reply(message, query)) continue;
        reply.assign(message.begin(), message.end());
        return Delivery::replied;
    }
    return Delivery::silent;
}

Delivery exchange_tcp(const dns::NameServer& server, const Bytes& query, Clock::time_point deadline,
                      Bytes& reply) {
    const Socket socket{family_of(server), SOCK_STREAM};
    if (!socket) return Delivery::unreachable;
    Delivery step = connect_to(socket, server, deadline);
    if (step != Delivery::replied) return step;

    Bytes framed(query.size() + 2);  // the length and the query, sent together (RFC 7766, 8)
    framed[0] = static_cast<std::uint8_t>(query.size() >> 8U);
    framed[1] = static_cast<std::uint8_t>(query.size() & 0xffU);
    std::copy(query.begin(), query.end(), framed.begin() + 2);
    step = send_all(socket, framed, deadline);
    if (step != Delivery::replied) return step;

    std::array<std::uint8_t, 2> length{};
    step = receive_all(socket, length, deadline);
    if (step != Delivery::replied) return step;
    reply.resize(length[0] * std::size_t{256} + length[1]);
    step = receive_all(socket, reply, deadline);
    if (step != Delivery::replied) return step;
    // A message on this connection can only come from the server. If it is not the reply, the
    // server works wrongly, so this is a failure.
    return is_reply(reply, query) ? Delivery::replied : Delivery::broken;
}

std::uint16_t random_id() {
    std::uint16_t id = 0;
    // If the operating system has no random numbers, those of ldns are used.
    if (::getentropy(&id, sizeof id) != 0) id = ldns_get_random();
    return id;
}

}  // namespace spf::ldns_adapter
