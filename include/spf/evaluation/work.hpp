/// \file evaluation/work.hpp  Limits on the work of finding the results of a domain's policy for
/// all addresses.
#pragma once

#include <algorithm>
#include <cstddef>

#include "spf/evaluation/request.hpp"

namespace spf {

/// A limit that several sweeps share. A sweep finds the results of a policy for all addresses. One
/// call of flatten() or authorize() makes many sweeps, and a WorkBudget limits the work of all of
/// them together. An object may be used by one thread at a time.
class WorkBudget {
public:
    /// Allows `work` steps, the unit of work that SweepOptions::max_work describes.
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

/// Limits on the work of one sweep, which finds the results of a domain's policy for all addresses.
/// When a limit is reached, the sweep ends before it has found all results, and
/// NetworkMap::is_too_large is set (analysis/networks.hpp).
struct SweepOptions {
    /// The default of `max_work`. This number of steps takes about 250 ms. A record with ten
    /// includes of 200 networks each needs 3 % of the steps.
    static constexpr std::size_t usual_work = 5'000'000;

    Limits limits{};  ///< the limits of each check (4.6.4)
    /// The maximum number of evaluations. Each range of addresses with the same outcome needs one.
    std::size_t max_evaluations = 65'536;
    /// The maximum amount of work, in steps that take less than 100 ns each. Every evaluation,
    /// every question, and every sequence of terms that is evaluated in one go counts as one or
    /// more steps. In addition, every term, every address in an answer, and every four octets of
    /// text count as one step when they are read for the first time.
    std::size_t max_work = usual_work;
    /// A budget that replaces `max_work`, unless the pointer is null. The steps are subtracted from
    /// the budget. It is not owned: it must exist until the function that receives these options
    /// returns.
    WorkBudget* budget = nullptr;
};

}  // namespace spf
