#include "server/connection.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/socket.h>

#include "protocol/request.hpp"

namespace policyd {
namespace {

/// The memory for requests that a connection keeps between requests, in octets.
constexpr std::size_t max_kept = 8192;

bool would_block() noexcept { return errno == EAGAIN || errno == EWOULDBLOCK; }

}  // namespace

Connection::State Connection::receive() {
    // recv() fills it. NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
    std::array<char, 8192> octets;
    while (in_.size() < max_request_size) {
        const ssize_t size = ::recv(fd(), octets.data(), octets.size(), 0);
        if (size == 0) return State::at_end;
        if (size < 0) {
            if (errno == EINTR) continue;
            return would_block() ? State::open : State::broken;
        }
        if (in_.empty()) since_ = Clock::now();
        in_.append(octets.data(), static_cast<std::size_t>(size));
        if (static_cast<std::size_t>(size) < octets.size()) break;
    }
    return State::open;
}

std::optional<std::string_view> Connection::next_request() {
    const std::size_t end = in_.find("\n\n", searched_);
    if (end == std::string::npos) {
        searched_ = in_.empty() ? 0 : in_.size() - 1;
        return std::nullopt;
    }
    request_size_ = end + 2;
    return std::string_view(in_).substr(0, end + 1);
}

bool Connection::is_too_long() const noexcept {
    return !is_busy() && in_.size() >= max_request_size;
}

void Connection::answer(const Answer& answer) {
    in_.erase(0, request_size_);
    if (in_.empty() && in_.capacity() > max_kept) in_ = {};
    request_size_ = 0;
    searched_ = 0;
    append_wire(out_, answer);
}

Connection::State Connection::send_rest() {
    std::size_t sent = 0;
    while (sent < out_.size()) {
        const ssize_t size = ::send(fd(), out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL);
        if (size < 0) {
            if (errno == EINTR) continue;
            if (!would_block()) return State::broken;
            break;
        }
        sent += static_cast<std::size_t>(size);
    }
    out_.erase(0, sent);
    since_ = Clock::now();
    return State::open;
}

}  // namespace policyd
