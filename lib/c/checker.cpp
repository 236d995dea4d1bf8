#include "c/checker.hpp"

#include <memory>

#include "c/guard.hpp"
#include "c/outcome.hpp"
#include "c/session.hpp"

spf_checker* spf_checker_new(spf_resolve_function* resolve, void* context,
                             const spf_checker_options* options) {
    return spf::c_api::released([&] {
        spf::CheckerOptions kept;
        if (options != nullptr && options->max_answer_bytes != 0)
            kept.answers.max_bytes = options->max_answer_bytes;
        if (options != nullptr && options->max_domains != 0)
            kept.policies.max_domains = options->max_domains;
        return std::make_unique<spf_checker>(resolve, context, kept);
    });
}

void spf_checker_free(spf_checker* checker) { delete checker; }

spf_error spf_check_mail(spf_checker* checker, const spf_session* session,
                         const spf_options* options, spf_check** check) {
    return spf::c_api::make_into(check, [&](std::unique_ptr<spf_check>& out) {
        if (checker == nullptr) return SPFC_NULL_ARGUMENT;
        spf::receiver::Session message;
        const spf_error error = spf::c_api::read(session, message);
        if (error != SPFC_OK) return error;
        if (!checker->resolver.can_resolve()) return SPFC_NO_RESOLVER;
        const spf::Options how = spf::c_api::read(options);
        out = std::make_unique<spf_check>(
            checker->checker.check_mail(message.client, message.reverse_path, how), how);
        return SPFC_OK;
    });
}

void spf_checker_clear(spf_checker* checker) {
    if (checker == nullptr) return;
    (void)spf::c_api::guarded([&] {
        checker->checker.clear();
        return SPFC_OK;
    });
}

spf_statistics spf_checker_statistics(const spf_checker* checker) {
    spf_statistics out{};
    if (checker == nullptr) return out;
    (void)spf::c_api::guarded([&] {
        const spf::Checker::Statistics statistics = checker->checker.statistics();
        out.answer_hits = statistics.answers.hits;
        out.answer_misses = statistics.answers.misses;
        out.answers = statistics.answers.entries;
        out.answer_bytes = statistics.answers.bytes;
        out.policy_hits = statistics.policies.hits;
        out.policy_misses = statistics.policies.misses;
        return SPFC_OK;
    });
    return out;
}
