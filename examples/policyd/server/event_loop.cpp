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

}  // namespace

EventLoop::EventLoop() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_.get() < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

void EventLoop::watch(int fd, std::uint32_t events, Handler handler) {
    const auto index = static_cast<std::size_t>(fd);
    if (handlers_.size() <= index) handlers_.resize(index + 1);
    handlers_[index] = std::move(handler);
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0)
        throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

void EventLoop::change(int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event);
}

void EventLoop::forget(int fd) {
    const auto index = static_cast<std::size_t>(fd);
    if (index >= handlers_.size() || !handlers_[index]) return;
    epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    handlers_[index] = nullptr;
}

void EventLoop::wait(std::optional<std::chrono::milliseconds> longest) {
    const int timeout =
        longest ? static_cast<int>(std::clamp(*longest, {}, longest_wait).count()) : -1;
    std::array<epoll_event, 64> events{};
    const int count =
        epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events.at(static_cast<std::size_t>(i));
        // The descriptor may have been closed by an earlier handler, and even be another one now.
        // Its handler then finds nothing to do.
        // It is copied, because it may forget itself.
        const Handler handler = handlers_[static_cast<std::size_t>(event.data.fd)];
        if (handler) handler(event.events);
    }
}

}  // namespace policyd
