/* Calls every function of the C API, as a C program does. */
#include <string.h>

#include "support.h"

int failures = 0;

int same(const char* text, const char* expected) {
    return text != NULL && strcmp(text, expected) == 0;
}

int has(const char* text, const char* part) { return text != NULL && strstr(text, part) != NULL; }

static void answer_text(const char* name, spf_answer* answer) {
    if (same(name, "example.com")) {
        /* A TXT record of two strings. */
        const char *first = "v=spf1 ip4:192.0.2.0/24 mx ptr ", *second = "-all exp=why.example.com";
        CHECK(spf_answer_add_text(answer, first, strlen(first)) == SPFC_OK);
        CHECK(spf_answer_append_text(answer, second, strlen(second)) == SPFC_OK);
    } else if (same(name, "why.example.com")) {
        const char* why = "%{i} is not ours";
        CHECK(spf_answer_add_text(answer, why, strlen(why)) == SPFC_OK);
    } else if (same(name, "relay.example")) {
        const char* record = "v=spf1 ip4:203.0.113.77 -all";
        CHECK(spf_answer_add_text(answer, record, strlen(record)) == SPFC_OK);
    } else if (same(name, "broken.example")) {
        const char* record = "v=spf1 ip4:192.0.2.0/33 -all";
        CHECK(spf_answer_add_text(answer, record, strlen(record)) == SPFC_OK);
    } else {
        CHECK(spf_answer_set_status(answer, SPFC_DNS_NXDOMAIN, 60) == SPFC_OK);
    }
}

void ask_memory(void* context, const spf_question* question, spf_answer* answer) {
    const unsigned char ipv4[4] = {198, 51, 100, 1};
    const unsigned char ipv6[16] = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    if (context != NULL) ++*(int*)context;
    CHECK(strlen(question->name) >= question->length);
    CHECK(memcmp(question->octets, question->name, question->length) == 0);
    if (same(question->name, "down.example")) return; /* it sets nothing: the lookup has failed */
    CHECK(spf_answer_set_status(answer, SPFC_DNS_OK, 3600) == SPFC_OK);
    switch (question->type) {
        case SPFC_TYPE_TXT: answer_text(question->name, answer); break;
        case SPFC_TYPE_MX:
            CHECK(spf_answer_add_exchange(answer, 10, "mail.example.com.") == SPFC_OK);
            break;
        case SPFC_TYPE_A:
            if (same(question->name, "mail.example.com"))
                CHECK(spf_answer_add_ipv4(answer, ipv4) == SPFC_OK);
            if (same(question->name, "pool.example.com"))
                CHECK(spf_answer_add_address(answer, "203.0.113.9") == SPFC_OK);
            break;
        case SPFC_TYPE_AAAA:
            if (same(question->name, "mail.example.com"))
                CHECK(spf_answer_add_ipv6(answer, ipv6) == SPFC_OK);
            break;
        case SPFC_TYPE_PTR:
            if (same(question->name, "9.113.0.203.in-addr.arpa"))
                CHECK(spf_answer_add_name(answer, "pool.example.com") == SPFC_OK);
            break;
    }
}

int main(void) {
    CHECK(has(spf_version(), "."));
    check_mail();
    decide();
    configure();
    step_by_step();
    refuse_mistakes();
    puts(failures == 0 ? "as expected" : "wrong");
    return failures == 0 ? 0 : 1;
}
