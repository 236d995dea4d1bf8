// A C++ program that uses the C API, such as a plug-in of an older standard than C++20.
#include <cstdio>
#include <cstring>

#include <spf/c.h>

namespace {

void resolve(void*, const spf_question* question, spf_answer* answer) {
    const char* const record = "v=spf1 ip4:192.0.2.0/24 -all";
    spf_answer_set_status(answer, SPFC_DNS_OK, 60);
    if (question->type == SPFC_TYPE_TXT) spf_answer_add_text(answer, record, std::strlen(record));
}

spf_result check(spf_checker* checker, const char* client) {
    spf_session session = {};
    session.client = client;
    session.reverse_path = "alice@example.com";
    spf_check* outcomes = nullptr;
    spf_check_mail(checker, &session, nullptr, &outcomes);
    const spf_result result = spf_outcome_result(spf_check_outcome(outcomes, SPFC_MAIL_FROM));
    spf_check_free(outcomes);
    return result;
}

}  // namespace

int main() {
    spf_checker* const checker = spf_checker_new(resolve, nullptr, nullptr);
    const bool right = check(checker, "192.0.2.10") == SPFC_RESULT_PASS &&
                       check(checker, "203.0.113.1") == SPFC_RESULT_FAIL;
    spf_checker_free(checker);
    std::puts(right ? "as expected" : "wrong result");
    return right ? 0 : 1;
}
