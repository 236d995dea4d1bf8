#include "spf/evaluation/check_host.hpp"

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "spf/policy/cache.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"

namespace {

using spf::Result;

spf::Request some_request() {
    spf::Request request;
    request.ip = spf::IpAddress::v4({192, 0, 2, 1});
    request.mail_from = "ann@example.com";
    request.helo = "mx.example.org";
    return request;
}

/// Answers each question slowly.
class SlowResolver final : public spf::dns::Resolver {
public:
    explicit SlowResolver(std::chrono::milliseconds delay) : delay_(delay) {}
    spf::dns::AnswerPtr resolve(const spf::dns::Question&) override {
        ++asked;
        std::this_thread::sleep_for(delay_);
        auto answer = std::make_shared<spf::dns::Answer>();
        answer->status = spf::dns::Status::ok;
        answer->texts = {"v=spf1 include:example.com -all"};
        return answer;
    }
    int asked = 0;

private:
    std::chrono::milliseconds delay_;
};

class ThrowingResolver final : public spf::dns::Resolver {
public:
    spf::dns::AnswerPtr resolve(const spf::dns::Question&) override {
        throw std::runtime_error("gone");
    }
};

/// Has all answers, and counts how it is asked for them.
class LendingResolver final : public spf::dns::Resolver {
public:
    LendingResolver() { zone_.add_txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all"); }

    [[nodiscard]] bool is_immediate() const noexcept override { return true; }
    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        ++resolved;
        return zone_.resolve(question);
    }
    spf::dns::AnswerPtr borrow(const spf::dns::Question& question) override {
        ++lent;
        return zone_.borrow(question);
    }
    int resolved = 0;
    int lent = 0;

private:
    spf::ZoneResolver zone_;
};

/// Lets every client pass, but after 20 ms; may claim that it never waits.
class LateResolver final : public spf::dns::Resolver {
public:
    explicit LateResolver(bool is_immediate) : is_immediate_(is_immediate) {}

    [[nodiscard]] bool is_immediate() const noexcept override { return is_immediate_; }
    spf::dns::AnswerPtr resolve(const spf::dns::Question&) override {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        auto answer = std::make_shared<spf::dns::Answer>();
        answer->status = spf::dns::Status::ok;
        answer->texts = {"v=spf1 +all"};
        return answer;
    }

private:
    bool is_immediate_;
};

}  // namespace

TEST_CASE("a resolver that holds its answers lends them to check_host()", "[check_host]") {
    LendingResolver resolver;
    CHECK(spf::check_host(some_request(), resolver).result == Result::pass);
    CHECK(resolver.lent == 1);
    CHECK(resolver.resolved == 0);
}

TEST_CASE("borrowing asks resolve() unless a resolver lends", "[check_host][resolver]") {
    SlowResolver resolver{std::chrono::milliseconds{0}};
    CHECK(resolver.borrow({"example.com", spf::dns::RecordType::txt}).use_count() == 1);
    CHECK(resolver.asked == 1);
}

TEST_CASE("the blocking check gives up at its deadline", "[check][rfc7208-4.6.4]") {
    SlowResolver slow{std::chrono::milliseconds(30)};
    spf::Options options;
    options.limits.deadline = std::chrono::milliseconds(50);
    const auto outcome = check_host(some_request(), slow, options);
    CHECK(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == spf::Problem::Code::deadline);
    CHECK(slow.asked < 6);
}

TEST_CASE("an answer that comes after the deadline counts as none", "[check][rfc7208-4.6.4]") {
    LateResolver late{false};
    spf::Options options;
    options.limits.deadline = std::chrono::milliseconds(5);
    const auto outcome = check_host(some_request(), late, options);
    CHECK(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == spf::Problem::Code::deadline);

    options.limits.deadline = std::chrono::hours(1);
    CHECK(check_host(some_request(), late, options).result == Result::pass);
}

TEST_CASE("a resolver that never waits is not timed", "[check]") {
    LateResolver slow{true};
    spf::Options options;
    options.limits.deadline = std::chrono::milliseconds(5);
    CHECK(check_host(some_request(), slow, options).result == Result::pass);
    options.limits.deadline = std::chrono::milliseconds(0);
    CHECK(check_host(some_request(), slow, options).result == Result::temperror);
}

TEST_CASE("an explanation that comes after the deadline leaves the fail as it is",
          "[check][rfc7208-6.2]") {
    class LateExplanation final : public spf::dns::Resolver {
    public:
        spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
            auto answer = std::make_shared<spf::dns::Answer>();
            answer->status = spf::dns::Status::ok;
            if (question.name == "example.com") {
                answer->texts = {"v=spf1 -all exp=why.example.com"};
                return answer;
            }
            std::this_thread::sleep_until(question.deadline);
            answer->texts = {"because"};
            return answer;
        }
    } late;
    spf::Options options;
    options.limits.deadline = std::chrono::milliseconds(500);
    const auto outcome = check_host(some_request(), late, options);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation.empty());
}

TEST_CASE("all questions of a check carry its one deadline", "[check][rfc7208-4.6.4]") {
    class Recorder final : public spf::dns::Resolver {
    public:
        spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
            seen.push_back(question.deadline);
            return zone.resolve(question);
        }
        spf::ZoneResolver zone;
        std::vector<spf::dns::Clock::time_point> seen;
    } recorder;
    recorder.zone.add_txt("example.com", "v=spf1 include:a.example.com mx -all");
    recorder.zone.add_txt("a.example.com", "v=spf1 -all");
    spf::Options options;
    options.limits.deadline = std::chrono::minutes(1);
    const auto before = spf::dns::Clock::now();
    CHECK(check_host(some_request(), recorder, options).result == Result::fail);
    const auto after = spf::dns::Clock::now();
    REQUIRE(recorder.seen.size() == 3);
    CHECK(recorder.seen[0] >= before + std::chrono::minutes(1));
    CHECK(recorder.seen[0] <= after + std::chrono::minutes(1));
    CHECK(recorder.seen[1] == recorder.seen[0]);
    CHECK(recorder.seen[2] == recorder.seen[0]);
}

TEST_CASE("what is asked for a policy has the deadline of the check that it is made for",
          "[policy][rfc7208-4.6.4]") {
    /// Answers that may not be cached, so that they are asked for again for the policy.
    class Recorder final : public spf::dns::Resolver {
    public:
        spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
            deadlines.push_back(question.deadline);
            auto answer = std::make_shared<spf::dns::Answer>();
            answer->status = spf::dns::Status::ok;
            answer->texts = {"v=spf1 ip4:192.0.2.1 -all"};
            return answer;
        }
        std::vector<spf::dns::Clock::time_point> deadlines;
    } recorder;
    spf::AnswerCache answers;
    spf::PolicyCacheOptions options;
    options.compile_after = 1;
    spf::PolicyCache policies{answers, options};
    const auto latest = spf::dns::deadline_after(std::chrono::hours(1));
    CHECK(check_host(some_request(), recorder, policies).result == spf::Result::pass);
    REQUIRE(recorder.deadlines.size() == 2);
    for (const auto deadline : recorder.deadlines) CHECK(deadline < latest);
}

TEST_CASE("a deadline of zero or less is over at the first question", "[check]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 +all");
    for (const auto deadline : {std::chrono::milliseconds(0), std::chrono::milliseconds(-1),
                                std::chrono::milliseconds::min()}) {
        spf::Options options;
        options.limits.deadline = deadline;
        CHECK(check_host(some_request(), zone, options).result == Result::temperror);
    }
}

TEST_CASE("a deadline may be as long as its type allows", "[check]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 a -all");
    zone.add_a("example.com", spf::IpAddress::v4({192, 0, 2, 1}));
    spf::Options options;
    options.limits.deadline = std::chrono::milliseconds::max();
    CHECK(check_host(some_request(), zone, options).result == Result::pass);
}

TEST_CASE("the default deadline allows the twenty seconds of the standard",
          "[check][rfc7208-4.6.4]") {
    CHECK(spf::Limits{}.deadline >= std::chrono::seconds(20));
}

TEST_CASE("the default limits are those of the standard", "[check][rfc7208-4.6.4]") {
    const spf::Limits limits;
    CHECK(limits.dns_lookups == 10);
    CHECK(limits.void_lookups == 2);
    CHECK(limits.mx_names == 10);
    CHECK(limits.ptr_names == 10);
}

TEST_CASE("a resolver that answers null makes a temperror", "[check][rfc7208-4.4]") {
    class NullResolver final : public spf::dns::Resolver {
        spf::dns::AnswerPtr resolve(const spf::dns::Question&) override { return nullptr; }
    } null;
    CHECK(check_host(some_request(), null).result == Result::temperror);
}

TEST_CASE("what a resolver throws passes through, and the evaluation can be used again",
          "[check]") {
    ThrowingResolver throwing;
    spf::Evaluation reused;
    CHECK_THROWS_AS(check_host(some_request(), throwing), std::runtime_error);
    CHECK_THROWS_AS(check_host(reused, some_request(), throwing), std::runtime_error);
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 +all");
    CHECK(check_host(reused, some_request(), zone).result == Result::pass);
}

TEST_CASE("a reused evaluation keeps nothing of the check before", "[check]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -ptr:example.org -all exp=why.example.com");
    zone.add_txt("why.example.com", "because of %{p}");
    zone.add_ptr("1.2.0.192.in-addr.arpa", "mail.example.net");
    zone.add_a("mail.example.net", spf::IpAddress::v4({192, 0, 2, 1}));
    spf::Evaluation reused;
    spf::Options tracing;
    tracing.trace = true;
    const auto& first = check_host(reused, some_request(), zone, tracing);
    CHECK(first.explanation == "because of mail.example.net");
    CHECK_FALSE(first.trace.empty());

    auto request = some_request();
    request.ip = spf::IpAddress::v4({192, 0, 2, 9});
    const auto& second = check_host(reused, request, zone);
    CHECK(second.explanation == "because of unknown");
    CHECK(second.trace.empty());

    request.mail_from = "ann@nowhere.example";
    const auto& third = check_host(reused, request, zone);
    CHECK(third.result == Result::none);
    CHECK(third.mechanism.empty());
    CHECK(third.mechanism_domain.empty());
    CHECK(third.explanation.empty());
    CHECK(third.explanation_domain.empty());
    CHECK(third.dns_lookups == 0);
    CHECK(third.void_lookups == 0);

    request.mail_from = "ann@example.com";
    CHECK_FALSE(check_host(reused, request, zone).problem);
}

TEST_CASE("many checks may run at once over one zone", "[check][threads]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 include:a.example mx -all");
    zone.add_txt("a.example", "v=spf1 a:b.example -all");
    zone.add_a("b.example", spf::IpAddress::v4({192, 0, 2, 1}));
    std::atomic<int> passed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            spf::Evaluation reused;
            for (int n = 0; n < 500; ++n) {
                if (check_host(reused, some_request(), zone).result == Result::pass) ++passed;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(passed == 2000);
}

TEST_CASE("a check that leads back to itself says so, and one with many terms does not",
          "[check][rfc7208-4.6.4]") {
    const auto loop = [](std::initializer_list<std::pair<const char*, const char*>> records) {
        spf::ZoneResolver zone;
        for (const auto& [name, record] : records) zone.add_txt(name, record);
        for (char c = 'a'; c <= 'k'; ++c) {
            zone.add_a(std::string(1, c) + ".host.example", spf::IpAddress::v4({192, 0, 2, 77}));
        }
        const auto outcome = check_host(some_request(), zone);
        REQUIRE(outcome.problem);
        CHECK(outcome.problem->code == spf::Problem::Code::too_many_dns_lookups);
        return outcome.problem->loop;
    };
    CHECK(loop({{"example.com", "v=spf1 include:example.com -all"}}) == "example.com");
    CHECK_FALSE(loop({{"example.com", "v=spf1 include:b.example -all"},
                      {"b.example", "v=spf1 include:EXAMPLE.com -all"}})
                    .empty());
    CHECK(loop({{"example.com", "v=spf1 redirect=b.example"},
                {"b.example", "v=spf1 redirect=b.example"}}) == "b.example");
    // The eleventh term is beside the loop.
    CHECK(loop({{"example.com", "v=spf1 include:b.example -all"},
                {"b.example", "v=spf1 a:a.host.example include:side.example include:b.example"},
                {"side.example", "v=spf1 a:b.host.example a:c.host.example -all"}}) == "b.example");
    CHECK(loop({{"example.com",
                 "v=spf1 a:a.host.example a:b.host.example a:c.host.example a:d.host.example "
                 "a:e.host.example a:f.host.example a:g.host.example a:h.host.example "
                 "a:i.host.example a:j.host.example a:k.host.example -all"}})
              .empty());
    CHECK(loop({{"example.com",
                 "v=spf1 include:b.example include:b.example include:b.example include:b.example "
                 "include:b.example include:b.example include:b.example include:b.example "
                 "include:b.example include:b.example include:b.example -all"},
                {"b.example", "v=spf1 -all"}})
              .empty());
}

TEST_CASE("of a domain without record, the text that looks like one is kept",
          "[check][rfc7208-4.5]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "some token");
    CHECK(check_host(some_request(), zone).problem->text.empty());
    zone.add_txt("example.com", "v=spf1include:_spf.example.net?all");
    const auto outcome = check_host(some_request(), zone);
    CHECK(outcome.result == Result::none);
    CHECK(outcome.problem->text == "v=spf1include:_spf.example.net?all");
    CHECK(outcome.problem->message() ==
          "example.com has no SPF record, only a TXT record that looks like an SPF record but is "
          "not one");
}
