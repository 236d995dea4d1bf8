#include "server/event_loop.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/epoll.h>

namespace policyd {
namespace {

constexpr std::chrono::milliseconds longest_wait{std::chrono::hours{1}};

/// Tells the events of a descriptor from those of an earlier descriptor with the same number.
epoll_event event_of(int fd, std::uint32_t generation, std::uint32_t events) noexcept {
    epoll_event event{};
    event.events = events;
    event.data.u64 = std::uint64_t{generation} << 32U | static_cast<std::uint32_t>(fd);
    return event;
}

}  // namespace

EventLoop::EventLoop() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_.get() < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

void EventLoop::watch(int fd, std::uint32_t events, Handler handler) {
    const auto index = static_cast<std::size_t>(fd);
    if (watched_.size() <= index) watched_.resize(index + 1);
    watched_[index] = {std::move(handler), ++generation_};
    epoll_event event = event_of(fd, generation_, events);
    if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

bool EventLoop::is_watched(int fd) const noexcept {
    const auto index = static_cast<std::size_t>(fd);
    return index < watched_.size() && watched_[index].handler;
}

void EventLoop::change(int fd, std::uint32_t events) {
    epoll_event event = event_of(fd, watched_[static_cast<std::size_t>(fd)].generation, events);
    epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event);
}

void EventLoop::forget(int fd) {
    if (!is_watched(fd)) return;
    epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    watched_[static_cast<std::size_t>(fd)].handler = nullptr;
}

void EventLoop::wait(std::optional<std::chrono::milliseconds> longest) {
    const int timeout =
        longest ? static_cast<int>(std::clamp(*longest, {}, longest_wait).count()) : -1;
    std::array<epoll_event, 64> events{};
    const int count =
        epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events.at(static_cast<std::size_t>(i));
        const Watched& watched = watched_[event.data.u64 & 0xffff'ffffU];
        // An earlier handler may have closed the descriptor, which may even be another one now.
        if (!watched.handler || watched.generation != event.data.u64 >> 32U) continue;
        const Handler handler = watched.handler;  // a copy, because the handler may forget itself
        handler(event.events);
    }
}

}  // namespace policyd
