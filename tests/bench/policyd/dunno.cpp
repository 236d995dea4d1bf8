// policyd-dunno PORT
//
// A policy server on 127.0.0.1 that answers DUNNO to everything, so that it does no work beyond the
// sockets: the limit of what any policy server with one thread can reach. SIGTERM ends the program.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <sys/epoll.h>

#include "sockets.hpp"

namespace {

class Server {
public:
    explicit Server(int listening) : listening_(listening) { watch(listening_); }

    [[noreturn]] void run() {
        std::array<epoll_event, 64> events{};
        while (true) {
            const int count = epoll_wait(epoll_, events.data(), events.size(), -1);
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                fd == listening_ ? accept_all() : serve(fd);
            }
        }
    }

private:
    void watch(int fd) const {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    }

    void accept_all() {
        while (true) {
            const int fd = accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd < 0) return;
            if (received_.size() <= static_cast<std::size_t>(fd))
                received_.resize(static_cast<std::size_t>(fd) + 1);
            received_[static_cast<std::size_t>(fd)].clear();
            watch(fd);
        }
    }

    void serve(int fd) {
        std::string& request = received_[static_cast<std::size_t>(fd)];
        std::array<char, 4096> buffer{};
        const ssize_t got = recv(fd, buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            close(fd);
            return;
        }
        request.append(buffer.data(), static_cast<std::size_t>(got));
        if (!request.ends_with("\n\n")) return;
        request.clear();
        constexpr std::string_view answer = "action=DUNNO\n\n";
        ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
    }

    int listening_;
    int epoll_ = epoll_create1(EPOLL_CLOEXEC);
    std::vector<std::string> received_;  // by descriptor
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: policyd-dunno PORT\n", stderr);
        return 64;
    }
    const int listening = load::bound_or_exit(SOCK_STREAM, load::number_or_exit(argv[1]));
    if (listen(listening, SOMAXCONN) != 0) {
        std::perror("listen");
        return 69;
    }
    Server{listening}.run();
}
