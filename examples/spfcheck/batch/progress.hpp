// The progress of a long run, for people at a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>

namespace spfcheck {

/// One line that is overwritten again and again. It is shown only if standard error is a terminal
/// on which neither results nor input appear.
class Progress {
public:
    /// \param input  the descriptor being read: the size of a regular file allows an estimate of
    /// the end
    /// \param wanted  whether to show the line, if possible
    Progress(int input, std::ostream& err, bool wanted);

    [[nodiscard]] bool is_shown() const noexcept { return shown_; }
    /// \param done    lines answered
    /// \param octets  octets of input that have been processed
    void update(std::uint64_t done, std::uint64_t octets);
    /// Removes the line.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    std::ostream& err_;
    bool shown_;
    std::optional<std::uint64_t> size_;
    Clock::time_point begin_ = Clock::now();
};

}  // namespace spfcheck
