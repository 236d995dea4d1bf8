// slow-relay LISTEN-PORT SERVER-PORT MILLISECONDS
//
// Passes DNS questions to a name server on 127.0.0.1, and each answer back after this delay, as if
// the name server were far away. The time of a check then shows how many round trips it needs. Only
// UDP is supported. SIGTERM ends the program.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
using Packet = std::vector<std::uint8_t>;

sockaddr_in local(const char* port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::strtoul(port, nullptr, 10)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* generic(const sockaddr_in& address) {
    return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

Packet receive(int socket, sockaddr_in* from) {
    Packet packet(65535);
    socklen_t size = sizeof(sockaddr_in);
    const ssize_t got = recvfrom(socket, packet.data(), packet.size(), 0,
                                 static_cast<sockaddr*>(static_cast<void*>(from)),
                                 from == nullptr ? nullptr : &size);
    packet.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return packet;
}

struct Delayed {
    Clock::time_point due;
    sockaddr_in client;
    Packet packet;
};

class Relay {
public:
    Relay(int listening, sockaddr_in server, std::chrono::milliseconds delay)
        : listening_(listening), server_(server), delay_(delay) {}

    [[noreturn]] void run() {
        while (true) {
            wait();
            const auto now = Clock::now();
            for (; !delayed_.empty() && delayed_.front().due <= now; delayed_.pop_front()) {
                const Delayed& late = delayed_.front();
                sendto(listening_, late.packet.data(), late.packet.size(), 0, generic(late.client),
                       sizeof late.client);
            }
        }
    }

private:
    void wait() {
        std::vector<pollfd> watched{{listening_, POLLIN, 0}};
        for (const auto& [socket, client] : asked_) watched.push_back({socket, POLLIN, 0});
        int timeout = -1;
        if (!delayed_.empty()) {
            const auto left = delayed_.front().due - Clock::now();
            // poll() may return up to one millisecond too early. Then the loop runs without
            // sleeping until the answer is due.
            timeout = static_cast<int>(std::max<std::int64_t>(
                0, std::chrono::floor<std::chrono::milliseconds>(left).count()));
        }
        if (poll(watched.data(), watched.size(), timeout) <= 0) return;
        for (const pollfd& one : watched) {
            if ((one.revents & (POLLIN | POLLERR)) == 0) continue;
            one.fd == listening_ ? pass_on() : keep(one.fd);
        }
    }

    /// Passes a question on. Each question has its own socket, which shows to which client the
    /// answer must be sent.
    void pass_on() {
        sockaddr_in client{};
        const Packet packet = receive(listening_, &client);
        const int upstream = socket(AF_INET, SOCK_DGRAM, 0);
        if (upstream < 0) return;
        if (connect(upstream, generic(server_), sizeof server_) != 0 ||
            send(upstream, packet.data(), packet.size(), 0) < 0) {
            close(upstream);
            return;
        }
        asked_.emplace(upstream, client);
    }

    void keep(int upstream) {
        delayed_.push_back(
            {Clock::now() + delay_, asked_.at(upstream), receive(upstream, nullptr)});
        close(upstream);
        asked_.erase(upstream);
    }

    int listening_;
    sockaddr_in server_;
    std::chrono::milliseconds delay_;
    std::map<int, sockaddr_in> asked_;
    std::deque<Delayed> delayed_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: slow-relay LISTEN-PORT SERVER-PORT MILLISECONDS\n", stderr);
        return 64;
    }
    const int listening = socket(AF_INET, SOCK_DGRAM, 0);
    const sockaddr_in here = local(argv[1]);
    if (listening < 0 || bind(listening, generic(here), sizeof here) != 0) {
        std::perror("slow-relay");
        return 69;
    }
    Relay{listening, local(argv[2]), std::chrono::milliseconds{std::strtol(argv[3], nullptr, 10)}}
        .run();
}
