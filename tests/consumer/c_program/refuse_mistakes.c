/* Mistakes of the program: each has its error. */
#include "support.h"

void refuse_mistakes(void) {
    spf_session session = {.client = "192.0.2.10"}, nameless = {.client = "mx.example.com"};
    spf_checker* checker = spf_checker_new(NULL, NULL, NULL);
    spf_check* check = NULL;
    spf_answer* answer = spf_answer_new();
    CHECK(spf_check_mail(checker, &session, NULL, &check) == SPFC_NO_RESOLVER && check == NULL);
    CHECK(spf_check_mail(checker, &nameless, NULL, &check) == SPFC_BAD_ADDRESS);
    CHECK(spf_check_mail(NULL, &session, NULL, &check) == SPFC_NULL_ARGUMENT);
    CHECK(spf_answer_add_address(answer, "192.0.2.300") == SPFC_BAD_ADDRESS);
    CHECK(spf_answer_append_text(answer, "", 0) == SPFC_BAD_TEXT);
    CHECK(same(spf_error_name(SPFC_BAD_ADDRESS), "bad_address"));
    CHECK(has(spf_error_message(SPFC_BAD_ADDRESS), "IPv4"));
    CHECK(same(spf_dns_status_name(SPFC_DNS_NXDOMAIN), "nxdomain"));
    spf_answer_free(answer);
    spf_checker_free(checker);
}
