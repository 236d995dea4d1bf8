// The line that shows a person at a terminal what the program waits for.
#pragma once

#include <cstddef>
#include <string>

#include "spf/dns/resolver.hpp"

namespace spfcheck {

/// A line on standard error, which appears after a second and is removed when the answers are
/// there.
class WaitingLine {
public:
    /// Begins to wait. The line is shown only if `wanted` and if standard error is a terminal that
    /// can erase a line.
    explicit WaitingLine(bool wanted);
    /// Removes the line.
    ~WaitingLine();
    WaitingLine(const WaitingLine&) = delete;
    WaitingLine& operator=(const WaitingLine&) = delete;

    /// Returns whether update() may show anything, now or later.
    [[nodiscard]] bool is_possible() const noexcept { return is_possible_; }
    /// Shows that the program waits for the answer to `question`, if it has waited for a second.
    /// \param missing  the number of questions without an answer
    /// \param all      the number of all questions
    void update(const spf::dns::Question& question, std::size_t missing, std::size_t all);

private:
    bool is_possible_;
    spf::dns::Clock::time_point begin_ = spf::dns::Clock::now();
    std::string shown_;  // empty while no line is shown
};

}  // namespace spfcheck
