// Each socket is connected to one server. Therefore the kernel drops datagrams from other senders,
// and reports if the port of the server is closed.
//
// recvmmsg() reads many datagrams with one system call. Queries are collected, and sendmmsg() sends
// them together. If a server on the same machine got each query at once, the processor would switch
// to the server and back for each datagram.

#include "driver/udp.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "wire/endpoint.hpp"

namespace spf::cares_adapter {
namespace {

// The maximum number of datagrams that are read from one socket before the other sockets are
// processed.
constexpr std::size_t batch_size = 32;
// The size in octets of the buffer for one datagram. It is larger than `udp_size`, the maximum size
// of a reply.
constexpr std::size_t largest_datagram = 4096;
constexpr std::size_t largest_query = 512;  // larger than a query with the longest name and EDNS

constexpr std::size_t queries_per_port = 16;
/// The maximum number of local ports. It leaves file descriptors for the host program. This number
/// is reached only if many queries get no reply. In this case, more than `queries_per_port` queries
/// are sent through the same port.
constexpr std::size_t most_ports = 128;

}  // namespace

struct Udp::Port {
    int fd = -1;
    std::size_t server = 0;
    std::uint64_t number = 0;
    std::size_t queries = 0;  // the number of queries that have been sent through this port
    Awaited awaited;
};

/// The memory into which datagrams are read.
struct Udp::Batch {
    std::array<std::array<std::uint8_t, largest_datagram>, batch_size> buffers{};
    std::array<iovec, batch_size> parts{};
    std::array<mmsghdr, batch_size> messages{};

    Batch() noexcept {
        for (std::size_t i = 0; i < batch_size; ++i) {
            parts[i] = {buffers[i].data(), buffers[i].size()};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
    }
    /// Returns the datagram with this index; empty if the datagram was larger than the buffer. Such
    /// a datagram cannot be a reply, because a reply has at most `udp_size` octets.
    [[nodiscard]] std::span<const std::uint8_t> at(std::size_t i) const noexcept {
        if ((messages[i].msg_hdr.msg_flags & MSG_TRUNC) != 0) return {};
        return std::span{buffers[i]}.first(
            std::min<std::size_t>(messages[i].msg_len, largest_datagram));
    }
};

/// The memory for datagrams that will be sent together through one socket.
struct Udp::Outbox {
    std::array<std::array<std::uint8_t, largest_query>, batch_size> buffers{};
    std::array<iovec, batch_size> parts{};
    std::array<mmsghdr, batch_size> messages{};
    int fd = -1;
    std::size_t count = 0;
    std::vector<int> failed;  // sockets whose servers have turned out to be unreachable

    Outbox() noexcept {
        for (std::size_t i = 0; i < batch_size; ++i) {
            parts[i] = {buffers[i].data(), 0};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
    }
    void add(std::span<const std::uint8_t> query) noexcept {
        const std::size_t size = std::min(query.size(), largest_query);
        std::copy_n(query.begin(), size, buffers[count].begin());
        parts[count].iov_len = size;
        ++count;
    }
};

Udp::Udp(const std::vector<dns::NameServer>& servers, Pending& pending, Watches& watches)
    : servers_(servers),
      pending_(pending),
      watches_(watches),
      current_(servers.size()),
      batch_(std::make_unique<Batch>()),
      outbox_(std::make_unique<Outbox>()) {}

Udp::~Udp() {
    for (const auto& port : ports_) ::close(port->fd);
}

void Udp::ask(Exchange& exchange) {
    pending_.begin(exchange);
    Port* const port = port_for(exchange);
    if (port == nullptr) {
        pending_.end(exchange, Delivery::unreachable);
        return;
    }
    exchange.socket = port->number;
    ++port->queries;
    port->awaited.add(exchange);
    if (outbox_->fd != port->fd || outbox_->count == batch_size) send();
    outbox_->fd = port->fd;
    outbox_->add(exchange.query);
}

/// Returns whether another local port may be opened for this server. Each server may have an equal
/// share of `most_ports` in any case. Therefore the other servers cannot use up all ports, even if
/// they are silent.
bool Udp::may_open(std::size_t server) const noexcept {
    if (ports_.size() < most_ports) return true;
    const auto own =
        std::ranges::count(ports_, server, [](const auto& port) { return port->server; });
    return static_cast<std::size_t>(own) < std::max<std::size_t>(most_ports / servers_.size(), 1);
}

/// Returns the port for the next query to the server of this exchange. This is the current port of
/// the server, with two exceptions: `queries_per_port` queries have been sent through it, or the
/// previous try of this query used it. In these cases, a new port is opened. If no port can be
/// opened, the result is the port at which the fewest queries wait for a reply, except that of the
/// previous try; null if there is no such port.
Udp::Port* Udp::port_for(const Exchange& exchange) {
    Port*& current = current_[exchange.server];
    if (current != nullptr && current->queries < queries_per_port &&
        current->number != exchange.socket) {
        return current;
    }
    current = may_open(exchange.server) ? open(exchange.server) : nullptr;
    if (current != nullptr) return current;
    for (const auto& port : ports_) {
        if (port->server != exchange.server || port->number == exchange.socket) continue;
        if (current == nullptr || port->awaited.size() < current->awaited.size()) {
            current = port.get();
        }
    }
    if (current != nullptr) current->queries = 0;
    return current;
}

Udp::Port* Udp::open(std::size_t server) {
    const dns::NameServer& to = servers_[server];
    const int fd =
        ::socket(ldns_adapter::family_of(to), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return nullptr;
    const ldns_adapter::Endpoint endpoint = ldns_adapter::endpoint_of(to);
    if (::connect(fd, endpoint.get(), endpoint.size) != 0) {
        ::close(fd);
        return nullptr;
    }
    Port& port = *ports_.emplace_back(std::make_unique<Port>());
    port.fd = fd;
    port.server = server;
    port.number = ++last_number_;
    watches_.set(fd, true, false);
    return &port;
}

/// Sends the datagrams in the Outbox. If the buffer of the socket is full, a datagram is not sent.
/// Its query is sent again after the timeout, as if the datagram had been lost.
void Udp::send() {
    Outbox& out = *outbox_;
    std::size_t sent = 0;
    while (sent < out.count) {
        const int some = ::sendmmsg(out.fd, &out.messages[sent],
                                    static_cast<unsigned>(out.count - sent), MSG_NOSIGNAL);
        if (some > 0) {
            sent += static_cast<std::size_t>(some);
        } else if (errno != EINTR) {
            if (!ldns_adapter::try_again(errno) && errno != ENOBUFS) out.failed.push_back(out.fd);
            ++sent;
        }
    }
    out.count = 0;
}

void Udp::flush() {
    send();
    for (const int fd : std::exchange(outbox_->failed, {})) fail(fd);
}

bool Udp::process(int fd) {
    const auto found =
        std::ranges::find_if(ports_, [fd](const auto& port) { return port->fd == fd; });
    if (found == ports_.end()) return false;
    Port& port = **found;
    const int count = ::recvmmsg(fd, batch_->messages.data(), batch_size, MSG_DONTWAIT, nullptr);
    if (count < 0) {
        if (!ldns_adapter::try_again(errno)) fail(fd);
        return true;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const auto datagram = batch_->at(i);
        if (Exchange* const exchange = port.awaited.take(datagram)) {
            pending_.end(*exchange, Delivery::replied, datagram);
        }
    }
    close_if_done(port);
    return true;
}

void Udp::give_up(const Exchange& exchange) noexcept {
    const auto found = std::ranges::find_if(
        ports_, [&exchange](const auto& port) { return port->number == exchange.socket; });
    if (found == ports_.end()) return;
    (*found)->awaited.remove(exchange);
    close_if_done(**found);
}

/// Ends all queries on a socket whose server is unreachable, because no reply will arrive.
void Udp::fail(int fd) {
    const auto found =
        std::ranges::find_if(ports_, [fd](const auto& port) { return port->fd == fd; });
    if (found == ports_.end()) return;
    Awaited lost = std::exchange((*found)->awaited, {});
    close(**found);
    while (Exchange* const exchange = lost.take_any()) {
        pending_.end(*exchange, Delivery::unreachable);
    }
}

void Udp::close_if_done(const Port& port) noexcept {
    if (port.awaited.empty()) close(port);
}

void Udp::close(const Port& port) noexcept {
    Port*& current = current_[port.server];
    if (current == &port) current = nullptr;
    if (outbox_->fd == port.fd) outbox_->count = 0;  // the queries in the outbox have all ended
    watches_.set(port.fd, false, false);
    ::close(port.fd);
    const auto place = std::ranges::find(ports_, &port, &std::unique_ptr<Port>::get);
    std::swap(*place, ports_.back());
    ports_.pop_back();
}

}  // namespace spf::cares_adapter
