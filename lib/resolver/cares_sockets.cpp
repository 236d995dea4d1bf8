// System calls. A connected UDP socket takes datagrams from its server alone, and recvmmsg() fetches
// many of them for the price of one call; c-ares then reads one after the other from the batch. What
// it sends is collected, too: on one machine each single datagram would wake the server, which would
// take the processor from us to find no more than that one.

#include "resolver/cares_sockets.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include "resolver/cares_channel.hpp"

namespace spf::cares_adapter {
namespace {

constexpr std::size_t batch_size = 32;          // between two looks at the other sockets
constexpr std::size_t largest_datagram = 4096;  // more than any server may send, see udp_size
constexpr std::size_t largest_query = 512;      // a name, a type, and EDNS take less
/// Room for the replies to all questions that may be outstanding; the kernel cuts it to its limit.
constexpr int receive_buffer = 1 << 20;

bool try_again(int error) noexcept {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

Channel& channel_of(void* user) noexcept { return *static_cast<Channel*>(user); }

}  // namespace

struct Sockets::Socket {
    int fd = -1;
    Channel* owner = nullptr;
    bool datagram = false;
    sockaddr_storage peer{};
    socklen_t peer_size = 0;
};

struct Sockets::Batch {
    std::array<std::array<std::uint8_t, largest_datagram>, batch_size> buffers{};
    std::array<iovec, batch_size> parts{};
    std::array<mmsghdr, batch_size> messages{};
    int fd = -1;           // where they come from
    std::size_t next = 0;  // to be read
    std::size_t count = 0;
    int error = 0;  // to be reported instead

    Batch() noexcept {
        for (std::size_t i = 0; i < batch_size; ++i) {
            parts[i] = {buffers[i].data(), buffers[i].size()};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
    }
};

/// Datagrams to be sent from one socket.
struct Sockets::Outbox {
    std::array<std::array<std::uint8_t, largest_query>, batch_size> buffers{};
    std::array<iovec, batch_size> parts{};
    std::array<mmsghdr, batch_size> messages{};
    int fd = -1;
    std::size_t count = 0;
    int failed_fd = -1;  // found out of reach, not reported yet

    Outbox() noexcept {
        for (std::size_t i = 0; i < batch_size; ++i) {
            parts[i] = {buffers[i].data(), 0};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
    }

    /// A datagram for which the buffer has no room is lost on its way, which the time for the try
    /// makes good.
    void send() noexcept {
        std::size_t sent = 0;
        while (sent < count) {
            const int some =
                ::sendmmsg(fd, &messages[sent], static_cast<unsigned>(count - sent), MSG_NOSIGNAL);
            if (some > 0) {
                sent += static_cast<std::size_t>(some);
            } else if (errno != EINTR) {
                if (!try_again(errno) && errno != ENOBUFS) failed_fd = fd;
                ++sent;
            }
        }
        count = 0;
    }
};

Sockets::Sockets() : batch_(std::make_unique<Batch>()), outbox_(std::make_unique<Outbox>()) {}
Sockets::~Sockets() = default;

const ares_socket_functions& Sockets::functions() noexcept {
    static const ares_socket_functions all{open, close, connect, receive, send};
    return all;
}

Sockets::Socket* Sockets::find(int fd) noexcept {
    const auto found = std::ranges::find(sockets_, fd, &Socket::fd);
    return found == sockets_.end() ? nullptr : &*found;
}
const Sockets::Socket* Sockets::find(int fd) const noexcept {
    const auto found = std::ranges::find(sockets_, fd, &Socket::fd);
    return found == sockets_.end() ? nullptr : &*found;
}

Channel* Sockets::owner(int fd) const noexcept {
    const Socket* const socket = find(fd);
    return socket == nullptr ? nullptr : socket->owner;
}

bool Sockets::is_datagram(int fd) const noexcept {
    const Socket* const socket = find(fd);
    return socket != nullptr && socket->datagram;
}

void Sockets::watch(int fd, bool read, bool write) {
    const auto known = std::ranges::find(watches_, fd, &SocketWatch::fd);
    if (!read && !write) {
        if (known == watches_.end()) return;
        watches_.erase(known);
    } else if (known == watches_.end()) {
        watches_.push_back({fd, read, write});
    } else {
        *known = {fd, read, write};
    }
    if (on_change_) on_change_({fd, read, write});
}

void Sockets::on_state(void* channel, ares_socket_t fd, int readable, int writable) {
    channel_of(channel).sockets().watch(fd, readable != 0, writable != 0);
}

bool Sockets::fetch(int fd) {
    Batch& batch = *batch_;
    batch.fd = fd;
    batch.next = 0;
    batch.count = 0;
    batch.error = 0;
    const int count = ::recvmmsg(fd, batch.messages.data(), batch_size, MSG_DONTWAIT, nullptr);
    if (count >= 0) {
        batch.count = static_cast<std::size_t>(count);
    } else if (!try_again(errno)) {
        batch.error = errno;
    }
    return batch.count > 0 || batch.error != 0;
}

int Sockets::flush() noexcept {
    outbox_->send();
    return std::exchange(outbox_->failed_fd, -1);
}

bool Sockets::enqueue(int fd, const iovec& datagram) noexcept {
    if (datagram.iov_len > largest_query) return false;
    Outbox& outbox = *outbox_;
    if (outbox.fd != fd || outbox.count == batch_size) outbox.send();
    outbox.fd = fd;
    std::memcpy(outbox.buffers[outbox.count].data(), datagram.iov_base, datagram.iov_len);
    outbox.parts[outbox.count].iov_len = datagram.iov_len;
    ++outbox.count;
    return true;
}

void Sockets::fail(int fd) noexcept {
    batch_->fd = fd;
    batch_->next = batch_->count = 0;
    batch_->error = ECONNREFUSED;
}

ares_ssize_t Sockets::next_datagram(const Socket& socket, std::span<std::uint8_t> out,
                                    sockaddr* from, ares_socklen_t* from_size) noexcept {
    Batch& batch = *batch_;
    if (batch.fd == socket.fd && batch.error != 0) {
        errno = batch.error;
        batch.error = 0;
        return -1;
    }
    while (batch.fd == socket.fd && batch.next < batch.count) {
        const auto datagram = std::span{batch.buffers[batch.next]}.first(
            std::min<std::size_t>(batch.messages[batch.next].msg_len, largest_datagram));
        ++batch.next;
        const std::size_t size = socket.owner->take(datagram, out);
        if (size == 0) continue;
        const socklen_t room = *from_size;
        std::memcpy(from, &socket.peer, std::min(room, socket.peer_size));
        *from_size = socket.peer_size;
        return static_cast<ares_ssize_t>(size);
    }
    errno = EAGAIN;
    return -1;
}

ares_socket_t Sockets::open(int family, int type, int protocol, void* user) noexcept {
    Channel& channel = channel_of(user);
    const int fd = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (fd < 0) return ARES_SOCKET_BAD;
    Socket socket;
    socket.fd = fd;
    socket.owner = &channel;
    socket.datagram = type == SOCK_DGRAM;
    if (socket.datagram) {
        ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    } else {
        constexpr int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    channel.sockets().sockets_.push_back(socket);
    return fd;
}

int Sockets::close(ares_socket_t fd, void* user) noexcept {
    Sockets& sockets = channel_of(user).sockets();
    std::erase_if(sockets.sockets_, [fd](const Socket& socket) { return socket.fd == fd; });
    // What is left to read or to send is for nobody any more.
    if (sockets.batch_->fd == fd) sockets.batch_->fd = -1;
    if (sockets.outbox_->fd == fd) sockets.outbox_->count = 0;
    if (sockets.outbox_->failed_fd == fd) sockets.outbox_->failed_fd = -1;
    return ::close(fd);
}

int Sockets::connect(ares_socket_t fd, const sockaddr* address, ares_socklen_t size,
                     void* user) noexcept {
    Channel& channel = channel_of(user);
    Socket* const socket = channel.sockets().find(fd);
    if (socket == nullptr || size > sizeof socket->peer) {
        errno = EBADF;
        return -1;
    }
    std::memcpy(&socket->peer, address, size);
    socket->peer_size = size;
    const std::string& interface = channel.server().interface;
    if (!interface.empty() && address->sa_family == AF_INET6) {
        auto* const v6 = reinterpret_cast<sockaddr_in6*>(&socket->peer);
        v6->sin6_scope_id = ::if_nametoindex(interface.c_str());
    }
    return ::connect(fd, reinterpret_cast<const sockaddr*>(&socket->peer), size);
}

ares_ssize_t Sockets::receive(ares_socket_t fd, void* data, std::size_t size, int flags,
                              sockaddr* from, ares_socklen_t* from_size, void* user) noexcept {
    Sockets& sockets = channel_of(user).sockets();
    const Socket* const socket = sockets.find(fd);
    if (socket == nullptr) {
        errno = EBADF;
        return -1;
    }
    if (socket->datagram) {
        return sockets.next_datagram(*socket, {static_cast<std::uint8_t*>(data), size}, from,
                                     from_size);
    }
    const ssize_t received = ::recv(fd, data, size, flags);
    if (received < 0 && errno == EINTR) errno = EAGAIN;
    return received;
}

ares_ssize_t Sockets::send(ares_socket_t fd, const iovec* parts, int count, void* user) noexcept {
    Sockets& sockets = channel_of(user).sockets();
    if (count == 1 && sockets.is_datagram(fd) && sockets.enqueue(fd, *parts)) {
        return static_cast<ares_ssize_t>(parts->iov_len);
    }
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts);
    message.msg_iovlen = static_cast<std::size_t>(count);
    const ssize_t sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) errno = EAGAIN;
    return sent;
}

}  // namespace spf::cares_adapter
