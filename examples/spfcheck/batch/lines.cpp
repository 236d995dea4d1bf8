#include "batch/lines.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

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
    if (returned_ && !stopped_) {
        block = *std::move(returned_);
        returned_.reset();
        return Taken::block;
    }
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

void LineSource::put_back(Block block) {
    const std::lock_guard lock{mutex_};
    returned_ = std::move(block);
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

LineSource::Taken Lines::take(LineSource& source, bool wait) {
    const auto taken = source.take(block_, wait);
    if (taken == LineSource::Taken::block) {
        at_ = 0;
        number_ = block_.first_line;
    }
    return taken;
}

LineSource::Taken Lines::await(LineSource& source, const std::function<void()>& before_waiting) {
    if (!empty()) return LineSource::Taken::block;
    const auto taken = take(source, false);
    if (taken != LineSource::Taken::not_yet) return taken;
    before_waiting();
    return take(source, true);
}

Line Lines::next() {
    const std::string_view text = block_.text;
    const std::size_t end = std::min(text.find('\n', at_), text.size());
    const Line line{text.substr(at_, end - at_), number_++};
    at_ = std::min(end + 1, text.size());
    return line;
}

bool is_blank(std::string_view line) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    return line.size() <= LineSource::longest_line && std::all_of(line.begin(), line.end(), blank);
}

FirstLine first_line_of(LineSource& source, const std::atomic<bool>& interrupted) {
    Block block;
    auto taken = LineSource::Taken::not_yet;
    while (taken == LineSource::Taken::not_yet && !interrupted) taken = source.take(block, true);
    if (taken != LineSource::Taken::block) return {};
    constexpr std::string_view mark = "\xef\xbb\xbf";
    if (block.text.starts_with(mark)) block.text.erase(0, mark.size());
    FirstLine out{{}, block.first_line};
    for (std::string_view rest = block.text; !rest.empty(); ++out.number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (!is_blank(rest.substr(0, end))) {
            out.text = rest.substr(0, end);
            break;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    source.put_back(std::move(block));
    return out;
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
