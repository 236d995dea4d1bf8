// Waits for many file descriptors at once (epoll(7)).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "server/file_descriptor.hpp"

namespace policyd {

class EventLoop {
public:
    /// Receives the events of epoll, such as EPOLLIN. It may call all members of the loop except
    /// wait().
    using Handler = std::function<void(std::uint32_t events)>;

    /// Throws std::system_error if the kernel has no epoll for us.
    EventLoop();

    /// Calls `handler` whenever one of the events has happened. EPOLLERR and EPOLLHUP are always
    /// among them. A file descriptor has one handler.
    void watch(int fd, std::uint32_t events, Handler handler);
    /// Returns whether a file descriptor has a handler.
    [[nodiscard]] bool is_watched(int fd) const noexcept;
    /// Replaces the events of a file descriptor that is watched.
    void change(int fd, std::uint32_t events);
    /// Removes the handler of a file descriptor, which must not be closed yet.
    void forget(int fd);
    /// Waits until something has happened, at most `longest` if there is a maximum, and calls the
    /// handlers.
    void wait(std::optional<std::chrono::milliseconds> longest);

private:
    struct Watched {
        Handler handler{};
        std::uint32_t generation = 0;
    };
    FileDescriptor epoll_;
    std::vector<Watched> watched_;  // by file descriptor
    std::uint32_t generation_ = 0;
};

}  // namespace policyd
