// No function waits: each one reads or writes only as much as is possible without waiting. A
// function that reads from or writes to a connection returns whether the connection can still be
// used. If it cannot, process() closes it and sends its queries again.

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

/// The maximum number of connections. It leaves file descriptors for the host program. When this
/// number has been reached, several queries share a connection.
constexpr std::size_t most_connections = 128;
/// A query fails when Exchange::closed reaches this number.
constexpr unsigned most_closed = 3;
// The size, in octets, of the field with the length of a message, which comes before each message
// (RFC 1035, 4.2.2).
constexpr std::size_t length_size = 2;

}  // namespace

struct Tcp::Connection {
    int fd = -1;
    std::size_t server = 0;
    std::uint64_t number = 0;
    bool connected = false;
    bool replied = false;  // whether any reply has arrived through this connection
    // Whether the wait for a reply on this connection has timed out. If so, new queries use this
    // connection only if no other connection is possible.
    bool slow = false;
    Awaited awaited;
    Bytes out;  // octets that have not been sent yet
    Bytes in;   // octets of a reply that has not arrived completely
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

/// Returns whether another connection to this server may be opened. Each server may have an equal
/// share of `most_connections` in any case. Therefore the other servers cannot use up all
/// connections, even if they are silent.
bool Tcp::may_open(std::size_t server) const noexcept {
    if (connections_.size() < most_connections) return true;
    const auto own = std::ranges::count(connections_, server,
                                        [](const auto& connection) { return connection->server; });
    return static_cast<std::size_t>(own) <
           std::max<std::size_t>(most_connections / servers_.size(), 1);
}

/// Returns a connection to this server on which no query waits. If there is none, opens a new one.
/// If no connection can be opened, returns the one on which the fewest queries wait, but one that
/// is `slow` only if all are; null if there is no connection.
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
    std::array<std::uint8_t, 16'384> buffer;  // NOLINT(*-member-init): recv() fills it
    const ssize_t received = ::recv(connection.fd, buffer.data(), buffer.size(), 0);
    if (received < 0) return ldns_adapter::try_again(errno);
    if (received == 0) return false;
    connection.in.insert(connection.in.end(), buffer.begin(), buffer.begin() + received);
    return take_replies(connection);
}

/// Reads all replies that have arrived completely, and ends their exchanges. Returns false if a
/// message is not the reply to any query on this connection, because the data after this message
/// may be wrong too.
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

/// Sends the queries of a closed connection again, or ends them. If the server had sent at least
/// one reply through the connection, all queries are sent again, because fewer queries are left
/// each time. If it had sent none, it might never send one. In this case, the number of times that
/// a query is sent again is limited.
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
