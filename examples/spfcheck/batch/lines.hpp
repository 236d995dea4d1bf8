// Lines from one stream to several threads and back, with bounds on the memory for both.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace spfcheck {

/// A part of the input that consists of whole lines.
struct Block {
    std::uint64_t first_line = 1;  ///< the number of its first line
    /// Each line with its '\n', except for the very last line of the input. Of a line that is too
    /// long only the beginning.
    std::string text;
};

/// Splits a file descriptor into blocks of whole lines. Threads share it: each takes the next
/// block.
///
/// Nothing is read before a thread asks for it, so the program holds no more of an endless input
/// than its threads work on.
class LineSource {
public:
    /// Octets of a line without its '\n'. Of a longer line, one octet more is returned, which shows
    /// that it is too long; its rest is skipped, because it must not be taken for another line.
    static constexpr std::size_t longest_line = std::size_t{1} << 16U;

    explicit LineSource(int descriptor) : descriptor_(descriptor) {}

    enum class Taken { block, not_yet, end };
    /// Takes the next block; `not_yet` means that the input has none so far. With `wait`, `not_yet`
    /// is returned only after a tenth of a second.
    Taken take(Block& block, bool wait);

    /// The descriptor to wait for (POLLIN) after `not_yet`.
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    /// Makes every later take() return `end`.
    void stop() noexcept { stopped_ = true; }
    /// errno of a read that failed, or 0.
    [[nodiscard]] int error() const noexcept { return error_; }
    /// Octets skipped so far.
    [[nodiscard]] std::uint64_t skipped() const noexcept { return skipped_; }

private:
    bool read_more();
    void hand_out(Block& block, std::size_t size);

    std::mutex mutex_;
    int descriptor_;
    std::string rest_;  // read but not returned; less than a line while more is read
    std::uint64_t next_line_ = 1;
    bool at_end_ = false;
    std::atomic<std::uint64_t> skipped_ = 0;
    std::atomic<int> error_ = 0;
    std::atomic<bool> stopped_ = false;
};

/// Writes whole lines to a file descriptor; lines of different threads are not mixed. A write
/// blocks while the reader is slow, which also slows down the checks.
class LineSink {
public:
    explicit LineSink(int descriptor) : descriptor_(descriptor) {}

    /// Writes the text and empties it.
    /// \return false if the reader has gone away or the disk is full
    bool write(std::string& text);

    /// errno of the first write that failed, or 0.
    [[nodiscard]] int error() const noexcept { return error_; }

private:
    std::mutex mutex_;
    int descriptor_;
    std::atomic<int> error_ = 0;
};

}  // namespace spfcheck
