// The blocking check_host(): an Evaluation driven by a Resolver.

#include "spf/check.hpp"

#include <chrono>

namespace spf {
namespace {

using Clock = std::chrono::steady_clock;

void drive(Evaluation& evaluation, dns::Resolver& resolver, std::chrono::milliseconds limit) {
    const auto begin = Clock::now();
    while (!evaluation.done()) {
        evaluation.answer(resolver.resolve(evaluation.pending()));
        if (evaluation.done()) return;
        // In the limit's own unit: a deadline of centuries has no number of nanoseconds.
        if (std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - begin) > limit)
            evaluation.expire();
    }
}

}  // namespace

Outcome check_host(const Request& request, dns::Resolver& resolver, const Options& options) {
    Evaluation evaluation{request, options};
    drive(evaluation, resolver, options.limits.deadline);
    return std::move(evaluation).outcome();
}

const Outcome& check_host(Evaluation& reused, const Request& request, dns::Resolver& resolver,
                          const Options& options) {
    reused.reset(request, options);
    drive(reused, resolver, options.limits.deadline);
    return reused.outcome();
}

}  // namespace spf
