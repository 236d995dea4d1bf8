// Every function of the C API with NULL, and with numbers that are not enumerators.

#include <string>

#include "spf/c.h"
#include "support/catch.hpp"

TEST_CASE("every function that frees accepts NULL", "[c]") {
    spf_text_free(nullptr);
    spf_answer_free(nullptr);
    spf_checker_free(nullptr);
    spf_check_free(nullptr);
    spf_policy_free(nullptr);
    spf_exceptions_free(nullptr);
    spf_decision_free(nullptr);
    spf_fields_free(nullptr);
    spf_reply_free(nullptr);
    spf_reception_free(nullptr);
    spf_evaluation_free(nullptr);
    spf_answer_clear(nullptr);
    spf_checker_clear(nullptr);
    SUCCEED("none of them crashed");
}

TEST_CASE("a function that returns an error returns SPFC_NULL_ARGUMENT for NULL", "[c]") {
    spf_action action = SPFC_ACTION_NONE;
    CHECK(spf_action_from_name(nullptr, &action) == SPFC_NULL_ARGUMENT);
    CHECK(spf_action_from_name("none", nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_set_status(nullptr, SPFC_DNS_OK, 0) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_text(nullptr, "", 0) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_append_text(nullptr, "", 0) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_address(nullptr, "::1") == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_ipv4(nullptr, "\x7f\0\0\x01") == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_ipv6(nullptr, "0123456789abcdef") == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_exchange(nullptr, 0, "a.b") == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_name(nullptr, "a.b") == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_set_action(nullptr, SPFC_RULE_HELO, SPFC_RESULT_FAIL, SPFC_ACTION_MARK) ==
          SPFC_NULL_ARGUMENT);
    CHECK(spf_exceptions_set_action(nullptr, SPFC_RULE_HELO, SPFC_RESULT_FAIL, SPFC_ACTION_MARK) ==
          SPFC_NULL_ARGUMENT);
    CHECK(spf_exceptions_set_skip(nullptr, true) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_set_skip_authenticated(nullptr, true) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_clear_skip_networks(nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_set_test(nullptr, true) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_set_reason(nullptr, "x", nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_reception_answer(nullptr, 1, nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_reception_expire(nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_evaluation_answer(nullptr, 1, nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_evaluation_expire(nullptr) == SPFC_NULL_ARGUMENT);

    spf_policy* const policy = spf_policy_new();
    spf_exceptions* const exceptions = spf_exceptions_new();
    CHECK(spf_policy_add_domain(nullptr, "a.b", exceptions) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_add_domain(policy, nullptr, exceptions) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_add_domain(policy, "a.b", nullptr) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_add_recipient(nullptr, "a@b.c", exceptions) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_add_recipient(policy, nullptr, exceptions) == SPFC_NULL_ARGUMENT);
    CHECK(spf_policy_add_recipient(policy, "a@b.c", nullptr) == SPFC_NULL_ARGUMENT);
    for (const auto add :
         {spf_policy_add_skip_network, spf_policy_add_skip_helo, spf_policy_add_relay_network,
          spf_policy_add_relay_host, spf_policy_add_relay_domain}) {
        CHECK(add(nullptr, "192.0.2.1") == SPFC_NULL_ARGUMENT);
        CHECK(add(policy, nullptr) == SPFC_NULL_ARGUMENT);
    }
    spf_exceptions_free(exceptions);
    spf_policy_free(policy);
}

TEST_CASE("a function that makes an object sets the pointer to NULL if it fails", "[c]") {
    spf_session session{};
    session.client = "192.0.2.1";
    spf_checker* const checker = spf_checker_new(nullptr, nullptr, nullptr);
    spf_policy* const policy = spf_policy_new();
    const auto check_made = [](auto* preset, const auto& make) {
        CHECK(make(&preset) == SPFC_NULL_ARGUMENT);
        CHECK(preset == nullptr);
        CHECK(make(nullptr) == SPFC_NULL_ARGUMENT);
    };
    // A pointer that is not NULL, and is never used.
    const auto wild = [](auto* null) { return reinterpret_cast<decltype(null)>(1); };
    auto* const check = wild(static_cast<spf_check*>(nullptr));
    check_made(check, [&](auto out) { return spf_check_mail(nullptr, &session, nullptr, out); });
    check_made(check, [&](auto out) { return spf_check_mail(checker, nullptr, nullptr, out); });
    auto* const decision = wild(static_cast<spf_decision*>(nullptr));
    check_made(decision,
               [&](auto out) { return spf_receive(nullptr, policy, &session, nullptr, out); });
    check_made(decision,
               [&](auto out) { return spf_receive(checker, nullptr, &session, nullptr, out); });
    check_made(decision,
               [&](auto out) { return spf_receive(checker, policy, nullptr, nullptr, out); });
    auto* const reception = wild(static_cast<spf_reception*>(nullptr));
    check_made(reception, [&](auto out) {
        return spf_reception_new(checker, nullptr, &session, nullptr, out);
    });
    check_made(reception,
               [&](auto out) { return spf_reception_new(checker, policy, nullptr, nullptr, out); });
    auto* const evaluation = wild(static_cast<spf_evaluation*>(nullptr));
    check_made(evaluation,
               [&](auto out) { return spf_evaluation_new(checker, nullptr, nullptr, out); });
    auto* const fields = wild(static_cast<spf_fields*>(nullptr));
    check_made(fields,
               [&](auto out) { return spf_decision_fields(nullptr, "x", SPFC_FOLDED, out); });
    check_made(fields, [&](auto out) {
        return spf_check_authentication_results(nullptr, "x", SPFC_FOLDED, out);
    });
    check_made(fields,
               [&](auto out) { return spf_check_received_spf(nullptr, "x", SPFC_FOLDED, out); });
    auto* const reply = wild(static_cast<spf_reply*>(nullptr));
    check_made(reply, [&](auto out) { return spf_outcome_reply(nullptr, SPFC_ACTION_DEFER, out); });
    check_made(reply,
               [&](auto out) { return spf_reply_for(nullptr, SPFC_INTERFACE_SMTP, nullptr, out); });
    spf_policy_free(policy);
    spf_checker_free(checker);
}

TEST_CASE("a function that returns a part of NULL returns NULL, 0 or false", "[c]") {
    CHECK(spf_check_outcome(nullptr, SPFC_HELO) == nullptr);
    CHECK(spf_outcome_result(nullptr) == SPFC_RESULT_NONE);
    CHECK(spf_outcome_identity(nullptr) == SPFC_MAIL_FROM);
    CHECK_FALSE(spf_outcome_has_null_sender(nullptr));
    for (const auto text : {spf_outcome_client, spf_outcome_domain, spf_outcome_sender,
                            spf_outcome_helo, spf_outcome_mechanism, spf_outcome_mechanism_domain,
                            spf_outcome_explanation, spf_outcome_explanation_domain,
                            spf_outcome_problem_code, spf_outcome_problem, spf_outcome_remedy}) {
        CHECK(text(nullptr) == nullptr);
    }
    CHECK(spf_outcome_dns_lookups(nullptr) == 0);
    CHECK(spf_outcome_void_lookups(nullptr) == 0);
    CHECK(spf_outcome_ttl(nullptr) == 0);
    CHECK(spf_outcome_summary(nullptr) == nullptr);
    CHECK(spf_outcome_json(nullptr) == nullptr);
    CHECK(spf_checker_statistics(nullptr).answers == 0);
    CHECK(spf_policy_action(nullptr, SPFC_RULE_HELO, SPFC_RESULT_FAIL) == SPFC_ACTION_NONE);
    CHECK(spf_decision_action(nullptr) == SPFC_ACTION_NONE);
    CHECK(spf_decision_demanded(nullptr) == SPFC_ACTION_NONE);
    CHECK(spf_decision_ground(nullptr) == SPFC_GROUND_RESULT);
    CHECK(spf_decision_identity(nullptr) == SPFC_MAIL_FROM);
    CHECK(spf_decision_matched(nullptr) == nullptr);
    CHECK(spf_decision_local_client(nullptr) == nullptr);
    CHECK(spf_decision_check(nullptr) == nullptr);
    CHECK(spf_decision_reply(nullptr) == nullptr);
    CHECK(spf_decision_log_line(nullptr, nullptr) == nullptr);
    CHECK(spf_log_pair(nullptr, "x") == nullptr);
    CHECK(spf_fields_count(nullptr) == 0);
    CHECK(spf_fields_text(nullptr, 0) == nullptr);
    CHECK(spf_fields_name(nullptr, 0) == nullptr);
    CHECK(spf_fields_value(nullptr, 0) == nullptr);
    CHECK(spf_reply_code(nullptr) == 0);
    CHECK(spf_reply_enhanced(nullptr) == nullptr);
    CHECK(spf_reply_text(nullptr) == nullptr);
    CHECK(spf_reply_line_count(nullptr) == 0);
    CHECK(spf_reply_line(nullptr, 0) == nullptr);
    CHECK(spf_reply_smtp(nullptr) == nullptr);
    CHECK(spf_reception_is_done(nullptr));
    CHECK(spf_reception_next(nullptr) == nullptr);
    CHECK(spf_reception_decision(nullptr) == nullptr);
    CHECK(spf_evaluation_is_done(nullptr));
    CHECK(spf_evaluation_next(nullptr) == nullptr);
    CHECK(spf_evaluation_check(nullptr) == nullptr);
}

TEST_CASE("a number that is not an enumerator has the name unknown", "[c]") {
    for (const int number : {-1, 100, 2'147'483'647}) {
        CHECK(std::string(spf_error_name(static_cast<spf_error>(number))) == "unknown");
        CHECK(std::string(spf_error_message(static_cast<spf_error>(number))) ==
              "the number is not an error");
        CHECK(std::string(spf_identity_name(static_cast<spf_identity>(number))) == "unknown");
        CHECK(std::string(spf_result_name(static_cast<spf_result>(number))) == "unknown");
        CHECK(std::string(spf_action_name(static_cast<spf_action>(number))) == "unknown");
        CHECK(std::string(spf_ground_name(static_cast<spf_ground>(number))) == "unknown");
        CHECK(std::string(spf_dns_status_name(static_cast<spf_dns_status>(number))) == "unknown");
        CHECK(std::string(spf_record_type_name(static_cast<spf_record_type>(number))) == "unknown");
    }
}
