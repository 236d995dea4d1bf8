// policyd-names PORT MICROSECONDS
//
// A name server on 127.0.0.1 that answers each question after this time, over UDP. It has names
// without end (mail.hpp), so that every question can be a new one, and no zone has to be loaded:
//
//   d<n>.load.test      "v=spf1 include:i<n>.load.test -all"
//   i<n>.load.test      "v=spf1 ip4:192.0.2.0/24 -all", or a network without the client if forged
//   local.load.test     "v=spf1 ip4:127.0.0.1 -all"
//
// Other names do not exist. SIGTERM ends the program.

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include <poll.h>

#include "mail.hpp"
#include "sockets.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::size_t header_size = 12;  // octets (RFC 1035, 4.1.1)
constexpr char type_txt = 16;

/// A question: its octets in the message, and what they mean.
struct Question {
    std::string_view octets;
    std::string name;  ///< in lower case, with a dot after each label
    char type = 0;
};

std::optional<Question> question_of(std::string_view message) {
    Question question;
    std::size_t at = header_size;
    while (at < message.size() && message[at] != 0) {
        const auto length = static_cast<std::size_t>(message[at]);
        if (length > 63 || at + 1 + length >= message.size()) return std::nullopt;
        for (const char c : message.substr(at + 1, length)) {
            question.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        question.name += '.';
        at += 1 + length;
    }
    constexpr std::size_t type_and_class = 4;
    at += 1;
    if (at + type_and_class > message.size()) return std::nullopt;
    question.type = message[at + 1];
    question.octets = message.substr(header_size, at + type_and_class - header_size);
    return question;
}

/// Returns the record of a name, or an empty text if the name does not exist.
std::string record_of(std::string_view name) {
    if (name == "local.load.test.") return "v=spf1 ip4:127.0.0.1 -all";
    const std::size_t dot = name.find('.');
    if (dot == name.npos || dot < 2 || name.substr(dot) != ".load.test.") return {};
    const std::string digits{name.substr(1, dot - 1)};
    if (digits.find_first_not_of("0123456789") != std::string::npos) return {};
    if (name[0] == 'd') return "v=spf1 include:i" + digits + ".load.test -all";
    if (name[0] != 'i') return {};
    return load::is_forged(load::number_or_exit(digits)) ? "v=spf1 ip4:198.51.100.0/24 -all"
                                                         : "v=spf1 ip4:192.0.2.0/24 -all";
}

/// Returns the answer to a message, or nothing if the message is not a question.
std::string answer_to(std::string_view message) {
    if (message.size() < header_size) return {};
    const auto question = question_of(message);
    if (!question) return {};
    const std::string record = record_of(question->name);
    const bool has_answer = !record.empty() && question->type == type_txt;

    std::string out{message.substr(0, 2)};
    out += static_cast<char>(0x84 | (message[2] & 0x01));  // an answer, with authority
    out += record.empty() ? '\3' : '\0';
    out += has_answer ? "\0\1\0\1\0\0\0\0"s : "\0\1\0\0\0\1\0\0"s;
    out += question->octets;
    if (has_answer) {
        out += "\xc0\x0c\0\x10\0\1\0\0\x0e\x10\0"sv;  // the question's name, TXT IN, 3600 s
        out += static_cast<char>(record.size() + 1);
        out += static_cast<char>(record.size());
        out += record;
    } else {  // the zone's SOA record, so that the answer can be kept (RFC 2308)
        out += "\4load\4test\0\0\6\0\1\0\0\x0e\x10\0\x16\0\0"sv;
        out += "\0\0\0\1\0\0\x0e\x10\0\0\2\x58\0\1\x51\x80\0\0\x0e\x10"sv;
    }
    return out;
}

struct Delayed {
    Clock::time_point due;
    sockaddr_in client;
    std::string message;
};

class Server {
public:
    Server(int fd, std::chrono::microseconds delay) : fd_(fd), delay_(delay) {}

    [[noreturn]] void run() {
        while (true) {
            wait();
            receive();
            const auto now = Clock::now();
            for (; !delayed_.empty() && delayed_.front().due <= now; delayed_.pop_front()) {
                send(delayed_.front().client, delayed_.front().message);
            }
        }
    }

private:
    void wait() const {
        pollfd watched{fd_, POLLIN, 0};
        if (delayed_.empty()) {
            ppoll(&watched, 1, nullptr, nullptr);
            return;
        }
        const auto left = std::chrono::nanoseconds(delayed_.front().due - Clock::now()).count();
        constexpr long per_second = 1'000'000'000;
        const timespec timeout{left > 0 ? left / per_second : 0, left > 0 ? left % per_second : 0};
        ppoll(&watched, 1, &timeout, nullptr);
    }

    void receive() {
        std::array<char, 2048> buffer{};
        while (true) {
            sockaddr_in client{};
            socklen_t size = sizeof client;
            const ssize_t got =
                recvfrom(fd_, buffer.data(), buffer.size(), 0,
                         static_cast<sockaddr*>(static_cast<void*>(&client)), &size);
            if (got < 0) return;
            std::string answer = answer_to({buffer.data(), static_cast<std::size_t>(got)});
            if (answer.empty()) continue;
            if (delay_.count() == 0) {
                send(client, answer);
            } else {
                delayed_.push_back({Clock::now() + delay_, client, std::move(answer)});
            }
        }
    }

    void send(const sockaddr_in& client, std::string_view message) const {
        sendto(fd_, message.data(), message.size(), 0, load::generic(client), sizeof client);
    }

    int fd_;
    std::chrono::microseconds delay_;
    std::deque<Delayed> delayed_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: policyd-names PORT MICROSECONDS\n", stderr);
        return 64;
    }
    const int fd = load::bound_or_exit(SOCK_DGRAM, load::number_or_exit(argv[1]));
    const int octets = 8 << 20;  // so that no question is lost while the machine is busy
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    Server{fd, std::chrono::microseconds(load::number_or_exit(argv[2]))}.run();
}
