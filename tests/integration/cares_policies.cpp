// The asynchronous driver with kept policies: when a policy answers, and that only the time
// differs.

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "integration/cares_support.hpp"
#include "integration/sockets.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/policy/cache.hpp"
#include "spf/resolver/cache.hpp"
#include "support/catch.hpp"
#include "support/clock.hpp"
#include "support/random_tree.hpp"

namespace {

using namespace std::chrono_literals;
using spf::CaresDriver;
using spf::CaresOptions;
using spf::Outcome;
using spf::PolicyCache;
using spf::Result;
using namespace spf::test;

CaresOptions with(PolicyCache& policies) {
    CaresOptions options;
    options.policies = &policies;
    return options;
}

/// example.com with an include, a name server that answers in rounds, and a driver that keeps
/// policies with a clock that the test sets.
struct Example : spf::test::TestClock {
    spf::ZoneResolver zone;
    LockstepServer server{zone};
    spf::AnswerCache answers{options()};
    PolicyCache policies{answers};
    CaresDriver driver = driver_for(server.server(), with(policies));

    explicit Example(const char* record = "v=spf1 include:mailer.example -all") { publish(record); }

    /// Replaces all data.
    void publish(const char* record) {
        zone = spf::ZoneResolver();
        zone.add_txt("example.com", record, 600s);
        zone.add_txt("mailer.example", "v=spf1 ip4:192.0.2.0/28 ?all", 300s);
        zone.add_txt("why.example", "not from %{i}", 300s);
    }
    static spf::Request request(const char* client = "192.0.2.1") {
        spf::Request made = spf::test::request_for("<Anne@Example.COM.>");
        made.ip = *spf::IpAddress::parse(client);
        return made;
    }
    Outcome check(const char* client = "192.0.2.1",
                  const spf::Options& how = CaresDriver::default_options()) {
        Outcome copy;
        driver.submit(
            request(client), [&copy](const Outcome& outcome) { copy = outcome; }, how);
        rounds(driver, server);
        return copy;
    }
    /// Checks until there is a policy.
    void learn() {
        for (int i = 0; i < 2; ++i) check();
        REQUIRE(policies.statistics().compiled == 1);
        REQUIRE(policies.statistics().hits == 0);
    }
    [[nodiscard]] std::uint64_t hits() const { return policies.statistics().hits; }
};

/// Submits another check from its own callback.
struct Chain {
    CaresDriver& driver;
    std::size_t count = 0;
    std::function<bool()> goes_on;

    void submit() {
        driver.submit(Example::request(), [this](const Outcome& outcome) {
            CHECK(outcome.result == Result::pass);
            ++count;
            if (goes_on()) submit();
        });
    }
};

}  // namespace

TEST_CASE("the driver answers the third check of a domain by its policy", "[cares][policy]") {
    Example example;
    const Outcome first = example.check();
    CHECK(first.result == Result::pass);
    CHECK(spf::test::difference(example.check(), first) == "");
    CHECK(example.hits() == 0);
    CHECK(spf::test::difference(example.check(), first) == "");
    CHECK(example.hits() == 1);
    CHECK(example.server.client_ports().size() == 2);
    CHECK(example.check("192.0.2.16").result == Result::fail);
    CHECK(example.hits() == 2);
}

TEST_CASE("what a policy answers is called back as all else is, never out of submit()",
          "[cares][policy]") {
    Example example;
    example.learn();
    int seen = 0;
    for (int i = 0; i < 3; ++i) {
        example.driver.submit(Example::request(), [&seen](const Outcome& outcome) {
            ++seen;
            CHECK(outcome.mechanism == "include:mailer.example");
        });
    }
    CHECK(example.hits() == 3);
    CHECK(seen == 0);
    CHECK(example.driver.in_flight() == 3);
    CHECK(example.driver.outstanding() == 0);
    CHECK(example.driver.next_timeout() == 0ms);
    example.driver.process_timeouts();
    CHECK(seen == 3);
    CHECK(example.driver.in_flight() == 0);
    CHECK_FALSE(example.driver.next_timeout());
}

TEST_CASE("a check that a policy answered can be dropped until it is handed out",
          "[cares][policy]") {
    Example example;
    example.learn();
    int seen = 0;
    const auto dropped =
        example.driver.submit(Example::request(), [](const Outcome&) { FAIL("was cancelled"); });
    CaresDriver::Ticket victim;
    example.driver.submit(Example::request(), [&](const Outcome&) {
        ++seen;
        CHECK(example.driver.cancel(victim));
    });
    victim =
        example.driver.submit(Example::request(), [](const Outcome&) { FAIL("was cancelled"); });
    CHECK(example.hits() == 3);
    CHECK(example.driver.cancel(dropped));
    CHECK_FALSE(example.driver.cancel(dropped));
    CHECK(example.driver.in_flight() == 2);
    example.driver.run();
    CHECK(seen == 1);
    CHECK_FALSE(example.driver.cancel(victim));
    CHECK(example.check().result == Result::pass);
}

TEST_CASE("what a policy cannot say the driver evaluates", "[cares][policy][rfc7208-6.2]") {
    Example example("v=spf1 include:mailer.example -all exp=why.example");
    example.learn();
    spf::Options how = CaresDriver::default_options();
    how.trace = true;
    CHECK_FALSE(example.check("192.0.2.1", how).trace.empty());
    how.trace = false;
    how.scope = true;
    CHECK(example.check("192.0.2.1", how).scope);
    how.scope = false;
    how.limits.dns_lookups = 0;
    CHECK(example.check("192.0.2.1", how).result == Result::permerror);
    how = CaresDriver::default_options();
    CHECK(example.check("192.0.2.16", how).explanation == "not from 192.0.2.16");
    CHECK(example.check("192.0.2.17", how).explanation == "not from 192.0.2.17");
    CHECK(example.hits() == 0);
    how.explanation = false;
    CHECK(example.check("192.0.2.17", how).result == Result::fail);
    CHECK(example.hits() == 1);
}

TEST_CASE("the driver evaluates the record that a request brings, and keeps no policy of it",
          "[cares][policy]") {
    Example example;
    spf::Request request = Example::request();
    request.record = "v=spf1 include:mailer.example -all";
    std::vector<Result> results;
    for (int i = 0; i < 4; ++i) {
        example.driver.submit(
            request, [&results](const Outcome& outcome) { results.push_back(outcome.result); });
        rounds(example.driver, example.server);
    }
    CHECK(results == std::vector(4, Result::pass));
    CHECK(example.policies.statistics().compiled == 0);

    example.learn();
    request.record = "v=spf1 -all";
    example.driver.submit(
        request, [&results](const Outcome& outcome) { results.push_back(outcome.result); });
    rounds(example.driver, example.server);
    CHECK(results.back() == Result::fail);
    CHECK(example.hits() == 0);
}

TEST_CASE("outcomes with policies are those without", "[cares][policy]") {
    std::uint64_t hits = 0;
    for (unsigned seed = 7'000'000; seed < 7'000'150; ++seed) {
        CAPTURE(seed);
        spf::test::RandomTree tree(seed, {.errors = seed % 4 == 0, .dependent = seed % 8 == 1});
        tree.zone.add_txt("d6.example", "v=spf1" + tree.terms(1) + " exp=why.example", 200s);
        tree.zone.add_txt("why.example", "%{i} may not send for %{d}", 100s);
        LockstepServer server{tree.zone};
        spf::CacheOptions at_a_standstill;
        at_a_standstill.now = [] { return spf::CacheOptions::Clock::time_point{}; };
        spf::AnswerCache answers{at_a_standstill};
        PolicyCache policies{answers};
        CaresDriver keeping = driver_for(server.server(), with(policies));
        CaresDriver plain = driver_for(server.server());
        for (int round = 0; round < 10; ++round) {
            std::vector<Outcome> kept(8);
            std::vector<Outcome> expected(8);
            for (std::size_t i = 0; i < kept.size(); ++i) {
                const std::string domain = "d" + std::to_string(tree.below(2) * 6) + ".example";
                const std::string sender = i % 5 == 0 ? "<>" : (i % 3 == 0 ? "bob@" : "") + domain;
                spf::Request request = spf::test::request_for(sender);
                request.ip = tree.address();
                request.helo = i % 2 == 0 ? "D0.example" : "d6.example.";
                if (i % 7 == 0) request.identity = spf::Identity::helo;
                spf::Options how = CaresDriver::default_options();
                how.explanation = i % 4 != 3;
                how.scope = i % 8 == 6;
                const auto into = [](Outcome& copy) {
                    return [&copy](const Outcome& outcome) { copy = outcome; };
                };
                keeping.submit(request, into(kept[i]), how);
                plain.submit(request, into(expected[i]), how);
            }
            rounds(keeping, server);
            rounds(plain, server);
            for (std::size_t i = 0; i < kept.size(); ++i) {
                CAPTURE(round, i, expected[i].ip.to_string(), expected[i].domain);
                REQUIRE(spf::test::difference(kept[i], expected[i]) == "");
            }
        }
        hits += policies.statistics().hits;
    }
    CHECK(hits > 1000);
}

TEST_CASE("a driver's policy goes when the first of its answers expires",
          "[cares][policy][rfc1035-7.4]") {
    Example example;
    example.learn();
    CHECK(example.check().ttl == 300s);
    example.publish("v=spf1 ip4:203.0.113.1 -all");
    example.time += 299s;
    CHECK(example.check().result == Result::pass);
    CHECK(example.check().ttl == 1s);
    CHECK(example.hits() == 3);
    example.time += 1s;
    CHECK(example.check().result == Result::pass);  // only the include is asked for again
    CHECK(example.hits() == 3);
    CHECK(example.server.client_ports().size() == 3);
    example.time += 300s;
    CHECK(example.check().result == Result::fail);  // the second message since then: compiled
    CHECK(example.hits() == 3);
    CHECK(example.check().result == Result::fail);
    CHECK(example.hits() == 4);
}

TEST_CASE("policies and answers that are forgotten are asked for anew", "[cares][policy]") {
    Example example;
    example.learn();
    example.publish("v=spf1 ip4:203.0.113.1 -all");
    example.policies.clear();
    CHECK(example.check().result == Result::pass);  // evaluated: the answers are still there
    CHECK(example.hits() == 0);
    CHECK(example.server.client_ports().size() == 2);
    example.answers.clear();
    example.policies.clear();
    CHECK(example.check().result == Result::fail);
    CHECK(example.hits() == 0);
    for (int i = 0; i < 2; ++i) CHECK(example.check().result == Result::fail);
    CHECK(example.hits() == 1);
}

TEST_CASE("drivers share what they learn, in the answers of the policies", "[cares][policy]") {
    Example example;
    spf::AnswerCache unused;
    CaresOptions options = with(example.policies);
    options.cache = &unused;
    CaresDriver other = driver_for(example.server.server(), options);
    for (CaresDriver* const driver : {&example.driver, &other, &other}) {
        driver->submit(Example::request(),
                       [](const Outcome& outcome) { CHECK(outcome.result == Result::pass); });
        rounds(*driver, example.server);
    }
    CHECK(example.hits() == 1);
    CHECK(example.server.client_ports().size() == 2);
    CHECK(unused.statistics().entries == 0);
}

TEST_CASE("a check that was dropped teaches nothing", "[cares][policy]") {
    Example example;
    example.check();
    CHECK(example.driver.cancel(example.driver.submit(Example::request(), {})));
    example.driver.process_timeouts();
    CHECK(example.policies.statistics().compiled == 0);
    example.check();
    CHECK(example.policies.statistics().compiled == 1);
}

TEST_CASE("a check that is late makes no policy", "[cares][policy][rfc7208-4.6.4]") {
    Example example;
    spf::Options hurried = CaresDriver::default_options();
    hurried.limits.deadline = 1ms;
    for (int i = 0; i < 4; ++i) {
        Outcome late;
        example.driver.submit(
            Example::request(), [&late](const Outcome& outcome) { late = outcome; }, hurried);
        while (example.driver.in_flight() > 0) example.driver.poll(10ms);
        CHECK(late.result == Result::temperror);
    }
    CHECK(example.policies.statistics().compiled == 0);
    CHECK(example.policies.statistics().refused == 0);
}

TEST_CASE("checks that follow from policies for ever delay no other check", "[cares][policy]") {
    Example example;
    example.learn();
    example.zone.add_txt("other.example", "v=spf1 a:h.other.example -all");
    const spf::test::ScriptedServer server{[&example](const spf::test::Message& query, bool) {
        return std::vector<spf::test::Sent>{spf::test::reply_from(example.zone, query)};
    }};
    CaresDriver driver = driver_for(server.server(), with(example.policies));
    bool is_over = false;
    Chain chain{driver, 0, [&is_over] { return !is_over; }};
    chain.submit();
    driver.submit(spf::test::request_for("ann@other.example"), [&is_over](const Outcome& outcome) {
        is_over = true;
        CHECK(outcome.result == Result::fail);
    });
    driver.run();
    CHECK(is_over);
    CHECK(chain.count > 0);
    CHECK(driver.in_flight() == 0);
}

TEST_CASE("a long chain of checks from policies ends when the last of it does", "[cares][policy]") {
    Example example;
    example.learn();
    Chain chain{example.driver, 0, {}};
    chain.goes_on = [&chain] { return chain.count < 20'000; };
    chain.submit();
    example.driver.run();
    CHECK(chain.count == 20'000);
    CHECK(example.hits() == 20'000);
}

TEST_CASE("two drivers in two threads share policies", "[cares][policy][threads]") {
    spf::ZoneResolver zone;
    for (int i = 0; i < 4; ++i) {
        zone.add_txt("d" + std::to_string(i) + ".example", "v=spf1 ip4:192.0.2.1 -all");
    }
    const spf::test::ScriptedServer server{[&zone](const spf::test::Message& query, bool) {
        return std::vector<spf::test::Sent>{spf::test::reply_from(zone, query)};
    }};
    spf::AnswerCache answers;
    PolicyCache policies{answers};
    std::atomic<std::size_t> passed{0};
    const auto work = [&] {
        CaresDriver driver = driver_for(server.server(), with(policies));
        for (int i = 0; i < 2000; ++i) {
            if (i % 500 == 499) policies.clear();
            driver.submit(
                spf::test::request_for("ann@d" + std::to_string(i % 4) + ".example"),
                [&passed](const Outcome& outcome) { passed += outcome.result == Result::pass; });
            if (i % 10 == 0) driver.run();
        }
        driver.run();
    };
    std::thread one{work};
    std::thread other{work};
    one.join();
    other.join();
    CHECK(passed == 4000);
    CHECK(policies.statistics().hits > 1000);
}
