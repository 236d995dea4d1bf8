// Lines from one stream to several threads and back, with bounds on what is kept of either.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace spfcheck {

/// Whole lines of the input, cut out of it in one piece.
struct Block {
    std::uint64_t first_line = 1;  ///< the number of the first of them
    /// Each line with its '\n', but for the last of all. Of one that is too long only the beginning.
    std::string text;
};

/// Splits a file descriptor into blocks of whole lines. Shared by threads: each takes the next one.
///
/// Nothing is read before somebody wants it, so the program keeps no more of an endless input than
/// its threads work on.
class LineSource {
public:
    /// Octets of a line without its '\n'. Of a longer one, one octet more is handed out, which shows
    /// that it is too long; the rest of it is passed over, as it must not be taken for another line.
    static constexpr std::size_t longest_line = std::size_t{1} << 16U;

    explicit LineSource(int descriptor) : descriptor_(descriptor) {}

    enum class Taken { block, not_yet, end };
    /// Takes the next block; `not_yet`: the input has none so far. With `wait`, that is said only after
    /// a tenth of a second.
    Taken take(Block& block, bool wait);

    /// What to wait for (POLLIN) after `not_yet`.
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    /// From now on every take() says `end`.
    void stop() noexcept { stopped_ = true; }
    /// errno of a read that failed, or 0.
    [[nodiscard]] int error() const noexcept { return error_; }
    /// Octets passed over so far.
    [[nodiscard]] std::uint64_t skipped() const noexcept { return skipped_; }

private:
    bool read_more();
    void hand_out(Block& block, std::size_t size);

    std::mutex mutex_;
    int descriptor_;
    std::string rest_;  // read, but not handed out; less than a line while more is read
    std::uint64_t next_line_ = 1;
    bool at_end_ = false;
    std::atomic<std::uint64_t> skipped_ = 0;
    std::atomic<int> error_ = 0;
    std::atomic<bool> stopped_ = false;
};

/// Writes whole lines to a file descriptor; threads do not mix theirs. Blocks while the reader is
/// slow, which is what holds the checks back then.
class LineSink {
public:
    explicit LineSink(int descriptor) : descriptor_(descriptor) {}

    /// Writes the text and empties it. \return false where nobody reads any more or the disk is full.
    bool write(std::string& text);

    /// errno of the first write that failed, or 0.
    [[nodiscard]] int error() const noexcept { return error_; }

private:
    std::mutex mutex_;
    int descriptor_;
    std::atomic<int> error_ = 0;
};

}  // namespace spfcheck
