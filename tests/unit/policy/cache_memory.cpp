// How much memory kept policies take, and which policy goes if there is no more room.

#include <string>

#include "support/catch.hpp"
#include "unit/policy/cache_example.hpp"

namespace {

using policy_cache_test::Example;
using spf::Result;
using spf::test::ip;
using namespace std::chrono_literals;

}  // namespace

TEST_CASE("no more domains are kept than there is room for", "[policy]") {
    spf::PolicyCacheOptions options;
    options.max_domains = 32;
    options.compile_after = 1;
    Example example("v=spf1 -all", options);
    const auto name = [](int i) { return "n" + std::to_string(i) + ".example"; };
    for (int i = 0; i < 500; ++i) {
        example.zone.add_txt(name(i), "v=spf1 ip4:192.0.2.1 -all");
        const std::string sender = "a@" + name(i);
        const spf::Request request{.ip = ip("192.0.2.1"), .mail_from = sender};
        CHECK(check_host(request, example.dns, example.policies).result == Result::pass);
    }
    int kept = 0;
    for (int i = 0; i < 500; ++i) {
        const std::string sender = "a@" + name(i);
        if (example.policies.check({.ip = ip("192.0.2.1"), .mail_from = sender})) ++kept;
    }
    CHECK(kept > 0);
    CHECK(kept <= 32);
}

TEST_CASE("the policies together take no more octets than they may", "[policy]") {
    const auto kept_with = [](std::size_t octets) {
        spf::PolicyCacheOptions options;
        options.max_total_bytes = octets;
        options.compile_after = 1;
        Example example("v=spf1 -all", options);
        const auto request = [](std::string& sender, int i) {
            sender = "a@n" + std::to_string(i) + ".example";
            return spf::Request{.ip = ip("192.0.2.1"), .mail_from = sender};
        };
        int kept = 0;
        std::string sender;
        for (int i = 0; i < 500; ++i) {
            example.zone.add_txt("n" + std::to_string(i) + ".example", "v=spf1 ip4:192.0.2.1 -all");
            (void)check_host(request(sender, i), example.dns, example.policies);
        }
        for (int i = 0; i < 500; ++i) kept += example.policies.check(request(sender, i)) ? 1 : 0;
        return kept;
    };
    CHECK(kept_with(0) <= 16);  // one in each shard
    CHECK(kept_with(64 * 1024) > 30);
    CHECK(kept_with(64 * 1024) < 250);
    CHECK(kept_with(1024 * 1024) == 500);
}

TEST_CASE("a policy in use stays while many other names come once", "[policy]") {
    spf::PolicyCacheOptions options;
    options.max_domains = 16 * 8;
    Example example("v=spf1 ip4:192.0.2.0/28 -all", options);
    for (int i = 0; i < 4; ++i) example.check("192.0.2.1");
    for (int i = 0; i < 2000; ++i) example.policies.learn("n" + std::to_string(i) + ".example");
    CHECK(example.policies.check(Example::request("192.0.2.1")));
}

TEST_CASE("a policy that is too large is not kept", "[policy]") {
    std::string record = "v=spf1";
    for (int i = 0; i < 1000; ++i) {
        record += " ip4:10." + std::to_string(i / 100) + "." + std::to_string(i % 100) + ".1";
    }
    Example example(record + " ?all");
    for (int i = 0; i < 4; ++i) example.check("10.0.0.1");
    CHECK(example.policies.statistics().compiled == 0);
    CHECK(example.policies.statistics().refused == 1);
    example.time += 599s;  // beyond retry_after, but the record is the same
    for (int i = 0; i < 4; ++i) example.check("10.0.0.1");
    CHECK(example.policies.statistics().refused == 1);
    example.time += 2s;
    for (int i = 0; i < 4; ++i) example.check("10.0.0.1");
    CHECK(example.policies.statistics().refused == 2);
}

TEST_CASE("a large policy that is gone before it has paid is made less and less often",
          "[policy]") {
    std::string record = "v=spf1";
    for (int i = 0; i < 200; ++i) record += " ip4:10.0." + std::to_string(i) + ".1";
    Example large(record + " ?all");
    Example small;
    for (Example* example : {&large, &small}) {
        // Three messages during the policy's time, again and again.
        for (int i = 0; i < 300; ++i) {
            example->check("10.0.0.1");
            if (i % 3 == 2) example->time += 601s;
        }
    }
    CHECK(large.policies.statistics().compiled < 10);
    CHECK(small.policies.statistics().compiled > 50);
}
