// Which lines of the input are done already, according to the output of an earlier run.
//
// The output lines of a survey come in any order, but none is far from the others in the input. So
// the numbers of the lines that are done are kept as a few ranges, however many lines there are.
// With each range comes a sum over its lines of a hash of number and domain. So an input that is
// not the one of the earlier run is noticed when the lines of the first range have been read,
// before any further domain is examined.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/failure.hpp"
#include "spf/base/error.hpp"
#include "survey/judgement.hpp"

namespace spfcheck {

/// The lines that an earlier run has written. Threads may share an object that is not changed; only
/// skip() may be called by several threads.
class DoneLines {
public:
    /// Adds a line of the earlier output. Ignores a line that was added before.
    void add(std::uint64_t line, std::string_view domain);
    /// Must be called after the last add() and before the first skip().
    void freeze();
    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

    /// What is known about a line of the input.
    enum class Known {
        is_new,  ///< it has to be examined
        done,    ///< it is in the earlier output
        differs  ///< the input is not the one that the earlier output is about
    };
    /// Returns what is known about a line of the input. `domain` is empty for a line without one.
    [[nodiscard]] Known skip(std::uint64_t line, std::string_view domain);
    /// Returns the first and last line of the range in which skip() found a difference or, after
    /// the whole input was read, of a range that is not part of the input; nothing if there is
    /// none.
    [[nodiscard]] std::optional<std::pair<std::uint64_t, std::uint64_t>> difference(
        bool at_end) const;

private:
    struct Range {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        std::uint64_t sum = 0;   // of the hashes of its lines in the earlier output
        std::uint64_t seen = 0;  // number of its lines found in the input
        std::uint64_t seen_sum = 0;
    };
    std::map<std::uint64_t, Range> growing_;  // by first line; empty after freeze()
    std::vector<Range> ranges_;               // in ascending order
    std::uint64_t count_ = 0;
    mutable std::mutex mutex_;
};

/// The file of an output that a survey continues.
class ResumedFile {
public:
    /// Opens the file, which is created if it does not exist. Adds its lines to `done`. Removes the
    /// last line if it has no line end, because a program that was killed wrote only a part of it.
    /// \return an error if the file cannot be opened, if another process has opened it like this,
    ///         or if it has lines that are not those of a survey with this format
    [[nodiscard]] static spf::Expected<ResumedFile, Failure> open(const std::string& path,
                                                                  Format format, DoneLines& done);
    ResumedFile(ResumedFile&& other) noexcept;
    ResumedFile& operator=(ResumedFile&&) = delete;
    ResumedFile(const ResumedFile&) = delete;
    ResumedFile& operator=(const ResumedFile&) = delete;
    ~ResumedFile();

    /// Returns the descriptor, whose writes are appended.
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    /// Returns whether the file has no line yet.
    [[nodiscard]] bool is_empty() const noexcept { return is_empty_; }

private:
    explicit ResumedFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
    bool is_empty_ = true;
};

}  // namespace spfcheck
