// Passes lines from one stream to several threads, and lines from these threads to another stream,
// with limited memory.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace spfcheck {

/// A part of the input that consists of whole lines.
struct Block {
    std::uint64_t first_line = 1;  ///< the number of its first line in the input
    /// The lines, each with its '\n'; the last line of the input may have none. A line that is too
    /// long is cut off, see LineSource::longest_line.
    std::string text;
};

/// Splits the input from a file descriptor into blocks of whole lines. Several threads may use the
/// same object; each call of take() returns the next block.
///
/// Input is read only when a thread asks for a block. So even with an endless input, memory is
/// needed only for the blocks that threads work on.
class LineSource {
public:
    /// The maximum length of a line in octets, without its '\n'. A longer line is cut off after
    /// longest_line + 1 octets, so its length shows that it is too long. The octets after the cut
    /// are skipped, because they must not be read as another line.
    static constexpr std::size_t longest_line = std::size_t{1} << 16U;

    explicit LineSource(int descriptor) : descriptor_(descriptor) {}

    enum class Taken { block, not_yet, end };
    /// Reads the next block. The result is `not_yet` if there is no whole line to read yet. With
    /// `wait`, the function waits for up to a tenth of a second before it returns `not_yet`.
    Taken take(Block& block, bool wait);

    /// Makes the next take() return this block again. At most one block can be put back.
    void put_back(Block block);

    /// Returns the file descriptor of the input. After `not_yet`, the caller can wait with poll()
    /// until the descriptor is readable (POLLIN).
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    /// Makes every later take() return `end`.
    void stop() noexcept { stopped_ = true; }
    /// Returns errno of the read that failed, or 0 if none failed.
    [[nodiscard]] int error() const noexcept { return error_; }
    /// Returns how many octets of lines that are too long have been skipped so far.
    [[nodiscard]] std::uint64_t skipped() const noexcept { return skipped_; }

private:
    bool read_more();
    void hand_out(Block& block, std::size_t size);

    std::mutex mutex_;
    int descriptor_;
    std::optional<Block> returned_;  // from put_back()
    std::string rest_;  // input that take() has not returned; has no '\n' in read_more()
    std::uint64_t next_line_ = 1;
    bool at_end_ = false;
    std::atomic<std::uint64_t> skipped_ = 0;
    std::atomic<int> error_ = 0;
    std::atomic<bool> stopped_ = false;
};

/// An input line, without its '\n'.
struct Line {
    std::string_view text;
    std::uint64_t number = 1;
    [[nodiscard]] std::size_t octets() const { return text.size() + 1; }
};

/// Splits one block of the input at a time into lines, which next() returns one by one.
class Lines {
public:
    /// Returns whether no line of the current block is left.
    [[nodiscard]] bool empty() const noexcept { return at_ == block_.text.size(); }
    LineSource::Taken take(LineSource& source, bool wait);
    /// Takes the next block if no line is left. If there is none to read yet, calls
    /// `before_waiting`, and then waits for up to a tenth of a second.
    /// \return `block` if a line is left
    LineSource::Taken await(LineSource& source, const std::function<void()>& before_waiting);
    /// Returns the next line of the block, which must not be empty(). The line is valid until the
    /// next call of take().
    [[nodiscard]] Line next();

private:
    Block block_;
    std::size_t at_ = 0;
    std::uint64_t number_ = 1;
};

/// Returns whether a line consists only of blanks. The result is false for a line that is too long,
/// because its end has been cut off and may not be blank.
[[nodiscard]] bool is_blank(std::string_view line);

/// Waits for the first line of the input that is not blank, and returns a copy of it. The input
/// still begins with this line for the threads that read it later. The text is empty if there is no
/// such line in the first block of the input, or if `interrupted` becomes true first. A mark of the
/// order of octets at the beginning (BOM) is removed for good.
struct FirstLine {
    std::string text;
    std::uint64_t number = 1;
};
[[nodiscard]] FirstLine first_line_of(LineSource& source, const std::atomic<bool>& interrupted);

/// Writes whole lines to a file descriptor; lines of different threads are not mixed. If the reader
/// of the output is slow, write() waits for it. So the thread starts no further checks meanwhile,
/// and memory is not filled with output lines.
class LineSink {
public:
    explicit LineSink(int descriptor) : descriptor_(descriptor) {}

    /// Writes the text, and then clears `text`.
    /// \return false if the text could not be written, for example to a closed pipe or a full disk
    bool write(std::string& text);

    /// Returns errno of the first write that failed, or 0 if none failed.
    [[nodiscard]] int error() const noexcept { return error_; }

private:
    std::mutex mutex_;
    int descriptor_;
    std::atomic<int> error_ = 0;
};

}  // namespace spfcheck
