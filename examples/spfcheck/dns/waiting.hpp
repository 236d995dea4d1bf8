// The line that shows a person at a terminal what the program waits for.
#pragma once

#include <cstddef>
#include <string>

#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// A line on standard error, which appears when a command has waited for a second, and which is
/// removed when the answers are there.
class WaitingLine {
public:
    /// Makes a line that is not shown yet. It will be shown only if `wanted` and if standard error
    /// is a terminal that can erase a line.
    /// \param begin  when the command began to wait for DNS
    WaitingLine(bool wanted, spf::dns::Clock::time_point begin);
    /// Removes the line.
    ~WaitingLine();
    WaitingLine(const WaitingLine&) = delete;
    WaitingLine& operator=(const WaitingLine&) = delete;

    /// Returns whether update() may show anything, now or later.
    [[nodiscard]] bool is_possible() const noexcept { return is_possible_; }
    /// Shows that the program waits for the answer to `question`, if a second has passed.
    /// \param missing  the number of questions without an answer
    /// \param all      the number of all questions
    void update(const spf::dns::Question& question, std::size_t missing, std::size_t all);

private:
    bool is_possible_;
    spf::dns::Clock::time_point begin_;
    std::string shown_;  // empty while no line is shown
};

}  // namespace spfcheck
