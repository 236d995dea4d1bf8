#include "integration/sockets.hpp"

#include <array>
#include <stdexcept>
#include <tuple>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace spf::test {
namespace {

/// Fills the buffer. Returns false if it cannot.
bool read_all(int fd, std::uint8_t* data, std::size_t size) {
    while (size > 0) {
        const ssize_t got = ::recv(fd, data, size, 0);
        if (got <= 0) return false;
        data += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

int bound_socket(int type, std::uint16_t port, std::uint32_t loopback) {
    const int fd = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
    if (fd < 0) throw std::runtime_error("socket failed");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(loopback);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
    ::close(fd);
    return -1;
}

std::uint16_t port_of(int fd) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("getsockname failed");
    }
    return ntohs(address.sin_port);
}

/// A UDP and a TCP socket on the same port.
std::pair<int, int> bound_pair() {
    constexpr int most = 100;
    for (int i = 0; i < most; ++i) {
        const int udp = bound_socket(SOCK_DGRAM, 0);
        if (udp < 0) continue;
        const int tcp = bound_socket(SOCK_STREAM, port_of(udp));
        if (tcp >= 0) return {udp, tcp};
        ::close(udp);
    }
    throw std::runtime_error("no free port");
}

dns::NameServer server_at(std::uint16_t port) { return {IpAddress::v4({127, 0, 0, 1}), port, {}}; }

Wake::Wake() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    read_ = ends[0];
    write_ = ends[1];
}

Wake::~Wake() {
    stop();
    ::close(read_);
}

void Wake::stop() {
    if (write_ >= 0) ::close(write_);
    write_ = -1;
}

std::uint16_t free_port() {
    const auto [udp, tcp] = bound_pair();
    const std::uint16_t port = port_of(udp);
    ::close(udp);
    ::close(tcp);
    return port;
}

bool has_ipv6_loopback() {
    const int fd = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return false;
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = IN6ADDR_LOOPBACK_INIT;
    const int bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::close(fd);
    return bound == 0;
}

SilentServer::SilentServer() : fd_(bound_socket(SOCK_DGRAM, 0)), port_(port_of(fd_)) {}
SilentServer::~SilentServer() { ::close(fd_); }
dns::NameServer SilentServer::server() const { return server_at(port_); }

std::size_t SilentServer::received() const {
    std::size_t count = 0;
    std::array<char, 512> buffer{};
    while (::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT) >= 0) ++count;
    return count;
}

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
    std::tie(udp_, tcp_) = bound_pair();
    port_ = port_of(udp_);
    if (::listen(tcp_, 8) != 0) throw std::runtime_error("no scripted server");
    thread_ = std::thread{[this] { run(); }};
}

ScriptedServer::~ScriptedServer() {
    wake_.stop();
    thread_.join();
    for (const int fd : {udp_, tcp_}) ::close(fd);
}

dns::NameServer ScriptedServer::server() const { return server_at(port_); }

void ScriptedServer::run() {
    while (true) {
        std::array<pollfd, 3> waiting{
            {{udp_, POLLIN, 0}, {tcp_, POLLIN, 0}, {wake_.fd(), POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[2].revents != 0) return;
        if (waiting[0].revents != 0) answer_udp();
        if (waiting[1].revents != 0) answer_tcp();
    }
}

void ScriptedServer::answer_udp() {
    std::array<std::uint8_t, 4096> buffer{};
    sockaddr_in from{};
    socklen_t size = sizeof from;
    auto* const peer = reinterpret_cast<sockaddr*>(&from);
    const ssize_t got = ::recvfrom(udp_, buffer.data(), buffer.size(), 0, peer, &size);
    if (got < 0) return;
    ++udp_queries_;
    const Message query(buffer.begin(), buffer.begin() + got);
    for (const Sent& reply : script_(query, false)) {
        const int other = reply.from_elsewhere ? bound_socket(SOCK_DGRAM, 0) : -1;
        ::sendto(other < 0 ? udp_ : other, reply.message.data(), reply.message.size(), 0, peer,
                 size);
        if (other >= 0) ::close(other);
    }
}

void ScriptedServer::answer_tcp() {
    const int fd = ::accept(tcp_, nullptr, nullptr);
    if (fd < 0) return;
    std::array<std::uint8_t, 2> length{};
    if (read_all(fd, length.data(), length.size())) {
        Message query(length[0] * 256U + length[1]);
        if (read_all(fd, query.data(), query.size())) {
            ++tcp_queries_;
            for (const Sent& reply : script_(query, true)) {
                const std::size_t reply_size = reply.message.size();
                Message framed{static_cast<std::uint8_t>(reply_size >> 8U),
                               static_cast<std::uint8_t>(reply_size & 0xffU)};
                framed.insert(framed.end(), reply.message.begin(), reply.message.end());
                ::send(fd, framed.data(), framed.size(), MSG_NOSIGNAL);
            }
        }
    }
    ::close(fd);
}

}  // namespace spf::test
