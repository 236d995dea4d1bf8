// The policy of a site in a C program.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "spf/c.h"
#include "spf/receiver/action.hpp"
#include "spf/resolver/zone.hpp"
#include "support/c_api.hpp"
#include "support/catch.hpp"

namespace {

using spf::test::CChecker;
using spf::test::CDecision;
using spf::test::CExceptions;
using spf::test::CPolicy;

const std::vector<spf_rule> rules{SPFC_RULE_MAIL_FROM, SPFC_RULE_NULL_SENDER, SPFC_RULE_HELO};
const std::vector<spf_result> results{
    SPFC_RESULT_NONE,     SPFC_RESULT_NEUTRAL,   SPFC_RESULT_PASS,     SPFC_RESULT_FAIL,
    SPFC_RESULT_SOFTFAIL, SPFC_RESULT_TEMPERROR, SPFC_RESULT_PERMERROR};

/// Returns the action for a message to ann@example.org whose result for MAIL FROM is neutral.
spf_action action_by(const CPolicy& policy, const char* sender, bool is_authenticated = false) {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 ?all");
    zone.add_txt("sub.example.com", "v=spf1 ?all");
    const CChecker checker = spf::test::checker_of(zone);
    spf_session session = spf::test::session_of("192.0.2.1", sender);
    session.recipient = "ann@example.org";
    session.is_authenticated = is_authenticated;
    spf_decision* decision = nullptr;
    REQUIRE(spf_receive(checker.get(), policy.get(), &session, nullptr, &decision) == SPFC_OK);
    const CDecision owned{decision};
    return spf_decision_action(decision);
}

}  // namespace

TEST_CASE("a new policy has the defaults of the library", "[c][receiver]") {
    const CPolicy policy{spf_policy_new()};
    const spf::receiver::Actions defaults;
    for (const spf_rule rule : rules) {
        for (const spf_result result : results) {
            CHECK(static_cast<int>(spf_policy_action(policy.get(), rule, result)) ==
                  static_cast<int>(defaults.of(static_cast<spf::Result>(result))));
        }
    }
}

TEST_CASE("each action of a policy is set alone", "[c][receiver]") {
    for (const spf_rule rule : rules) {
        for (const spf_result result : results) {
            const CPolicy policy{spf_policy_new()};
            const CPolicy unchanged{spf_policy_new()};
            REQUIRE(spf_policy_set_action(policy.get(), rule, result, SPFC_ACTION_DEFER) ==
                    SPFC_OK);
            for (const spf_rule other_rule : rules) {
                for (const spf_result other : results) {
                    const bool is_set = other_rule == rule && other == result;
                    CHECK(spf_policy_action(policy.get(), other_rule, other) ==
                          (is_set ? SPFC_ACTION_DEFER
                                  : spf_policy_action(unchanged.get(), other_rule, other)));
                }
            }
        }
    }
}

TEST_CASE("numbers that are not enumerators are refused", "[c][receiver]") {
    const CPolicy policy{spf_policy_new()};
    const CExceptions exceptions{spf_exceptions_new()};
    const auto rule = static_cast<spf_rule>(3);
    const auto result = static_cast<spf_result>(7);
    const auto action = static_cast<spf_action>(4);
    spf_policy* const p = policy.get();
    CHECK(spf_policy_set_action(p, rule, SPFC_RESULT_FAIL, SPFC_ACTION_MARK) == SPFC_BAD_VALUE);
    CHECK(spf_policy_set_action(p, SPFC_RULE_HELO, result, SPFC_ACTION_MARK) == SPFC_BAD_VALUE);
    CHECK(spf_policy_set_action(p, SPFC_RULE_HELO, SPFC_RESULT_FAIL, action) == SPFC_BAD_VALUE);
    CHECK(spf_policy_action(p, rule, SPFC_RESULT_FAIL) == SPFC_ACTION_NONE);
    CHECK(spf_policy_action(p, SPFC_RULE_HELO, result) == SPFC_ACTION_NONE);
    CHECK(spf_exceptions_set_action(exceptions.get(), rule, result, action) == SPFC_BAD_VALUE);
}

TEST_CASE("exceptions replace single actions for domains and recipients", "[c][receiver]") {
    const CPolicy policy{spf_policy_new()};
    const CExceptions exceptions{spf_exceptions_new()};
    REQUIRE(spf_exceptions_set_action(exceptions.get(), SPFC_RULE_MAIL_FROM, SPFC_RESULT_NEUTRAL,
                                      SPFC_ACTION_REJECT) == SPFC_OK);
    REQUIRE(spf_policy_add_domain(policy.get(), "*.example.com", exceptions.get()) == SPFC_OK);
    CHECK(action_by(policy, "bob@sub.example.com") == SPFC_ACTION_REJECT);
    CHECK(action_by(policy, "bob@example.com") == SPFC_ACTION_MARK);
    // What was added is a copy.
    REQUIRE(spf_exceptions_set_action(exceptions.get(), SPFC_RULE_MAIL_FROM, SPFC_RESULT_NEUTRAL,
                                      SPFC_ACTION_DEFER) == SPFC_OK);
    CHECK(action_by(policy, "bob@sub.example.com") == SPFC_ACTION_REJECT);
    REQUIRE(spf_policy_add_recipient(policy.get(), "example.org", exceptions.get()) == SPFC_OK);
    CHECK(action_by(policy, "bob@sub.example.com") == SPFC_ACTION_DEFER);
    REQUIRE(spf_exceptions_set_skip(exceptions.get(), true) == SPFC_OK);
    REQUIRE(spf_policy_add_recipient(policy.get(), "Ann@Example.org", exceptions.get()) == SPFC_OK);
    CHECK(action_by(policy, "bob@sub.example.com") == SPFC_ACTION_NONE);
}

TEST_CASE("authenticated clients and networks are exempt as the policy says", "[c][receiver]") {
    const CPolicy policy{spf_policy_new()};
    CHECK(action_by(policy, "bob@example.com", true) == SPFC_ACTION_NONE);
    REQUIRE(spf_policy_set_skip_authenticated(policy.get(), false) == SPFC_OK);
    CHECK(action_by(policy, "bob@example.com", true) == SPFC_ACTION_MARK);
    REQUIRE(spf_policy_add_skip_network(policy.get(), "192.0.2.0/30") == SPFC_OK);
    CHECK(action_by(policy, "bob@example.com") == SPFC_ACTION_NONE);
    REQUIRE(spf_policy_clear_skip_networks(policy.get()) == SPFC_OK);
    CHECK(action_by(policy, "bob@example.com") == SPFC_ACTION_MARK);
}

TEST_CASE("ten thousand networks are added one by one in little time", "[c][receiver]") {
    const CPolicy policy{spf_policy_new()};
    for (int i = 0; i < 10'000; ++i) {
        const std::string network =
            "10." + std::to_string(i / 256) + '.' + std::to_string(i % 256) + ".0/25";
        REQUIRE(spf_policy_add_skip_network(policy.get(), network.c_str()) == SPFC_OK);
    }
    CHECK(action_by(policy, "bob@example.com") == SPFC_ACTION_MARK);
    REQUIRE(spf_policy_add_skip_network(policy.get(), "192.0.2.1") == SPFC_OK);
    CHECK(action_by(policy, "bob@example.com") == SPFC_ACTION_NONE);
    REQUIRE(spf_policy_add_skip_network(policy.get(), "192.0.2.2") == SPFC_OK);
    REQUIRE(spf_policy_clear_skip_networks(policy.get()) == SPFC_OK);
    CHECK(action_by(policy, "bob@example.com") == SPFC_ACTION_MARK);
}

TEST_CASE("threads may use a policy whose networks were just added", "[c][threads]") {
    for (int round = 0; round < 20; ++round) {
        const CPolicy policy{spf_policy_new()};
        REQUIRE(spf_policy_add_skip_network(policy.get(), "192.0.2.0/24") == SPFC_OK);
        REQUIRE(spf_policy_add_relay_network(policy.get(), "198.51.100.0/24") == SPFC_OK);
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                const spf_session session = spf::test::session_of("192.0.2.1");
                spf_reception* reception = nullptr;
                spf_reception_new(nullptr, policy.get(), &session, nullptr, &reception);
                if (spf_decision_ground(spf_reception_decision(reception)) != SPFC_GROUND_NETWORK)
                    ++wrong;
                spf_reception_free(reception);
            });
        }
        for (std::thread& thread : threads) thread.join();
        CHECK(wrong == 0);
    }
}

TEST_CASE("names and networks in a wrong form are refused", "[c][receiver]") {
    const CPolicy policy{spf_policy_new()};
    const CExceptions exceptions{spf_exceptions_new()};
    spf_policy* const p = policy.get();
    for (const char* const bad : {"", "ann@", "*", "*.", "a..b", "ex ample.com", "b\xc3\xbc.de"}) {
        CAPTURE(bad);
        CHECK(spf_policy_add_domain(p, bad, exceptions.get()) == SPFC_BAD_NAME);
        CHECK(spf_policy_add_recipient(p, bad, exceptions.get()) == SPFC_BAD_NAME);
        CHECK(spf_policy_add_skip_helo(p, bad) == SPFC_BAD_NAME);
        CHECK(spf_policy_add_relay_host(p, bad) == SPFC_BAD_NAME);
        CHECK(spf_policy_add_relay_domain(p, bad) == SPFC_BAD_NAME);
    }
    for (const char* const bad : {"", "192.0.2.0/33", "192.0.2", "::/129", "example.com"}) {
        CAPTURE(bad);
        CHECK(spf_policy_add_skip_network(p, bad) == SPFC_BAD_NETWORK);
        CHECK(spf_policy_add_relay_network(p, bad) == SPFC_BAD_NETWORK);
    }
    CHECK(spf_policy_add_skip_helo(p, "mx.example.com") == SPFC_OK);
    CHECK(spf_policy_add_skip_helo(p, "MX.example.com.") == SPFC_DUPLICATE);
}

TEST_CASE("a wrong reason is described with its place", "[c][receiver]") {
    const CPolicy policy{spf_policy_new()};
    spf_text_error error{};
    CHECK(spf_policy_set_reason(policy.get(), "{domain", &error) == SPFC_BAD_TEXT);
    CHECK(error.offset == 0);
    CHECK(std::string(error.message).find("left brace") != std::string::npos);
    const std::string placeholder = "{" + std::string(390, 'x') + "}";
    CHECK(spf_policy_set_reason(policy.get(), placeholder.c_str(), &error) == SPFC_BAD_TEXT);
    CHECK(error.offset == 1);
    CHECK(std::string(error.message).size() == sizeof error.message - 1);
    CHECK(spf_policy_set_reason(policy.get(), "a\nb", nullptr) == SPFC_BAD_TEXT);
    CHECK(spf_policy_set_reason(policy.get(), "SPF {result}", &error) == SPFC_OK);
    CHECK(std::string(error.message).empty());
    CHECK(spf_policy_set_reason(policy.get(), nullptr, &error) == SPFC_OK);
}
