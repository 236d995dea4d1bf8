#include "spf/check.hpp"

#include <stdexcept>
#include <thread>

#include <catch2/catch.hpp>

#include "spf/resolver/zone.hpp"

namespace {

using spf::Result;

spf::Request some_request() {
    spf::Request request;
    request.ip = spf::IpAddress::v4({192, 0, 2, 1});
    request.mail_from = "ann@example.com";
    request.helo = "mx.example.org";
    return request;
}

/// Takes its time for each answer.
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

}  // namespace

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
