/// \file evaluation/work.hpp  How much may be done to evaluate a policy for all addresses.
#pragma once

#include <algorithm>
#include <cstddef>

#include "spf/evaluation/request.hpp"

namespace spf {

/// How much work several maps may do together, so that one call of flatten() or authorize(), which make
/// many of one domain, is bounded as a whole. For one thread at a time.
class WorkBudget {
public:
    explicit WorkBudget(std::size_t work) noexcept : left_(work) {}

    void spend(std::size_t work) noexcept { left_ -= std::min(left_, work); }
    [[nodiscard]] std::size_t left() const noexcept { return left_; }
    [[nodiscard]] bool is_spent() const noexcept { return left_ == 0; }

private:
    std::size_t left_;
};

/// How far to go. What is beyond is left open, see NetworkMap::is_too_large (analysis/networks.hpp).
struct SweepOptions {
    /// A quarter of a second, about. Ten includes of 200 networks each take 3 % of it.
    static constexpr std::size_t usual_work = 5'000'000;

    Limits limits;                         ///< of each check (4.6.4)
    std::size_t max_evaluations = 65'536;  ///< one for each range of addresses
    /// Steps, all evaluations together: questions and runs of terms that are gone through, and, once for
    /// each map, a step for four octets of text, and for each term and address. A step takes less than 100 ns.
    std::size_t max_work = usual_work;
    /// Where not null, it takes the place of `max_work`, and what is done is taken off it. Not owned; has to
    /// outlive the call.
    WorkBudget* budget = nullptr;
};

}  // namespace spf
