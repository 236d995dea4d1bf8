#include "integration/stream_server.hpp"

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace spf::test {

StreamServer::StreamServer(Script script)
    : script_(std::move(script)),
      listener_(bound_socket(SOCK_STREAM, 0)),
      port_(port_of(listener_)) {
    if (::listen(listener_, SOMAXCONN) != 0) throw std::runtime_error("no stream server");
    thread_ = std::thread{[this] { run(); }};
}

StreamServer::~StreamServer() {
    wake_.stop();
    thread_.join();
    for (const auto& [fd, connection] : open_) ::close(fd);
    ::close(listener_);
}

dns::NameServer StreamServer::server() const { return server_at(port_); }

void StreamServer::run() {
    while (true) {
        std::vector<pollfd> waiting{{wake_.fd(), POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto& [fd, connection] : open_) {
            if (!connection.stalled) waiting.push_back({fd, POLLIN, 0});
        }
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[0].revents != 0) return;
        if (waiting[1].revents != 0) {
            const int fd = ::accept(listener_, nullptr, nullptr);
            if (fd >= 0) {
                ++connections_;
                open_[fd] = {};
            }
        }
        for (std::size_t i = 2; i < waiting.size(); ++i) {
            const int fd = waiting[i].fd;
            if (waiting[i].revents == 0 || serve(fd, open_[fd])) continue;
            ::close(fd);
            open_.erase(fd);
        }
    }
}

/// Returns whether the connection stays open.
bool StreamServer::serve(int fd, Connection& connection) {
    std::array<std::uint8_t, 4096> buffer{};
    const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (got <= 0) return false;
    Message& in = connection.in;
    in.insert(in.end(), buffer.begin(), buffer.begin() + got);
    while (in.size() >= 2 && in.size() >= in[0] * 256U + in[1] + 2U) {
        const auto end = in.begin() + 2 + in[0] * 256 + in[1];
        const Message query(in.begin() + 2, end);
        in.erase(in.begin(), end);
        ++queries_;
        const Step step = script_(query);
        if (!step.reply.empty()) {
            Message framed{static_cast<std::uint8_t>(step.reply.size() >> 8U),
                           static_cast<std::uint8_t>(step.reply.size() & 0xffU)};
            framed.insert(framed.end(), step.reply.begin(), step.reply.end());
            ::send(fd, framed.data(), framed.size(), MSG_NOSIGNAL);
        }
        if (step.then == Step::Then::close) return false;
        connection.stalled = step.then == Step::Then::stall;
        if (connection.stalled) return true;
    }
    return true;
}

}  // namespace spf::test
