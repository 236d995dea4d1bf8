/* Decisions by the policy of the site that wait for DNS, and the policy itself. */
#include "support.h"

static spf_decision* decision_for(spf_checker* checker, const spf_policy* policy,
                                  const char* client, const char* helo, const char* recipient) {
    spf_session session = {.client = client,
                           .helo = helo,
                           .recipient = recipient,
                           .reverse_path = "<alice@example.com>",
                           .receiver = "mx.example.org"};
    spf_decision* decision = NULL;
    CHECK(spf_receive(checker, policy, &session, NULL, &decision) == SPFC_OK);
    return decision;
}

/* What a milter, or a policy server of Postfix, does with a refusal. */
static void pass_on(const spf_decision* decision) {
    spf_session session = {.client = "10.0.0.7", .reverse_path = "<alice@example.com>"};
    spf_reply* reply = NULL;
    char *line, *pair;
    CHECK(spf_reply_for(spf_decision_reply(decision), SPFC_INTERFACE_MILTER, NULL, &reply) ==
          SPFC_OK);
    CHECK(spf_reply_line_count(reply) >= 1 && spf_reply_line(reply, 0) != NULL);
    spf_reply_free(reply);
    CHECK(spf_reply_for(spf_decision_reply(decision), SPFC_INTERFACE_POSTFIX, "bob@example.org",
                        &reply) == SPFC_OK);
    CHECK(spf_reply_line_count(reply) == 1);
    CHECK(same(spf_reply_text(reply), spf_reply_line(reply, 0)));
    spf_reply_free(reply);

    line = spf_decision_log_line(decision, &session);
    CHECK(has(line, "action=reject demanded=reject ground=result result=fail"));
    pair = spf_log_pair("queue-id", "4XyZ 1");
    CHECK(same(pair, "queue-id=4XyZ\\x201"));
    spf_text_free(line);
    spf_text_free(pair);
}

void decide(void) {
    spf_checker* checker = spf_checker_new(ask_memory, NULL, NULL);
    spf_policy* policy = spf_policy_new();
    spf_fields* fields = NULL;
    spf_decision* decision = decision_for(checker, policy, "192.0.2.10", NULL, NULL);
    CHECK(spf_decision_action(decision) == SPFC_ACTION_MARK);
    CHECK(spf_decision_demanded(decision) == SPFC_ACTION_MARK);
    CHECK(spf_decision_ground(decision) == SPFC_GROUND_RESULT);
    CHECK(spf_decision_identity(decision) == SPFC_MAIL_FROM);
    CHECK(same(spf_decision_matched(decision), ""));
    CHECK(spf_decision_local_client(decision) == NULL);
    CHECK(spf_decision_reply(decision) == NULL);
    CHECK(spf_decision_fields(decision, "mx.example.org", SPFC_FOLDED, &fields) == SPFC_OK);
    CHECK(spf_fields_count(fields) == 2);
    CHECK(same(spf_fields_name(fields, 0), "Authentication-Results"));
    CHECK(has(spf_fields_value(fields, 0), "mx.example.org; spf=pass"));
    spf_fields_free(fields);
    spf_decision_free(decision);

    decision = decision_for(checker, policy, "10.0.0.7", NULL, NULL);
    CHECK(spf_decision_action(decision) == SPFC_ACTION_REJECT);
    CHECK(spf_reply_code(spf_decision_reply(decision)) == 550);
    CHECK(same(spf_decision_local_client(decision), "private (RFC 1918)"));
    pass_on(decision);
    CHECK(spf_outcome_result(spf_check_outcome(spf_decision_check(decision), SPFC_MAIL_FROM)) ==
          SPFC_RESULT_FAIL);
    CHECK(spf_decision_fields(decision, "mx.example.org", SPFC_FOLDED, &fields) == SPFC_OK);
    CHECK(spf_fields_count(fields) == 0);
    spf_fields_free(fields);
    spf_decision_free(decision);
    spf_policy_free(policy);
    spf_checker_free(checker);
}

/* A policy with all settings. */
static spf_policy* strict_policy(void) {
    spf_policy* policy = spf_policy_new();
    spf_exceptions* exceptions = spf_exceptions_new();
    spf_action action = SPFC_ACTION_NONE;
    CHECK(spf_action_from_name("reject", &action) == SPFC_OK && action == SPFC_ACTION_REJECT);
    CHECK(spf_action_from_name("drop", &action) == SPFC_BAD_NAME && action == SPFC_ACTION_REJECT);
    CHECK(same(spf_action_name(SPFC_ACTION_DEFER), "defer"));

    CHECK(spf_policy_set_action(policy, SPFC_RULE_MAIL_FROM, SPFC_RESULT_PERMERROR, action) ==
          SPFC_OK);
    CHECK(spf_policy_action(policy, SPFC_RULE_MAIL_FROM, SPFC_RESULT_PERMERROR) ==
          SPFC_ACTION_REJECT);
    CHECK(spf_policy_action(policy, SPFC_RULE_NULL_SENDER, SPFC_RESULT_PERMERROR) ==
          SPFC_ACTION_MARK);

    CHECK(spf_exceptions_set_action(exceptions, SPFC_RULE_MAIL_FROM, SPFC_RESULT_FAIL,
                                    SPFC_ACTION_DEFER) == SPFC_OK);
    CHECK(spf_policy_add_domain(policy, "example.com", exceptions) == SPFC_OK);
    CHECK(spf_policy_add_domain(policy, "*.example.com", exceptions) == SPFC_OK);
    CHECK(spf_policy_add_domain(policy, "EXAMPLE.com.", exceptions) == SPFC_DUPLICATE);
    CHECK(spf_exceptions_set_skip(exceptions, true) == SPFC_OK);
    CHECK(spf_policy_add_recipient(policy, "postmaster@example.org", exceptions) == SPFC_OK);
    CHECK(spf_policy_add_recipient(policy, "Postmaster@example.org", exceptions) == SPFC_DUPLICATE);
    spf_exceptions_free(exceptions);

    CHECK(spf_policy_set_skip_authenticated(policy, false) == SPFC_OK);
    CHECK(spf_policy_clear_skip_networks(policy) == SPFC_OK);
    CHECK(spf_policy_add_skip_network(policy, "2001:db8:1::/48") == SPFC_OK);
    CHECK(spf_policy_add_skip_helo(policy, "pool.example.com") == SPFC_OK);
    CHECK(spf_policy_add_relay_network(policy, "203.0.113.64/29") == SPFC_OK);
    CHECK(spf_policy_add_relay_host(policy, "mail.example.com") == SPFC_OK);
    CHECK(spf_policy_add_relay_domain(policy, "relay.example") == SPFC_OK);
    return policy;
}

static void check_ground(spf_checker* checker, const spf_policy* policy, const char* client,
                         const char* helo, const char* recipient, spf_action action,
                         spf_ground ground, const char* matched) {
    spf_decision* decision = decision_for(checker, policy, client, helo, recipient);
    CHECK(spf_decision_action(decision) == action);
    CHECK(spf_decision_ground(decision) == ground);
    CHECK(same(spf_decision_matched(decision), matched));
    spf_decision_free(decision);
}

void configure(void) {
    spf_checker* checker = spf_checker_new(ask_memory, NULL, NULL);
    spf_policy* policy = strict_policy();
    spf_decision* decision;
    spf_text_error error;
    check_ground(checker, policy, "2001:db8:1::9", NULL, NULL, SPFC_ACTION_NONE,
                 SPFC_GROUND_NETWORK, "2001:db8:1::9");
    check_ground(checker, policy, "203.0.113.9", "pool.example.com", NULL, SPFC_ACTION_NONE,
                 SPFC_GROUND_HELO_NAME, "pool.example.com");
    check_ground(checker, policy, "203.0.113.65", NULL, NULL, SPFC_ACTION_MARK,
                 SPFC_GROUND_RELAY_NETWORK, "203.0.113.65");
    check_ground(checker, policy, "203.0.113.77", NULL, NULL, SPFC_ACTION_MARK,
                 SPFC_GROUND_RELAY_DOMAIN, "relay.example");
    check_ground(checker, policy, "203.0.113.5", NULL, "postmaster@example.org", SPFC_ACTION_NONE,
                 SPFC_GROUND_RECIPIENT, "postmaster@example.org");
    check_ground(checker, policy, "203.0.113.5", NULL, NULL, SPFC_ACTION_DEFER, SPFC_GROUND_RESULT,
                 "");
    CHECK(same(spf_ground_name(SPFC_GROUND_RELAY_HOST), "relay_host"));

    CHECK(spf_policy_set_reason(policy, "SPF {result} for {domain}", &error) == SPFC_OK);
    decision = decision_for(checker, policy, "203.0.113.5", NULL, NULL);
    CHECK(same(spf_reply_smtp(spf_decision_reply(decision)),
               "451 4.7.23 SPF fail for example.com\r\n"));
    spf_decision_free(decision);
    CHECK(spf_policy_set_reason(policy, "SPF {resutl}", &error) == SPFC_BAD_TEXT);
    CHECK(error.offset == 5 && has(error.message, "resutl"));

    CHECK(spf_policy_set_test(policy, true) == SPFC_OK);
    decision = decision_for(checker, policy, "203.0.113.5", NULL, NULL);
    CHECK(spf_decision_action(decision) == SPFC_ACTION_MARK);
    CHECK(spf_decision_demanded(decision) == SPFC_ACTION_DEFER);
    spf_decision_free(decision);
    spf_policy_free(policy);
    spf_checker_free(checker);
}
