// How far a long run has come, for people at a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>

namespace spfcheck {

/// One line that is written over again and again. Says nothing unless standard error is a terminal that has
/// nothing else to show: neither results nor what is typed in.
class Progress {
public:
    /// \param input  the descriptor that is read: a regular file has a size, and so the run an end
    /// \param wanted  whether to show it, if it can be
    Progress(int input, std::ostream& err, bool wanted);

    [[nodiscard]] bool is_shown() const noexcept { return shown_; }
    /// \param done    lines answered
    /// \param octets  octets of input that are done with
    void update(std::uint64_t done, std::uint64_t octets);
    /// Takes the line away.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    std::ostream& err_;
    bool shown_;
    std::optional<std::uint64_t> size_;
    Clock::time_point begin_ = Clock::now();
};

}  // namespace spfcheck
