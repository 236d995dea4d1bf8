// A domain whose policy the tests of the PolicyCache keep.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "spf/evaluation/check_host.hpp"
#include "spf/policy/cache.hpp"
#include "support/clock.hpp"
#include "support/counting_zone.hpp"
#include "support/networks.hpp"

namespace policy_cache_test {

using namespace std::chrono_literals;

/// A domain with one include, and a clock that the test sets.
struct Example : spf::test::TestClock {
    spf::ZoneResolver zone;
    spf::test::CountingZone dns{zone};
    spf::AnswerCache answers{options()};
    spf::PolicyCache policies;

    explicit Example(std::string record = "v=spf1 ip4:192.0.2.0/28 include:mailer.example -all",
                     spf::PolicyCacheOptions policy_options = {})
        : policies(answers, policy_options) {
        zone.add_txt("example.com", std::move(record), 600s);
        zone.add_txt("mailer.example", "v=spf1 ip4:203.0.113.0/26 ?all", 300s);
        zone.add_txt("why.example", "not from %{i}");
    }
    spf::Outcome check(const char* client, bool explanation = false) {
        return check_host(request(client), dns, policies,
                          {.limits = {}, .explanation = explanation});
    }
    static spf::Request request(const char* client) {
        return {.ip = spf::test::ip(client),
                .mail_from = "<Anne@Example.COM.>",
                .helo = "relay.example"};
    }
};

}  // namespace policy_cache_test
