/* Decisions and checks on an event loop: questions out, answers in. */
#include "support.h"

/* The server's event loop and DNS client: questions that were sent, the latest first. */
struct sent {
    unsigned long ids[64];
    spf_answer* answers[64];
    size_t count;
};

static void send_question(struct sent* sent, const spf_question* question) {
    spf_answer* answer = spf_answer_new();
    CHECK(question->id > 0 && question->timeout_ms == -1);
    CHECK(sent->count < 64);
    ask_memory(NULL, question, answer);
    sent->ids[sent->count] = question->id;
    sent->answers[sent->count++] = answer;
}

static void decide_on_loop(spf_checker* caches) {
    struct sent sent = {.count = 0};
    spf_session session = {
        .client = "203.0.113.5", .helo = "relay.example", .reverse_path = "<alice@example.com>"};
    spf_policy* policy = spf_policy_new();
    spf_reception* reception = NULL;
    const spf_question* question;
    size_t most = 0;
    CHECK(spf_policy_add_relay_domain(policy, "relay.example") == SPFC_OK);
    CHECK(spf_reception_new(caches, policy, &session, NULL, &reception) == SPFC_OK);
    spf_policy_free(policy); /* as after a reload of the configuration */
    while (!spf_reception_is_done(reception)) {
        CHECK(spf_reception_decision(reception) == NULL);
        while ((question = spf_reception_next(reception)) != NULL) send_question(&sent, question);
        if (most < sent.count) most = sent.count;
        if (sent.count == 0) break;
        --sent.count;
        CHECK(spf_reception_answer(reception, sent.ids[sent.count], sent.answers[sent.count]) ==
              SPFC_OK);
        CHECK(spf_reception_answer(reception, sent.ids[sent.count], NULL) == SPFC_NOT_ASKED);
        spf_answer_free(sent.answers[sent.count]);
    }
    CHECK(caches != NULL || most == 2); /* HELO and MAIL FROM are checked at the same time */
    CHECK(spf_decision_action(spf_reception_decision(reception)) == SPFC_ACTION_REJECT);
    CHECK(spf_decision_identity(spf_reception_decision(reception)) == SPFC_MAIL_FROM);
    spf_reception_free(reception);
}

static void expire_on_loop(void) {
    spf_session session = {.client = "203.0.113.5", .reverse_path = "<alice@example.com>"};
    spf_policy* policy = spf_policy_new();
    spf_reception* reception = NULL;
    const spf_question* question;
    unsigned long id;
    CHECK(spf_policy_set_action(policy, SPFC_RULE_MAIL_FROM, SPFC_RESULT_TEMPERROR,
                                SPFC_ACTION_DEFER) == SPFC_OK);
    CHECK(spf_reception_new(NULL, policy, &session, NULL, &reception) == SPFC_OK);
    question = spf_reception_next(reception);
    id = question->id;
    CHECK(spf_reception_next(reception) == NULL); /* it waits for the answer */
    CHECK(spf_reception_expire(reception) == SPFC_OK);
    CHECK(spf_reception_is_done(reception));
    CHECK(spf_reception_answer(reception, id, NULL) == SPFC_NOT_ASKED); /* it is too late */
    CHECK(spf_decision_action(spf_reception_decision(reception)) == SPFC_ACTION_DEFER);
    spf_reception_free(reception);
    spf_policy_free(policy);
}

static void check_on_loop(void) {
    spf_session session = {
        .client = "203.0.113.9", .helo = "down.example", .reverse_path = "<alice@example.com>"};
    spf_options options = {.without_explanation = true, .stop_on_helo_fail = true};
    spf_evaluation* evaluation = NULL;
    spf_answer* answer = spf_answer_new();
    const spf_question* question;
    const spf_check* check;
    CHECK(spf_evaluation_new(NULL, &session, &options, &evaluation) == SPFC_OK);
    while (!spf_evaluation_is_done(evaluation)) {
        question = spf_evaluation_next(evaluation);
        if (question == NULL) break;
        CHECK(spf_record_type_name(question->type) != NULL);
        ask_memory(NULL, question, answer);
        CHECK(spf_evaluation_answer(evaluation, question->id, answer) == SPFC_OK);
        spf_answer_clear(answer);
    }
    spf_answer_free(answer);
    check = spf_evaluation_check(evaluation);
    CHECK(spf_outcome_result(spf_check_outcome(check, SPFC_HELO)) == SPFC_RESULT_TEMPERROR);
    CHECK(spf_outcome_result(spf_check_outcome(check, SPFC_MAIL_FROM)) == SPFC_RESULT_PASS);
    spf_evaluation_free(evaluation);

    CHECK(spf_evaluation_new(NULL, &session, NULL, &evaluation) == SPFC_OK);
    CHECK(spf_evaluation_expire(evaluation) == SPFC_OK);
    CHECK(spf_evaluation_is_done(evaluation));
    spf_evaluation_free(evaluation);
}

void step_by_step(void) {
    spf_checker* caches = spf_checker_new(NULL, NULL, NULL); /* only the caches */
    decide_on_loop(NULL);
    decide_on_loop(caches);
    decide_on_loop(caches);
    CHECK(spf_checker_statistics(caches).answer_hits > 0);
    spf_checker_free(caches);
    expire_on_loop();
    check_on_loop();
}
