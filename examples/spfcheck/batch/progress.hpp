// The progress of a long run, for people at a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>

namespace spfcheck {

/// A line on standard error that is overwritten at each update. It is shown only if standard error
/// is a terminal, and neither the input nor the output is a terminal.
class Progress {
public:
    /// \param input  the descriptor of the input; if it is a regular file, its size is used to
    ///               estimate the remaining time
    /// \param wanted  false if the line must not be shown, even on a terminal
    /// \param prints  false if the output goes to a file other than standard output
    Progress(int input, std::ostream& err, bool wanted, bool prints = true);

    [[nodiscard]] bool is_shown() const noexcept { return shown_; }
    /// \param done    number of output lines so far
    /// \param octets  number of octets of input that have been processed
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
