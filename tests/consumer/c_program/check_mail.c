/* Checks of HELO and MAIL FROM that wait for DNS, for a server that decides by itself. */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "support.h"

static spf_result result_for(spf_checker* checker, const char* client) {
    spf_session session = {.client = client, .reverse_path = "<alice@example.com>"};
    spf_check* check = NULL;
    spf_result result;
    CHECK(spf_check_mail(checker, &session, NULL, &check) == SPFC_OK);
    result = spf_outcome_result(spf_check_outcome(check, SPFC_MAIL_FROM));
    spf_check_free(check);
    return result;
}

/* All that is known about a fail. */
static void describe_fail(spf_checker* checker) {
    spf_session session = {.client = "203.0.113.5",
                           .helo = "mx.client.example",
                           .reverse_path = "<alice@example.com> SIZE=100",
                           .receiver = "mx.example.org"};
    spf_options options = {.deadline_ms = 5000, .trace = true};
    spf_check* check = NULL;
    const spf_outcome* outcome;
    char* text;
    CHECK(spf_check_mail(checker, &session, &options, &check) == SPFC_OK);
    outcome = spf_check_outcome(check, SPFC_MAIL_FROM);
    CHECK(spf_outcome_result(outcome) == SPFC_RESULT_FAIL);
    CHECK(same(spf_result_name(spf_outcome_result(outcome)), "fail"));
    CHECK(spf_outcome_identity(outcome) == SPFC_MAIL_FROM);
    CHECK(same(spf_identity_name(SPFC_MAIL_FROM), "mailfrom"));
    CHECK(same(spf_outcome_client(outcome), "203.0.113.5"));
    CHECK(same(spf_outcome_domain(outcome), "example.com"));
    CHECK(same(spf_outcome_sender(outcome), "alice@example.com"));
    CHECK(same(spf_outcome_helo(outcome), "mx.client.example"));
    CHECK(!spf_outcome_has_null_sender(outcome));
    CHECK(same(spf_outcome_mechanism(outcome), "-all"));
    CHECK(same(spf_outcome_mechanism_domain(outcome), "example.com"));
    CHECK(same(spf_outcome_explanation(outcome), "203.0.113.5 is not ours"));
    CHECK(same(spf_outcome_explanation_domain(outcome), "example.com"));
    CHECK(spf_outcome_problem_code(outcome) == NULL);
    CHECK(spf_outcome_problem(outcome) == NULL && spf_outcome_remedy(outcome) == NULL);
    CHECK(spf_outcome_dns_lookups(outcome) == 2);
    CHECK(spf_outcome_void_lookups(outcome) == 1);
    CHECK(spf_outcome_ttl(outcome) == 3600);

    text = spf_outcome_summary(outcome);
    CHECK(has(text, "fail: 203.0.113.5 may not send mail for example.com"));
    spf_text_free(text);
    text = spf_outcome_json(outcome);
    CHECK(has(text, "{\"result\":\"fail\",\"ip\":\"203.0.113.5\""));
    CHECK(has(text, ",\"trace\":[{\"kind\":\"check_host\",\"depth\":0,\"domain\":\"example.com\""));
    spf_text_free(text);
    spf_check_free(check);
}

/* The reply and the fields of a server that decides by itself. */
static void report(spf_checker* checker) {
    spf_session session = {
        .client = "203.0.113.5", .helo = "relay.example", .reverse_path = "alice@example.com"};
    spf_check* check = NULL;
    spf_reply* reply = NULL;
    spf_fields* fields = NULL;
    CHECK(spf_check_mail(checker, &session, NULL, &check) == SPFC_OK);

    CHECK(spf_outcome_reply(spf_check_outcome(check, SPFC_MAIL_FROM), SPFC_ACTION_DEFER, &reply) ==
          SPFC_OK);
    CHECK(spf_reply_code(reply) == 451);
    CHECK(same(spf_reply_enhanced(reply), "4.7.23"));
    CHECK(spf_reply_line_count(reply) == 3);
    CHECK(has(spf_reply_line(reply, 0), "203.0.113.5 may not send mail for example.com"));
    CHECK(spf_reply_line(reply, 3) == NULL);
    CHECK(has(spf_reply_text(reply), "203.0.113.5 is not ours"));
    CHECK(has(spf_reply_smtp(reply), "451-4.7.23 ") &&
          has(spf_reply_smtp(reply), "\r\n451 4.7.23 "));
    spf_reply_free(reply);

    CHECK(spf_check_authentication_results(check, "mx.example.org", SPFC_UNFOLDED, &fields) ==
          SPFC_OK);
    CHECK(spf_fields_count(fields) == 1);
    CHECK(same(spf_fields_text(fields, 0),
               "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=example.com; "
               "spf=fail smtp.helo=relay.example"));
    spf_fields_free(fields);

    CHECK(spf_check_received_spf(check, "mx.example.org", SPFC_FOLDED_WITH_LF, &fields) == SPFC_OK);
    CHECK(spf_fields_count(fields) == 2);
    CHECK(same(spf_fields_name(fields, 1), "Received-SPF"));
    CHECK(has(spf_fields_value(fields, 1), "fail (mx.example.org: domain of relay.example"));
    CHECK(has(spf_fields_text(fields, 1), "\n ") && !has(spf_fields_text(fields, 1), "\r"));
    CHECK(spf_fields_text(fields, 2) == NULL && spf_fields_name(fields, 2) == NULL);
    CHECK(spf_fields_value(fields, 2) == NULL);
    spf_fields_free(fields);
    spf_check_free(check);
}

/* A null reverse-path, a client as accept() reports it, and records that are wrong. */
static void check_others(spf_checker* checker) {
    struct sockaddr_in address;
    spf_session session = {.helo = "broken.example", .reverse_path = "<>"};
    spf_check* check = NULL;
    const spf_outcome* outcome;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(0xc0000207U);
    session.client_address = (const struct sockaddr*)&address;
    CHECK(spf_check_mail(checker, &session, NULL, &check) == SPFC_OK);
    outcome = spf_check_outcome(check, SPFC_MAIL_FROM);
    CHECK(same(spf_outcome_client(outcome), "192.0.2.7"));
    CHECK(spf_outcome_has_null_sender(outcome));
    CHECK(same(spf_outcome_sender(outcome), "postmaster@broken.example"));
    CHECK(spf_outcome_result(outcome) == SPFC_RESULT_PERMERROR);
    CHECK(same(spf_outcome_problem_code(outcome), "syntax_error"));
    CHECK(has(spf_outcome_problem(outcome), "broken.example"));
    CHECK(has(spf_outcome_remedy(outcome), "32"));
    CHECK(spf_outcome_result(spf_check_outcome(check, SPFC_HELO)) == SPFC_RESULT_PERMERROR);
    spf_check_free(check);
}

void check_mail(void) {
    int questions = 0, questions_of_first;
    spf_checker_options options = {.max_answer_bytes = 1U << 20U, .max_domains = 10};
    spf_checker* checker = spf_checker_new(ask_memory, &questions, &options);
    spf_statistics statistics;

    CHECK(result_for(checker, "192.0.2.10") == SPFC_RESULT_PASS);   /* ip4 */
    CHECK(result_for(checker, "198.51.100.1") == SPFC_RESULT_PASS); /* mx, A */
    CHECK(result_for(checker, "2001:db8::1") == SPFC_RESULT_PASS);  /* mx, AAAA */
    CHECK(result_for(checker, "203.0.113.9") == SPFC_RESULT_PASS);  /* ptr */
    CHECK(result_for(checker, "203.0.113.10") == SPFC_RESULT_FAIL);

    /* The same message again needs no question. */
    questions_of_first = questions;
    CHECK(result_for(checker, "203.0.113.10") == SPFC_RESULT_FAIL);
    CHECK(questions == questions_of_first);
    statistics = spf_checker_statistics(checker);
    CHECK(statistics.answers > 0 && statistics.answer_bytes > 0 && statistics.answer_misses > 0);
    spf_checker_clear(checker);
    CHECK(spf_checker_statistics(checker).answers == 0);
    CHECK(result_for(checker, "203.0.113.10") == SPFC_RESULT_FAIL);
    CHECK(questions > questions_of_first);

    describe_fail(checker);
    report(checker);
    check_others(checker);
    spf_checker_free(checker);
}
