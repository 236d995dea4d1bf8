// Checks many addresses at once in an epoll loop, as a server with such a loop would. DNS answers
// and policies are cached. The addresses are the arguments of the program. For each of them, the
// result is printed in one line.

#include <cerrno>
#include <cstring>
#include <iostream>
#include <string>

#include <spf/check.hpp>
#include <spf/driver/cares.hpp>
#include <sys/epoll.h>
#include <unistd.h>

namespace {

/// Registers a socket of the driver with epoll for the events that the driver waits for: that the
/// socket is readable, writable, or both. If the driver waits for neither, the socket is removed
/// from epoll.
void watch(int epoll, const spf::SocketWatch& wanted) {
    epoll_event event{};
    event.data.fd = wanted.fd;
    if (wanted.read) event.events |= EPOLLIN;
    if (wanted.write) event.events |= EPOLLOUT;
    if (event.events == 0) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, wanted.fd, nullptr);  // the driver is about to close it
    } else if (epoll_ctl(epoll, EPOLL_CTL_MOD, wanted.fd, &event) != 0 && errno == ENOENT) {
        epoll_ctl(epoll, EPOLL_CTL_ADD, wanted.fd, &event);
    }
}

void serve(int epoll, spf::CaresDriver& driver) {
    epoll_event events[64];
    while (driver.in_flight() > 0) {
        const auto timeout = driver.next_timeout();
        const int wait = timeout ? static_cast<int>(timeout->count()) : -1;
        const int count = epoll_wait(epoll, events, 64, wait);
        for (int i = 0; i < count; ++i) {
            const bool failed = (events[i].events & (EPOLLERR | EPOLLHUP)) != 0;
            driver.process(events[i].data.fd, failed || (events[i].events & EPOLLIN) != 0,
                           failed || (events[i].events & EPOLLOUT) != 0);
        }
        driver.process_timeouts();
    }
}

}  // namespace

int main(int argc, char** argv) {
    spf::AnswerCache answers;  // both caches for the server's lifetime, as in a Checker
    spf::PolicyCache policies{answers};
    auto driver = spf::CaresDriver::make({.policies = &policies});
    if (!driver) return std::cerr << driver.error().message() << '\n', 1;
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) return std::cerr << std::strerror(errno) << '\n', 1;
    driver->on_watch_change([epoll](const spf::SocketWatch& wanted) { watch(epoll, wanted); });

    for (int i = 1; i < argc; ++i) {
        const auto ip = spf::IpAddress::parse(argv[i]);
        if (!ip) return std::cerr << argv[i] << ": " << ip.error().message() << '\n', 1;
        driver->submit_mail({.ip = *ip, .helo = "mx.example.com"}, "alice@example.com",
                            [ip = *ip](const spf::MailCheck& mail) {
                                std::cout << ip.to_string() << ' '
                                          << to_string(mail.mail_from->result) << '\n';
                            });
    }
    serve(epoll, *driver);
    close(epoll);
}
