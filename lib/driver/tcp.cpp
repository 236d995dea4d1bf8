// Each function does only what it can do without waiting. A function that reads or writes a
// connection returns whether the connection is still usable. Only process() closes an unusable
// connection and asks its queries again.

#include "driver/tcp.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/endpoint.hpp"

namespace spf::cares_adapter {
namespace {

/// The maximum number of connections, so that file descriptors remain for the host program. When it
/// is reached, queries share connections.
constexpr std::size_t most_connections = 128;
/// A query fails when this many of its connections were closed without any reply.
constexpr unsigned most_closed = 3;
// The size in octets of the length field before each message (RFC 1035, 4.2.2).
constexpr std::size_t length_size = 2;

}  // namespace

struct Tcp::Connection {
    int fd = -1;
    std::size_t server = 0;
    std::uint64_t number = 0;
    bool connected = false;
    bool replied = false;  // whether any reply has arrived
    // Whether a query timed out. If so, no more queries are sent through this connection while
    // others are possible.
    bool slow = false;
    Awaited awaited;
    Bytes out;  // octets that are still to be sent
    Bytes in;   // the received part of an incomplete reply
};

Tcp::Tcp(const std::vector<dns::NameServer>& servers, Pending& pending, Watches& watches)
    : servers_(servers), pending_(pending), watches_(watches) {}

Tcp::~Tcp() {
    for (const auto& connection : connections_) ::close(connection->fd);
}

void Tcp::ask(Exchange& exchange) {
    exchange.closed = 0;
    pending_.begin(exchange);
    send(exchange);
}

void Tcp::send(Exchange& exchange) {
    Connection* const connection = connection_for(exchange.server);
    if (connection == nullptr) {
        pending_.end(exchange, Delivery::unreachable);
        return;
    }
    exchange.socket = connection->number;
    connection->awaited.add(exchange);
    const std::size_t size = exchange.query.size();
    connection->out.push_back(static_cast<std::uint8_t>(size >> 8U));
    connection->out.push_back(static_cast<std::uint8_t>(size & 0xffU));
    connection->out.insert(connection->out.end(), exchange.query.begin(), exchange.query.end());
    watches_.set(connection->fd, true, true);
}

/// Returns whether another connection may be opened. Each server has a share of the connections
/// that the other servers cannot use up, even if they are silent.
bool Tcp::may_open(std::size_t server) const noexcept {
    if (connections_.size() < most_connections) return true;
    const auto own = std::ranges::count(connections_, server,
                                        [](const auto& connection) { return connection->server; });
    return static_cast<std::size_t>(own) <
           std::max<std::size_t>(most_connections / servers_.size(), 1);
}

/// Returns an idle connection to the server, or else a new connection. If no more connections may
/// be opened, returns the connection with the fewest queries.
Tcp::Connection* Tcp::connection_for(std::size_t server) {
    Connection* least = nullptr;
    const auto load = [](const Connection& connection) {
        return std::pair{connection.slow, connection.awaited.size()};
    };
    for (const auto& connection : connections_) {
        if (connection->server != server) continue;
        if (least == nullptr || load(*connection) < load(*least)) least = connection.get();
    }
    if (least != nullptr && !least->slow && least->awaited.empty()) return least;
    Connection* const fresh = may_open(server) ? open(server) : nullptr;
    return fresh != nullptr ? fresh : least;
}

Tcp::Connection* Tcp::open(std::size_t server) {
    const dns::NameServer& to = servers_[server];
    const int fd =
        ::socket(ldns_adapter::family_of(to), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return nullptr;
    constexpr int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const ldns_adapter::Endpoint endpoint = ldns_adapter::endpoint_of(to);
    if (::connect(fd, endpoint.get(), endpoint.size) != 0 && errno != EINPROGRESS &&
        errno != EINTR) {
        ::close(fd);
        return nullptr;
    }
    Connection& connection = *connections_.emplace_back(std::make_unique<Connection>());
    connection.fd = fd;
    connection.server = server;
    connection.number = ++last_number_;
    return &connection;
}

bool Tcp::process(int fd, bool readable, bool writable) {
    const auto found = std::ranges::find_if(
        connections_, [fd](const auto& connection) { return connection->fd == fd; });
    if (found == connections_.end()) return false;
    Connection& connection = **found;
    if (!connection.connected) {
        if (!writable) return true;
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
            fail(connection, error == ETIMEDOUT ? Delivery::silent : Delivery::unreachable);
            return true;
        }
        connection.connected = true;
    }
    if ((readable && !read(connection)) || (writable && !write(connection))) {
        ask_again(connection);
    } else {
        watches_.set(fd, true, !connection.out.empty());
    }
    return true;
}

bool Tcp::write(Connection& connection) noexcept {
    Bytes& out = connection.out;
    const ssize_t sent = ::send(connection.fd, out.data(), out.size(), MSG_NOSIGNAL);
    if (sent < 0) return ldns_adapter::try_again(errno);
    out.erase(out.begin(), out.begin() + sent);
    return true;
}

bool Tcp::read(Connection& connection) {
    std::array<std::uint8_t, 16'384> buffer;  // NOLINT(*-member-init): is read into
    const ssize_t received = ::recv(connection.fd, buffer.data(), buffer.size(), 0);
    if (received < 0) return ldns_adapter::try_again(errno);
    if (received == 0) return false;
    connection.in.insert(connection.in.end(), buffer.begin(), buffer.begin() + received);
    return take_replies(connection);
}

/// Ends the exchanges whose replies have arrived in full. A message that is not an expected reply
/// makes the connection unusable, because the data after it may be wrong too.
bool Tcp::take_replies(Connection& connection) noexcept {
    std::span<const std::uint8_t> rest = connection.in;
    bool usable = true;
    while (usable && rest.size() >= length_size) {
        const std::size_t size = rest[0] * std::size_t{256} + rest[1];
        if (rest.size() < length_size + size) break;
        const auto message = rest.subspan(length_size, size);
        Exchange* const exchange = connection.awaited.take(message);
        usable = exchange != nullptr;
        if (usable) {
            connection.replied = true;
            pending_.end(*exchange, Delivery::replied, message);
        }
        rest = rest.subspan(length_size + size);
    }
    connection.in.erase(connection.in.begin(),
                        connection.in.end() - static_cast<std::ptrdiff_t>(rest.size()));
    return usable;
}

void Tcp::fail(Connection& connection, Delivery delivery) {
    Awaited lost = std::exchange(connection.awaited, {});
    close(connection);
    while (Exchange* const exchange = lost.take_any()) pending_.end(*exchange, delivery);
}

/// Ends or repeats the queries of a closed connection. If the server answered at least one of them,
/// repeating makes progress. If it answered none, it might never answer, so the number of repeats
/// is limited.
void Tcp::ask_again(Connection& connection) {
    Awaited lost = std::exchange(connection.awaited, {});
    const bool in_vain = !connection.replied;
    close(connection);
    while (Exchange* const exchange = lost.take_any()) {
        if (in_vain && ++exchange->closed == most_closed) {
            pending_.end(*exchange, Delivery::broken);
        } else {
            send(*exchange);
        }
    }
}

void Tcp::give_up(const Exchange& exchange) noexcept {
    const auto found = std::ranges::find_if(connections_, [&exchange](const auto& connection) {
        return connection->number == exchange.socket;
    });
    if (found == connections_.end()) return;
    Connection& connection = **found;
    connection.awaited.remove(exchange);
    connection.slow = true;
    if (connection.awaited.empty()) close(connection);
}

void Tcp::close_idle() noexcept {
    for (std::size_t i = connections_.size(); i > 0; --i) {
        const Connection& connection = *connections_[i - 1];
        if (connection.awaited.empty()) close(connection);
    }
}

void Tcp::close(const Connection& connection) noexcept {
    watches_.set(connection.fd, false, false);
    ::close(connection.fd);
    const auto place =
        std::ranges::find(connections_, &connection, &std::unique_ptr<Connection>::get);
    std::swap(*place, connections_.back());
    connections_.pop_back();
}

}  // namespace spf::cares_adapter
