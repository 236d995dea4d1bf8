/// \file evaluation/work.hpp  Limits on the work of evaluating a domain's policy for all addresses.
#pragma once

#include <algorithm>
#include <cstddef>

#include "spf/evaluation/request.hpp"

namespace spf {

/// A limit on the work for several maps together (analysis/networks.hpp). It bounds one call of
/// flatten() or authorize(), because such a call makes many maps of one domain. An object may be
/// used by one thread at a time.
class WorkBudget {
public:
    /// Allows `work` steps (steps: see SweepOptions::max_work).
    explicit WorkBudget(std::size_t work) noexcept : left_(work) {}

    /// Subtracts `work` steps, but never goes below zero.
    void spend(std::size_t work) noexcept { left_ -= std::min(left_, work); }
    /// Returns the number of steps that are left.
    [[nodiscard]] std::size_t left() const noexcept { return left_; }
    /// Returns whether no steps are left.
    [[nodiscard]] bool is_spent() const noexcept { return left_ == 0; }

private:
    std::size_t left_;
};

/// How much work the evaluation for all addresses may do. When a limit is reached, no further
/// addresses are evaluated, and NetworkMap::is_too_large is set (analysis/networks.hpp).
struct SweepOptions {
    /// The default number of steps, which take about 250 ms. A record with ten includes of 200
    /// networks each needs 3 % of them.
    static constexpr std::size_t usual_work = 5'000'000;

    Limits limits;  ///< the limits of each check (4.6.4)
    /// The maximum number of evaluations. Each range of addresses with the same outcome needs one.
    std::size_t max_evaluations = 65'536;
    /// The maximum number of steps of all evaluations together. A step takes less than 100 ns.
    /// Steps are counted for each question and for each run of terms that is evaluated. In
    /// addition, each map counts every four octets of text, every term and every address as a step,
    /// once.
    std::size_t max_work = usual_work;
    /// A budget that replaces `max_work`, unless it is null. The steps are subtracted from the
    /// budget. It is not owned and must exist until the call returns.
    WorkBudget* budget = nullptr;
};

}  // namespace spf
