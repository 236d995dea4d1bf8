// The sockets that c-ares opens, and the calls it makes on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <ares.h>
#include <sys/socket.h>

#include "spf/resolver/cares.hpp"

namespace spf::cares_adapter {

class Channel;

/// All sockets of a driver.
///
/// c-ares decides when to open, use and close them; the calls themselves are made here, so that
/// datagrams are sent and read many at a time, descriptors are not inherited, and what is no reply
/// at all is dropped before anything ends for it.
class Sockets {
public:
    Sockets();
    ~Sockets();
    Sockets(const Sockets&) = delete;
    Sockets& operator=(const Sockets&) = delete;

    /// The functions for ares_set_socket_functions(), which want a Channel as user data.
    [[nodiscard]] static const ares_socket_functions& functions() noexcept;
    /// The function for ARES_OPT_SOCK_STATE_CB, which wants a Channel too.
    static void on_state(void* channel, ares_socket_t fd, int readable, int writable);

    [[nodiscard]] std::span<const SocketWatch> watches() const noexcept { return watches_; }
    void on_change(CaresDriver::WatchCallback callback) { on_change_ = std::move(callback); }

    /// The channel of a socket, or null.
    [[nodiscard]] Channel* owner(int fd) const noexcept;
    [[nodiscard]] bool is_datagram(int fd) const noexcept;

    /// Fetches what datagrams there are, some dozens at most, for c-ares to read.
    /// \return whether there is something to read, be it an error.
    bool fetch(int fd);

    /// Sends the datagrams that c-ares has handed over so far.
    /// \return the socket whose server is known to be out of reach, for its channel to fail(), or -1
    [[nodiscard]] int flush() noexcept;
    /// Lets the next read from a socket fail, as flush() found out.
    void fail(int fd) noexcept;

private:
    struct Socket;
    struct Batch;
    struct Outbox;

    // What c-ares calls.
    static ares_socket_t open(int family, int type, int protocol, void* user) noexcept;
    static int close(ares_socket_t fd, void* user) noexcept;
    static int connect(ares_socket_t fd, const sockaddr* address, ares_socklen_t size,
                       void* user) noexcept;
    static ares_ssize_t receive(ares_socket_t fd, void* data, std::size_t size, int flags,
                                sockaddr* from, ares_socklen_t* from_size, void* user) noexcept;
    static ares_ssize_t send(ares_socket_t fd, const iovec* parts, int count, void* user) noexcept;

    [[nodiscard]] Socket* find(int fd) noexcept;
    [[nodiscard]] const Socket* find(int fd) const noexcept;
    void watch(int fd, bool read, bool write);
    [[nodiscard]] bool enqueue(int fd, const iovec& datagram) noexcept;
    ares_ssize_t next_datagram(const Socket& socket, std::span<std::uint8_t> out, sockaddr* from,
                               ares_socklen_t* from_size) noexcept;

    std::vector<Socket> sockets_;
    std::vector<SocketWatch> watches_;
    CaresDriver::WatchCallback on_change_;
    std::unique_ptr<Batch> batch_;
    std::unique_ptr<Outbox> outbox_;
};

}  // namespace spf::cares_adapter
