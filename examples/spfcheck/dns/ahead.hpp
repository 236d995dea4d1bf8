// Runs an analysis whose questions are asked at the same time, not one after the other.
#pragma once

#include "dns/dns.hpp"
#include "spf/analysis/tree_questions.hpp"
#include "spf/resolver/cache.hpp"

namespace spfcheck {

/// Answers from a TreeQuestions, and asks another resolver for all other answers.
class KnownFirst final : public spf::dns::Resolver {
public:
    KnownFirst(const spf::analysis::TreeQuestions& known, spf::dns::Resolver& others)
        : known_(known), others_(others) {}
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        spf::dns::AnswerPtr answer = known_.find(question);
        return answer != nullptr ? answer : others_.resolve(question);
    }

private:
    const spf::analysis::TreeQuestions& known_;
    spf::dns::Resolver& others_;
};

/// An analysis has its answers after two or three runs. Some hostile policies would need many runs,
/// each of which takes up to a second. After this number of runs, the last questions are asked one
/// after the other.
inline constexpr unsigned most_runs = 5;

/// Returns the result of an analysis. If name servers are asked, `questions` are asked first, with
/// all independent questions in flight. The analysis runs again if it needs further answers.
/// \param analysis  a function that takes a dns::Resolver and whose result depends only on the
///                  answers
template <class Analysis>
auto analyse(Dns& dns, spf::analysis::TreeQuestions& questions, const Analysis& analysis) {
    spf::AnswerCache cache;
    spf::CachingResolver cached(dns, cache);
    for (unsigned run = 0; dns.asks_servers() && run < most_runs; ++run) {
        dns.fetch(questions);
        spf::analysis::FetchedAnswers answers(questions, &cached);
        auto result = analysis(answers);
        if (answers.is_complete()) return result;
    }
    KnownFirst known(questions, cached);
    return analysis(known);
}

}  // namespace spfcheck
