// Kept policies: when a policy answers, when it does not, and for how long.

#include "spf/policy/cache.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "support/catch.hpp"
#include "support/counting_zone.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"
#include "unit/policy/cache_example.hpp"

namespace {

using namespace std::chrono_literals;
using policy_cache_test::Example;
using spf::Outcome;
using spf::PolicyCache;
using spf::Result;
using spf::test::CountingZone;
using spf::test::ip;

/// All of an outcome except scope and trace, which policies do not have.
std::string dump(const Outcome& outcome) {
    std::string out(to_string(outcome.result));
    out += " by '" + outcome.mechanism + "' of '" + outcome.mechanism_domain + "', lookups " +
           std::to_string(outcome.dns_lookups) + ", void " + std::to_string(outcome.void_lookups);
    if (outcome.problem) out += ", " + outcome.problem->message();
    out += ", explained '" + outcome.explanation + "' by '" + outcome.explanation_domain + "', ";
    out += outcome.ip.to_string() + ' ' + std::string(to_string(outcome.identity)) + ' ' +
           outcome.domain + ' ' + outcome.sender + ' ' + outcome.helo + ' ' + outcome.receiver;
    out += ", good for " + std::to_string(outcome.ttl.count()) + " s";
    if (outcome.depends_on_sender) out += ", for this sender";
    return out + (outcome.null_sender ? " null" : "");
}

/// The clock does not advance, so that no answer expires.
spf::CacheOptions at_a_standstill() {
    spf::CacheOptions options;
    options.now = [] { return spf::CacheOptions::Clock::time_point{}; };
    return options;
}

}  // namespace

TEST_CASE("the second message has the policy compiled, the third is answered by it", "[policy]") {
    Example example;
    const Outcome first = example.check("192.0.2.1");
    CHECK(example.policies.statistics().compiled == 0);
    CHECK(dump(example.check("192.0.2.1")) == dump(first));
    CHECK(example.policies.statistics().compiled == 1);
    const unsigned asked = example.dns.asked;
    const std::uint64_t looked_up = example.answers.statistics().hits;
    CHECK(dump(example.check("192.0.2.1")) == dump(first));
    CHECK(example.check("203.0.113.9").mechanism == "include:mailer.example");
    CHECK(example.check("203.0.113.64").result == Result::fail);
    CHECK(example.policies.statistics().hits == 3);
    CHECK(example.dns.asked == asked);
    CHECK(example.answers.statistics().hits == looked_up);
}

TEST_CASE("a kept policy says what check_host() says", "[policy]") {
    std::uint64_t hits = 0;
    for (unsigned seed = 6'000'000; seed < 6'000'400; ++seed) {
        spf::test::RandomTree tree(seed, {.errors = seed % 4 != 0, .dependent = seed % 8 == 0});
        tree.zone.add_txt("d6.example", "v=spf1" + tree.terms(1) + " exp=why.example");
        tree.zone.add_txt("why.example", "%{i} may not send for %{d}", 60s);
        spf::AnswerCache answers(at_a_standstill());
        PolicyCache policies(answers);
        CAPTURE(seed);
        for (int i = 0; i < 60; ++i) {
            const std::string sender =
                std::string(i % 3 == 0 ? "bob@" : "") + "d" + "016"[i / 2 % 3] + ".example";
            spf::Request request{.ip = tree.address(), .mail_from = sender, .helo = "d1.example"};
            if (i % 5 == 0) request.mail_from = "<>";
            if (i % 7 == 0) request.identity = spf::Identity::helo;
            const spf::Options options{.limits = {}, .explanation = i % 2 == 0};
            REQUIRE(dump(check_host(request, tree.zone, policies, options)) ==
                    dump(check_host(request, tree.zone, options)));
        }
        hits += policies.statistics().hits;
    }
    CHECK(hits > 3000);
}

TEST_CASE("a kept policy goes when the first of its answers expires", "[policy][rfc1035-7.4]") {
    Example example;
    example.check("192.0.2.1");
    example.time += 100s;
    example.check("192.0.2.1");
    REQUIRE(example.policies.statistics().compiled == 1);
    // 100 of the 300 seconds of the include had passed when the policy was made.
    CHECK(example.check("203.0.113.1").ttl == 300s);
    example.time += 299s;
    CHECK(example.check("203.0.113.1").ttl == 1s);
    example.time += 1s;
    example.check("203.0.113.1");
    CHECK(example.policies.statistics().hits == 2);
}

TEST_CASE("a policy is made of answers with the time that is left to them", "[policy]") {
    Example example;
    example.check("203.0.113.1");  // asks for the include, too
    example.time += 100s;
    example.check("203.0.113.1");
    CHECK(example.check("203.0.113.1").ttl == 200s);
    example.time += 200s;
    example.check("203.0.113.1");
    CHECK(example.policies.statistics().hits == 1);
}

TEST_CASE("what a policy says is valid as long as the answers that it is from", "[policy]") {
    Example example;
    for (int i = 0; i < 2; ++i) example.check("203.0.113.1");
    CHECK(example.check("203.0.113.1").ttl == 300s);
    CHECK(example.check("192.0.2.1").ttl == 600s);  // the include is not asked for
    example.time += 100s;
    CHECK(example.check("203.0.113.1").ttl == 200s);
    CHECK(example.check("192.0.2.1").ttl == 500s);
    CHECK(example.policies.statistics().hits == 4);
}

TEST_CASE("a busy domain is answered by its policy from one expiry to the next", "[policy]") {
    Example example;
    std::uint64_t messages = 0;
    for (; messages < 90'000; ++messages) {  // half an hour, fifty in a second
        example.check("203.0.113.1");
        example.time += 20ms;
    }
    const spf::PolicyCacheStatistics statistics = example.policies.statistics();
    CHECK(statistics.refused == 0);
    CHECK(statistics.hits > messages * 99 / 100);
}

TEST_CASE("without a server to ask, an answer in its last second is as good as missing",
          "[policy]") {
    Example example;
    spf::CachingResolver caching(example.dns, example.answers);
    const auto evaluate = [&] {
        const Outcome outcome = check_host(Example::request("203.0.113.1"), caching);
        example.policies.learn(outcome.domain);
    };
    evaluate();
    example.time += 299s + 500ms;
    for (int i = 0; i < 3; ++i) evaluate();
    CHECK(example.policies.statistics().compiled == 0);
    CHECK(example.policies.statistics().refused == 0);
    example.time += 500ms;
    for (int i = 0; i < 8; ++i) evaluate();
    CHECK(example.policies.statistics().compiled == 1);
}

TEST_CASE("what is not a domain is not recorded", "[policy]") {
    spf::PolicyCacheOptions options;
    options.max_domains = 16;  // one in each shard
    Example example("v=spf1 ip4:192.0.2.0/28 -all", options);
    for (int i = 0; i < 3; ++i) example.check("192.0.2.1");
    for (int i = 0; i < 1000; ++i) {
        const std::string sender = "a@b..c" + std::to_string(i);
        (void)check_host({.ip = ip("192.0.2.1"), .mail_from = sender}, example.dns,
                         example.policies);
    }
    CHECK(example.policies.check(Example::request("192.0.2.1")));
}

TEST_CASE("a policy with TTL zero is not kept, and not compiled for every message", "[policy]") {
    Example example;
    example.zone.add_txt("brief.example", "v=spf1 ip4:192.0.2.1 -all", 0s);
    for (int i = 0; i < 6; ++i) {
        const Outcome outcome = check_host({.ip = ip("192.0.2.1"), .mail_from = "a@brief.example"},
                                           example.dns, example.policies);
        CHECK(outcome.result == Result::pass);
    }
    CHECK(example.policies.statistics().hits == 0);
    CHECK(example.policies.statistics().refused == 1);
}

TEST_CASE("a fail whose explanation is required is evaluated", "[policy][rfc7208-6.2]") {
    Example example("v=spf1 ip4:192.0.2.0/28 -all exp=why.example");
    for (int i = 0; i < 4; ++i) {
        CHECK(example.check("198.51.100.7", true).explanation == "not from 198.51.100.7");
    }
    CHECK(example.policies.statistics().hits == 0);
    const unsigned asked = example.dns.asked;
    CHECK(example.check("198.51.100.8", false).result == Result::fail);
    CHECK(example.check("192.0.2.1", true).result == Result::pass);
    CHECK(example.policies.statistics().hits == 2);
    CHECK(example.dns.asked == asked);
}

TEST_CASE("a fail without explanation is answered by a policy", "[policy][rfc7208-6.2]") {
    Example example;
    Example redirected("v=spf1 redirect=why.example");
    for (int i = 0; i < 4; ++i) {
        CHECK(example.check("198.51.100.7", true).result == Result::fail);
        CHECK(redirected.check("198.51.100.7", true).result == Result::permerror);
    }
    CHECK(example.policies.statistics().hits == 2);
    CHECK(redirected.policies.statistics().hits == 0);
}

TEST_CASE("the record that was redirected to explains its fail", "[policy][rfc7208-6.2]") {
    Example example("v=spf1 redirect=strict.example");
    example.zone.add_txt("strict.example", "v=spf1 ip4:192.0.2.1 -all exp=why.example");
    for (int i = 0; i < 4; ++i) {
        CHECK(example.check("198.51.100.7", true).explanation == "not from 198.51.100.7");
    }
    CHECK(example.policies.statistics().hits == 0);
    CHECK(example.check("192.0.2.1", true).result == Result::pass);
    CHECK(example.policies.statistics().hits == 1);
}

TEST_CASE("a policy records that %{o} was looked at", "[policy][rfc7208-7.3]") {
    Example example("v=spf1 a:%{o} -all");
    example.zone.add_a("example.com", ip("192.0.2.1"));
    example.zone.add_aaaa("example.com", ip("2001:db8::1"));
    const Outcome first = example.check("192.0.2.1");
    CHECK(first.depends_on_sender);
    for (int i = 0; i < 2; ++i) CHECK(example.check("192.0.2.1").depends_on_sender);
    CHECK(example.policies.statistics().hits == 1);
}

TEST_CASE("an outcome that was used before holds nothing of that", "[policy]") {
    Example example;
    for (int i = 0; i < 3; ++i) example.check("192.0.2.1");
    spf::ZoneResolver other;
    other.add_txt("other.example", "v=spf1 a:%{l}.other.example -all exp=why.example");
    other.add_txt("why.example", "because");
    Outcome used = spf::check_host({.ip = ip("2001:db8::1"), .mail_from = "a@other.example"}, other,
                                   {.limits = {}, .trace = true, .scope = true});
    REQUIRE(used.explanation == "because");
    used.problem.emplace();
    used.null_sender = true;
    REQUIRE(example.policies.check(Example::request("192.0.2.1"), {}, used));
    CHECK(dump(used) == dump(check_host(Example::request("192.0.2.1"), example.dns)));
    CHECK(used.trace.empty());
    CHECK_FALSE(used.scope);
}

TEST_CASE("a tree that depends on more than the address is left alone for a while", "[policy]") {
    Example example("v=spf1 exists:%{ir}.list.example ?all");
    for (int i = 0; i < 10; ++i) CHECK(example.check("192.0.2.1").result == Result::neutral);
    CHECK(example.policies.statistics().refused == 1);
    example.time += 600s;  // its record may have changed by now
    for (int i = 0; i < 10; ++i) example.check("192.0.2.1");
    CHECK(example.policies.statistics().refused == 2);
    CHECK(example.policies.statistics().hits == 0);
}

TEST_CASE("without a server to ask, compiling waits until all answers are there", "[policy]") {
    Example example;
    spf::CachingResolver caching(example.dns, example.answers);
    const auto evaluate = [&](const char* client) {
        const Outcome outcome = check_host(Example::request(client), caching);
        example.policies.learn(outcome.domain);
    };
    for (int i = 0; i < 4; ++i) evaluate("192.0.2.1");  // never reaches the include
    CHECK(example.policies.statistics().compiled == 0);
    CHECK(example.policies.statistics().refused == 0);
    for (int i = 0; i < 2; ++i) evaluate("203.0.113.1");
    CHECK(example.policies.statistics().compiled == 1);
    const auto known = example.policies.check(Example::request("192.0.2.15"));
    REQUIRE(known);
    CHECK(known->result == Result::pass);
    CHECK(known->domain == "example.com");
    CHECK(known->sender == "Anne@Example.COM.");
}

TEST_CASE("a tree that messages never bring as a whole is tried less and less often", "[policy]") {
    Example example;
    spf::CachingResolver caching(example.dns, example.answers);
    for (int i = 0; i < 3000; ++i) {
        const Outcome outcome = check_host(Example::request("192.0.2.1"), caching);
        example.policies.learn(outcome.domain);
    }
    CHECK(example.policies.statistics().compiled == 0);
    CHECK(example.dns.asked == 1);
    CHECK(example.answers.statistics().misses > 5);  // each try misses the include once
    CHECK(example.answers.statistics().misses < 15);
}

TEST_CASE("what a policy cannot say it leaves to an evaluation", "[policy]") {
    Example example;
    for (int i = 0; i < 3; ++i) example.check("192.0.2.1");
    const spf::Request request = Example::request("192.0.2.1");
    REQUIRE(example.policies.check(request));
    CHECK_FALSE(example.policies.check(request, {.limits = {}, .trace = true}));
    CHECK_FALSE(example.policies.check(request, {.limits = {}, .scope = true}));
    CHECK_FALSE(example.policies.check(request, {.limits = {.dns_lookups = 9}}));
    CHECK_FALSE(example.policies.check({.ip = ip("192.0.2.1"), .mail_from = "a@b"}));
    CHECK_FALSE(example.policies.check({.ip = ip("192.0.2.1"), .mail_from = "a@other.example"}));
    example.policies.clear();
    CHECK_FALSE(example.policies.check(request));
}

TEST_CASE("that a domain has no record is answered by a policy", "[policy][rfc7208-4.5]") {
    Example example;
    example.zone.add_txt("almost.example", "v=spf10 -all");
    example.zone.add_txt("other.example", "something else");
    example.zone.add_soa("known.example", 600s, 300s);
    const std::string helo =
        GENERATE("almost.example", "other.example", "gone.example", "gone.known.example");
    const spf::Request request{
        .ip = ip("192.0.2.1"), .helo = helo, .identity = spf::Identity::helo};
    spf::ZoneResolver& zone = example.zone;
    const Outcome evaluated = check_host(request, zone);
    REQUIRE(evaluated.problem);
    CAPTURE(helo, dump(evaluated));
    spf::PolicyCacheOptions kept;
    spf::CacheOptions answers = at_a_standstill();
    answers.max_negative_ttl = 600s;
    spf::AnswerCache cache{answers};
    PolicyCache policies{cache, kept};
    for (int i = 0; i < 3; ++i) {
        const Outcome outcome = check_host(request, example.dns, policies);
        CHECK(outcome.result == evaluated.result);
        CHECK(outcome.problem == evaluated.problem);
    }
    INFO("an absent name without SOA record has no TTL, so its policy is not kept");
    CHECK(policies.check(request).has_value() == (evaluated.ttl > 0s));
    if (const auto known = policies.check(request)) CHECK(dump(*known) == dump(evaluated));
}

TEST_CASE("four threads that share policies get the right results", "[policy][threads]") {
    spf::ZoneResolver zone;
    for (int i = 0; i < 8; ++i) {
        zone.add_txt("d" + std::to_string(i) + ".example",
                     "v=spf1 ip4:192.0.2." + std::to_string(i) + " -all");
    }
    spf::AnswerCache answers;
    PolicyCache policies(answers);
    std::atomic<unsigned> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 2000; ++i) {
                if (i % 500 == 499) policies.clear();
                const std::string sender = "a@d" + std::to_string(i % 8) + ".example";
                const spf::Request request{.ip = ip("192.0.2.3"), .mail_from = sender};
                const Result expected = i % 8 == 3 ? Result::pass : Result::fail;
                const Outcome outcome =
                    check_host(request, zone, policies, {.limits = {}, .explanation = false});
                if (outcome.result != expected) ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
    const spf::PolicyCacheStatistics sum = policies.statistics();
    CHECK(sum.hits + sum.misses == 8000);
    CHECK(sum.hits > 1000);
}

TEST_CASE("a policy never decides for a request that brings a record of its own",
          "[policy][receiver]") {
    Example example;
    spf::Request request = Example::request("192.0.2.1");
    for (int i = 0; i < 3; ++i) (void)spf::check_host(request, example.zone, example.policies);
    CHECK(example.policies.check(request));
    request.record = "v=spf1 -all";
    CHECK_FALSE(example.policies.check(request));
    CHECK(spf::check_host(request, example.zone, example.policies).result == spf::Result::fail);
}
