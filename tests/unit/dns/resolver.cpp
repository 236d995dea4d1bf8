// Questions, their deadlines, and the resolver that sets a deadline for all questions.

#include "spf/dns/resolver.hpp"

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;
using spf::dns::AnswerPtr;
using spf::dns::Clock;
using spf::dns::Question;
using spf::dns::RecordType;
using spf::dns::Status;

/// Answers slowly, and notes the deadlines of questions.
class SlowResolver final : public spf::dns::Resolver {
public:
    explicit SlowResolver(std::chrono::milliseconds delay) : delay_(delay) {}
    AnswerPtr resolve(const Question& question) override {
        deadlines.push_back(question.deadline);
        std::this_thread::sleep_for(delay_);
        return spf::dns::make_answer(Status::nxdomain);
    }
    std::vector<Clock::time_point> deadlines;

private:
    std::chrono::milliseconds delay_;
};

constexpr Question question{"example.com", RecordType::a};

}  // namespace

TEST_CASE("a question is the same however long there is to wait", "[dns]") {
    Question hasty = question;
    hasty.deadline = Clock::time_point::min();
    CHECK(hasty == question);
    CHECK(question.deadline == Clock::time_point::max());
    CHECK_FALSE(hasty == Question{"example.com", RecordType::aaaa});
}

TEST_CASE("any duration makes a deadline", "[dns]") {
    using std::chrono::milliseconds;
    const auto before = Clock::now();
    CHECK(spf::dns::deadline_after(milliseconds::max()) == Clock::time_point::max());
    CHECK(spf::dns::deadline_after(std::chrono::years{1}) >= before + std::chrono::years{1});
    for (const auto none : {0ms, -1ms, milliseconds::min()}) {
        const auto deadline = spf::dns::deadline_after(none);
        const auto after = Clock::now();
        CHECK(deadline >= before);
        CHECK(deadline <= after);
    }
}

TEST_CASE("one deadline over all questions: the earlier one counts", "[dns]") {
    SlowResolver slow{0ms};
    const auto deadline = spf::dns::deadline_after(1h);
    spf::dns::DeadlineResolver timed{slow, deadline};
    CHECK(timed.resolve(question)->status == Status::nxdomain);
    Question sooner = question;
    sooner.deadline = deadline - 1min;
    CHECK(timed.resolve(sooner)->status == Status::nxdomain);
    Question later = question;
    later.deadline = deadline + 1min;
    CHECK(timed.resolve(later)->status == Status::nxdomain);
    CHECK(slow.deadlines == std::vector{deadline, deadline - 1min, deadline});
    CHECK_FALSE(timed.is_over());
}

TEST_CASE("what is late counts as a timeout, and nothing is asked any more", "[dns]") {
    SlowResolver slow{20ms};
    spf::dns::DeadlineResolver timed{slow, spf::dns::deadline_after(10ms)};
    CHECK(timed.resolve(question)->status == Status::timeout);
    CHECK(timed.is_over());
    CHECK(timed.resolve(question)->status == Status::timeout);
    CHECK(slow.deadlines.size() <= 1);  // none if this machine was even slower
}
