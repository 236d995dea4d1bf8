// The blocking check_host(): a dns::Resolver answers the questions that an Evaluation asks.

#include <utility>

#include "spf/evaluation/check_host.hpp"

namespace spf {
namespace {

void drive(Evaluation& evaluation, dns::Resolver& resolver, std::chrono::milliseconds limit) {
    if (resolver.is_immediate() && limit > std::chrono::milliseconds{0}) {
        while (!evaluation.done()) evaluation.answer(resolver.borrow(evaluation.pending()));
        return;
    }
    const dns::Clock::time_point deadline = dns::deadline_after(limit);
    while (!evaluation.done()) {
        dns::Question question = evaluation.pending();
        question.deadline = deadline;
        dns::AnswerPtr answer = resolver.resolve(question);
        if (dns::Clock::now() < deadline) {
            evaluation.answer(std::move(answer));
        } else {
            evaluation.expire();  // an answer after the deadline is ignored
        }
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
