// A compiled policy agrees with check_host().

#include "spf/policy/policy.hpp"

#include <string>

#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::Policy;
using spf::PolicyError;
using spf::Result;
using spf::test::ip;

struct Example {
    spf::ZoneResolver zone;

    explicit Example(std::string record) {
        zone.add_txt("example.com", std::move(record), std::chrono::seconds{600});
        zone.add_txt("mailer.example", "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8::/32 -all",
                     std::chrono::seconds{300});
        zone.add_txt("senders.example", "v=spf1 exists:%{l}.example -all");
    }
    spf::Expected<Policy, PolicyError> compile(const spf::PolicyOptions& options = {}) {
        return Policy::compile("example.com", zone, options);
    }
};

std::string dump(const spf::PolicyDecision& decision) {
    std::string out(to_string(decision.result));
    out += " by '" + decision.mechanism + "' of '" + decision.mechanism_domain + "', lookups " +
           std::to_string(decision.dns_lookups) + ", void " + std::to_string(decision.void_lookups);
    if (decision.is_explained) out += ", explained";
    if (decision.problem) out += ", problem " + std::string(to_string(*decision.problem));
    return out;
}

spf::PolicyDecision decision_of(const spf::Outcome& outcome) {
    return {outcome.result,
            outcome.problem ? std::optional(outcome.problem->code) : std::nullopt,
            outcome.mechanism,
            outcome.mechanism_domain,
            outcome.dns_lookups,
            outcome.void_lookups,
            outcome.ttl,
            outcome.depends_on_sender,
            false};
}

}  // namespace

TEST_CASE("a compiled policy answers from its table", "[policy]") {
    Example example("v=spf1 ip4:192.0.2.0/28 include:mailer.example ~all");
    const auto policy = example.compile();
    REQUIRE(policy);
    CHECK(policy->ttl() == std::chrono::seconds{300});
    CHECK(policy->size() == 5 + 3);
    CHECK(dump(policy->check(ip("192.0.2.15"))) ==
          "pass by 'ip4:192.0.2.0/28' of 'example.com', lookups 0, void 0");
    CHECK(dump(policy->check(ip("203.0.113.63"))) ==
          "pass by 'include:mailer.example' of 'example.com', lookups 1, void 0");
    CHECK(dump(policy->check(ip("2001:db8::"))) ==
          "pass by 'include:mailer.example' of 'example.com', lookups 1, void 0");
    for (const char* client : {"0.0.0.0", "192.0.2.16", "203.0.113.64", "255.255.255.255",
                               "::", "2001:db9::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}) {
        CAPTURE(client);
        CHECK(dump(policy->check(ip(client))) ==
              "softfail by '~all' of 'example.com', lookups 1, void 0");
    }
}

TEST_CASE("a policy that is broken for all is a policy", "[policy]") {
    const auto broken = Example("v=spf1 nonsense").compile();
    REQUIRE(broken);
    CHECK(broken->size() == 2);
    CHECK(dump(broken->check(ip("192.0.2.1"))) ==
          "permerror by '' of '', lookups 0, void 0, problem syntax_error");
    const auto none = Example("no record").compile();
    REQUIRE(none);
    CHECK(none->check(ip("::1")).result == Result::none);
}

TEST_CASE("a policy whose networks cannot be listed is refused with the term", "[policy]") {
    const auto [record, term, domain] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 ip4:192.0.2.1 exists:%{ir}.list.example -all", "exists:%{ir}.list.example",
         "example.com"},
        {"v=spf1 ip4:192.0.2.1 ptr -all", "ptr", "example.com"},
        {"v=spf1 ?a:%{p} -all", "?a:%{p}", "example.com"},
        {"v=spf1 include:senders.example -all", "exists:%{l}.example", "senders.example"},
        {"v=spf1 redirect=%{h}", "redirect=%{h}", "example.com"},
    }));
    CAPTURE(record);
    const auto policy = Example(record).compile();
    REQUIRE_FALSE(policy);
    CHECK(policy.error().code == PolicyError::Code::depends_on_message);
    CHECK(policy.error().term == term);
    CHECK(policy.error().domain == domain);
    CHECK_THAT(policy.error().message(),
               Catch::Contains('"' + term + "\" in the record of " + domain));
}

TEST_CASE("failing lookups make no policy", "[policy]") {
    Example example("v=spf1 ip4:192.0.2.1 include:mailer.example -all");
    example.zone.set_status("mailer.example", spf::dns::Status::timeout);
    const auto policy = example.compile();
    REQUIRE_FALSE(policy);
    CHECK(policy.error().code == PolicyError::Code::dns_failure);
    CHECK(policy.error().message() == "DNS lookups for example.com fail");
}

TEST_CASE("a policy beyond the budget is refused", "[policy]") {
    std::string record = "v=spf1";
    for (unsigned i = 0; i < 3000; ++i) {
        record += " ip4:10." + std::to_string(i / 250) + '.' + std::to_string(i % 250) + ".0/25";
    }
    Example example(record);
    spf::PolicyOptions options;
    auto policy = example.compile(options);
    REQUIRE_FALSE(policy);
    CHECK(policy.error().code == PolicyError::Code::too_large);
    options.max_ranges = 10'000;
    options.max_work = 10'000;
    CHECK_FALSE(example.compile(options));  // too much work
    options.max_work = 100'000'000;
    policy = example.compile(options);
    REQUIRE(policy);
    CHECK(policy->check(ip("10.11.249.127")).result == Result::pass);
    CHECK(policy->check(ip("10.11.249.128")).result == Result::neutral);
}

TEST_CASE("a policy is check_host(), for all senders of the domain", "[policy]") {
    const unsigned first_seed = 5'000'000;
    std::size_t compiled = 0;
    std::size_t refused = 0;
    std::size_t pairs = 0;
    for (unsigned seed = first_seed; pairs < 100'000; ++seed) {
        spf::test::RandomTree tree(seed, {.errors = seed % 4 != 0, .dependent = seed % 8 == 0});
        const auto policy = Policy::compile("d0.example", tree.zone);
        if (!policy) {
            ++refused;
            continue;
        }
        ++compiled;
        CAPTURE(seed);
        for (int i = 0; i < 100; ++i) {
            const spf::IpAddress client = tree.address();
            const spf::Outcome outcome =
                check_host({.ip = client, .mail_from = "anne@d0.example", .helo = "relay.example"},
                           tree.zone, {.limits = {}, .explanation = false});
            ++pairs;
            if (policy->check(client) == decision_of(outcome)) continue;
            CAPTURE(client.to_string());
            REQUIRE(dump(policy->check(client)) == dump(decision_of(outcome)));
        }
    }
    CHECK(compiled >= 1000);
    CHECK(refused > 10);
    CHECK(refused < compiled);
}
