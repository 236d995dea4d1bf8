#include "c/outcome.hpp"

#include <utility>

#include "c/guard.hpp"
#include "c/json.hpp"
#include "c/values.hpp"
#include "spf/report/text.hpp"

spf_outcome::spf_outcome(const spf::Outcome& from, bool is_traced)
    : outcome(from), has_trace(is_traced), ip(from.ip.to_string()) {
    if (!from.problem) return;
    problem = from.problem->message();
    remedy = from.problem->remedy();
}

spf_check::spf_check(spf::MailCheck from, const spf::Options& options) : mail(std::move(from)) {
    if (mail.helo) helo.emplace(*mail.helo, options.trace);
    if (mail.mail_from) mail_from.emplace(*mail.mail_from, options.trace);
}

void spf_text_free(char* text) {
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): c_api::copied() has allocated it
    std::free(text);
}

void spf_check_free(spf_check* check) { delete check; }

const spf_outcome* spf_check_outcome(const spf_check* check, spf_identity identity) {
    if (check == nullptr) return nullptr;
    const auto& outcome = identity == SPFC_HELO ? check->helo : check->mail_from;
    const bool is_known = spf::c_api::identity_of(identity).has_value();
    return is_known && outcome ? &*outcome : nullptr;
}

spf_result spf_outcome_result(const spf_outcome* outcome) {
    return outcome == nullptr ? SPFC_RESULT_NONE : static_cast<spf_result>(outcome->outcome.result);
}
spf_identity spf_outcome_identity(const spf_outcome* outcome) {
    return outcome == nullptr ? SPFC_MAIL_FROM
                              : static_cast<spf_identity>(outcome->outcome.identity);
}
const char* spf_outcome_client(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->ip.c_str();
}
const char* spf_outcome_domain(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->outcome.domain.c_str();
}
const char* spf_outcome_sender(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->outcome.sender.c_str();
}
const char* spf_outcome_helo(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->outcome.helo.c_str();
}
bool spf_outcome_has_null_sender(const spf_outcome* outcome) {
    return outcome != nullptr && outcome->outcome.null_sender;
}

const char* spf_outcome_mechanism(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->outcome.mechanism.c_str();
}
const char* spf_outcome_mechanism_domain(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->outcome.mechanism_domain.c_str();
}
const char* spf_outcome_explanation(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->outcome.explanation.c_str();
}
const char* spf_outcome_explanation_domain(const spf_outcome* outcome) {
    return outcome == nullptr ? nullptr : outcome->outcome.explanation_domain.c_str();
}

const char* spf_outcome_problem_code(const spf_outcome* outcome) {
    if (outcome == nullptr || !outcome->outcome.problem) return nullptr;
    return to_string(outcome->outcome.problem->code).data();  // a literal, which ends with NUL
}
const char* spf_outcome_problem(const spf_outcome* outcome) {
    if (outcome == nullptr || !outcome->outcome.problem) return nullptr;
    return outcome->problem.c_str();
}
const char* spf_outcome_remedy(const spf_outcome* outcome) {
    if (outcome == nullptr || !outcome->outcome.problem) return nullptr;
    return outcome->remedy.c_str();
}

unsigned spf_outcome_dns_lookups(const spf_outcome* outcome) {
    return outcome == nullptr ? 0 : outcome->outcome.dns_lookups;
}
unsigned spf_outcome_void_lookups(const spf_outcome* outcome) {
    return outcome == nullptr ? 0 : outcome->outcome.void_lookups;
}
int64_t spf_outcome_ttl(const spf_outcome* outcome) {
    return outcome == nullptr ? 0 : outcome->outcome.ttl.count();
}

char* spf_outcome_summary(const spf_outcome* outcome) {
    if (outcome == nullptr) return nullptr;
    return spf::c_api::copied_from([&] { return spf::report::summary(outcome->outcome); });
}
char* spf_outcome_json(const spf_outcome* outcome) {
    if (outcome == nullptr) return nullptr;
    return spf::c_api::copied_from(
        [&] { return spf::c_api::to_json(outcome->outcome, outcome->has_trace); });
}
