#include "c/decision.hpp"

#include <memory>
#include <utility>

#include "c/checker.hpp"
#include "c/guard.hpp"
#include "c/policy.hpp"
#include "c/session.hpp"
#include "c/values.hpp"
#include "spf/report/fields.hpp"
#include "spf/report/log_line.hpp"

spf_decision::spf_decision(spf::receiver::Decision from, const spf::Options& options)
    : decision(std::move(from)), check(decision.mail, options) {
    if (auto refusal = spf::report::smtp_reply(decision)) reply.emplace(*std::move(refusal));
}

spf_error spf_receive(spf_checker* checker, const spf_policy* policy, const spf_session* session,
                      const spf_options* options, spf_decision** decision) {
    return spf::c_api::make_into(decision, [&](std::unique_ptr<spf_decision>& out) {
        if (checker == nullptr || policy == nullptr) return SPFC_NULL_ARGUMENT;
        spf::receiver::Session message;
        const spf_error error = spf::c_api::read(session, message);
        if (error != SPFC_OK) return error;
        if (!checker->resolver.can_resolve()) return SPFC_NO_RESOLVER;
        const spf::Options how = spf::c_api::read(options);
        const auto complete = policy->complete();
        out = std::make_unique<spf_decision>(
            spf::receiver::receive(message, *complete, checker->checker, how), how);
        return SPFC_OK;
    });
}

void spf_decision_free(spf_decision* decision) { delete decision; }

spf_action spf_decision_action(const spf_decision* decision) {
    if (decision == nullptr) return SPFC_ACTION_NONE;
    return static_cast<spf_action>(decision->decision.verdict.action);
}
spf_action spf_decision_demanded(const spf_decision* decision) {
    if (decision == nullptr) return SPFC_ACTION_NONE;
    return static_cast<spf_action>(decision->decision.verdict.demanded);
}
spf_ground spf_decision_ground(const spf_decision* decision) {
    if (decision == nullptr) return SPFC_GROUND_RESULT;
    return static_cast<spf_ground>(decision->decision.verdict.ground);
}
spf_identity spf_decision_identity(const spf_decision* decision) {
    if (decision == nullptr) return SPFC_MAIL_FROM;
    return static_cast<spf_identity>(decision->decision.verdict.identity);
}
const char* spf_decision_matched(const spf_decision* decision) {
    return decision == nullptr ? nullptr : decision->decision.verdict.matched.c_str();
}
const char* spf_decision_local_client(const spf_decision* decision) {
    if (decision == nullptr || decision->decision.verdict.local_client == nullptr) return nullptr;
    return decision->decision.verdict.local_client->name.data();  // a literal, which ends with NUL
}
const spf_check* spf_decision_check(const spf_decision* decision) {
    return decision == nullptr ? nullptr : &decision->check;
}
const spf_reply* spf_decision_reply(const spf_decision* decision) {
    return decision == nullptr || !decision->reply ? nullptr : &*decision->reply;
}

spf_error spf_decision_fields(const spf_decision* decision, const char* server, spf_folding folding,
                              spf_fields** fields) {
    return spf::c_api::make_into(fields, [&](std::unique_ptr<spf_fields>& out) {
        if (decision == nullptr) return SPFC_NULL_ARGUMENT;
        const spf_error mistake = spf::c_api::mistake_in_server(server);
        if (mistake != SPFC_OK) return mistake;
        const auto how = spf::c_api::folding_of(folding);
        if (!how) return SPFC_BAD_VALUE;
        out = std::make_unique<spf_fields>(
            spf::report::fields(spf::c_api::view(server), decision->decision, *how));
        return SPFC_OK;
    });
}

char* spf_decision_log_line(const spf_decision* decision, const spf_session* session) {
    spf::receiver::Session message;
    if (decision == nullptr || spf::c_api::read(session, message) != SPFC_OK) return nullptr;
    return spf::c_api::copied_from(
        [&] { return spf::report::log_line(message, decision->decision); });
}

char* spf_log_pair(const char* key, const char* value) {
    if (key == nullptr) return nullptr;
    return spf::c_api::copied_from(
        [&] { return spf::report::log_pair(key, spf::c_api::view(value)); });
}
