// System calls. A connected UDP socket takes datagrams from its server alone, and recvmmsg() fetches
// many of them for the price of one call; c-ares then reads one after the other from the batch.

#include "resolver/cares_sockets.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include "resolver/cares_channel.hpp"

namespace spf::cares_adapter {
namespace {

constexpr std::size_t batch_size = 32;          // between two looks at the other sockets
constexpr std::size_t largest_datagram = 4096;  // more than any server may send, see udp_size
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

Sockets::Sockets() : batch_(std::make_unique<Batch>()) {}
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
    if (sockets.batch_->fd == fd) sockets.batch_->fd = -1;  // what is left in there is too late
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
    std::size_t total = 0;
    for (int i = 0; i < count; ++i) total += parts[i].iov_len;
    const bool datagram = channel_of(user).sockets().is_datagram(fd);
    ssize_t sent = -1;
    if (count == 1) {
        sent = ::send(fd, parts->iov_base, parts->iov_len, MSG_NOSIGNAL);
    } else {
        msghdr message{};
        message.msg_iov = const_cast<iovec*>(parts);
        message.msg_iovlen = static_cast<std::size_t>(count);
        sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    }
    if (sent >= 0) return sent;
    // No room in the buffer: for UDP that is a datagram lost on its way, which the time for the try
    // makes good; c-ares would take the server for dead.
    if (datagram && (try_again(errno) || errno == ENOBUFS)) {
        return static_cast<ares_ssize_t>(total);
    }
    if (errno == EINTR) errno = EAGAIN;
    return -1;
}

}  // namespace spf::cares_adapter
