#include "batch/lines.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace spfcheck {
namespace {

bool is_readable(int descriptor, int milliseconds) {
    pollfd wanted{descriptor, POLLIN, 0};
    return ::poll(&wanted, 1, milliseconds) > 0;
}

}  // namespace

LineSource::Taken LineSource::take(Block& block, bool wait) {
    const std::lock_guard lock{mutex_};
    while (!stopped_) {
        const std::size_t newline = rest_.rfind('\n');
        if (newline != std::string::npos) {
            hand_out(block, newline + 1);
            return Taken::block;
        }
        if (at_end_) {
            if (rest_.empty()) return Taken::end;
            hand_out(block, rest_.size());
            return Taken::block;
        }
        if (!is_readable(descriptor_, wait ? 100 : 0)) return Taken::not_yet;
        if (!read_more()) at_end_ = true;
        // A line that is too long is read and skipped chunk by chunk. Returns after each chunk, so
        // that the thread can do its other work, however long the line is.
        if (rest_.size() > longest_line && rest_.find('\n') == std::string::npos) {
            return Taken::not_yet;
        }
    }
    return Taken::end;
}

bool LineSource::read_more() {
    std::array<char, longest_line> buffer;  // NOLINT(*-member-init): filled by read()
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) return true;
    if (count < 0) error_ = errno;
    if (count <= 0) return false;
    const std::string_view chunk{buffer.data(), static_cast<std::size_t>(count)};
    // rest_ is the beginning of a line. With the first octets of the chunk, this line may become
    // too long. The lines that begin within the chunk cannot be too long yet, because the whole
    // chunk has at most longest_line octets.
    const std::size_t tail = std::min(chunk.find('\n'), chunk.size());
    const std::size_t kept = std::min(tail, longest_line + 1 - rest_.size());
    rest_.append(chunk.substr(0, kept)).append(chunk.substr(tail));
    skipped_ += tail - kept;
    return true;
}

void LineSource::hand_out(Block& block, std::size_t size) {
    block.first_line = next_line_;
    block.text.assign(rest_, 0, size);
    rest_.erase(0, size);
    next_line_ +=
        static_cast<std::uint64_t>(std::count(block.text.begin(), block.text.end(), '\n'));
}

bool LineSink::write(std::string& text) {
    const std::lock_guard lock{mutex_};
    std::string_view rest = text;
    while (!rest.empty() && error_ == 0) {
        const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
        if (count >= 0) {
            rest.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            pollfd wanted{descriptor_, POLLOUT, 0};
            static_cast<void>(::poll(&wanted, 1, -1));
        } else if (errno != EINTR) {
            error_ = errno;
        }
    }
    text.clear();
    return error_ == 0;
}

}  // namespace spfcheck
