/// \file evaluation/work.hpp  How much work the evaluation of a policy for all addresses may do.
#pragma once

#include <algorithm>
#include <cstddef>

#include "spf/evaluation/request.hpp"

namespace spf {

/// A maximum of work for several maps together. It bounds one call of flatten() or authorize(),
/// which make many maps of one domain. For one thread at a time.
class WorkBudget {
public:
    /// Starts with `work` steps (SweepOptions::max_work).
    explicit WorkBudget(std::size_t work) noexcept : left_(work) {}

    /// Subtracts `work` steps, but never goes below zero.
    void spend(std::size_t work) noexcept { left_ -= std::min(left_, work); }
    /// The steps that are left.
    [[nodiscard]] std::size_t left() const noexcept { return left_; }
    /// Whether no steps are left.
    [[nodiscard]] bool is_spent() const noexcept { return left_ == 0; }

private:
    std::size_t left_;
};

/// How much work the evaluation for all addresses may do. Addresses beyond it stay undecided, see
/// NetworkMap::is_too_large (analysis/networks.hpp).
struct SweepOptions {
    /// About 250 ms. A record with ten includes of 200 networks each takes 3 % of it.
    static constexpr std::size_t usual_work = 5'000'000;

    Limits limits;                         ///< the limits of each check (4.6.4)
    std::size_t max_evaluations = 65'536;  ///< maximum number of evaluations: one per range
    /// Maximum number of steps of all evaluations together. A step takes less than 100 ns. Steps
    /// are counted for each question and each run of terms that is evaluated, and once per map for
    /// every four octets of text, for every term and for every address.
    std::size_t max_work = usual_work;
    /// Replaces `max_work` if it is not null: the work done is subtracted from it. Not owned; has
    /// to outlive the call.
    WorkBudget* budget = nullptr;
};

}  // namespace spf
