// Decisions and checks without I/O. A check is the decision by a policy that exempts nothing, so
// both are an OpenReception.

#include "spf/c/evaluation.h"

#include <memory>
#include <optional>
#include <utility>

#include "c/answer.hpp"
#include "c/checker.hpp"
#include "c/decision.hpp"
#include "c/guard.hpp"
#include "c/open_reception.hpp"
#include "c/policy.hpp"
#include "c/session.hpp"

using spf::c_api::OpenReception;

namespace {

/// An OpenReception, and the result that is made from its decision. Result is spf_decision or
/// spf_check.
template <class Result>
struct Stepwise {
    std::optional<OpenReception> reception{};  // absent if it is done, or if memory ran out
    std::optional<Result> result{};            // present if it is done
    spf::Options options{};
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_reception : Stepwise<spf_decision> {
    void finish(spf::receiver::Decision decision) { result.emplace(std::move(decision), options); }
};
// NOLINTNEXTLINE(readability-identifier-naming): a name of the C API
struct spf_evaluation : Stepwise<spf_check> {
    void finish(spf::receiver::Decision decision) {
        result.emplace(std::move(decision.mail), options);
    }
};

namespace {

/// Calls `step(reception)`, which starts or continues the OpenReception, and makes the result if it
/// is done then. If memory runs out, there is neither a reception nor a result.
template <class Object, class Step>
spf_error take_step(Object& object, const Step& step) noexcept {
    const spf_error error = spf::c_api::guarded([&] {
        const spf_error outcome = step(object.reception);
        if (outcome != SPFC_OK || !object.reception->done()) return outcome;
        object.finish(std::move(*object.reception).decision());
        object.reception.reset();
        return SPFC_OK;
    });
    if (error == SPFC_NO_MEMORY) object.reception.reset();
    return error;
}

/// Starts an object for the policy that `policy()` returns.
template <class Object, class Policy>
spf_error start(spf_checker* checker, const spf_session* session, const spf_options* options,
                Object** out, const Policy& policy) noexcept {
    return spf::c_api::make_into(out, [&](std::unique_ptr<Object>& object) {
        spf::receiver::Session message;
        const spf_error error = spf::c_api::read(session, message);
        if (error != SPFC_OK) return error;
        object = std::make_unique<Object>();
        object->options = spf::c_api::read(options);
        return take_step(*object, [&](std::optional<OpenReception>& reception) {
            reception.emplace(message, policy(), checker == nullptr ? nullptr : &checker->checker,
                              object->options);
            return SPFC_OK;
        });
    });
}

template <class Object>
const spf_question* next(Object* object) noexcept {
    if (object == nullptr || !object->reception) return nullptr;
    const spf_question* question = nullptr;
    (void)take_step(*object, [&](std::optional<OpenReception>& reception) {
        question = reception->next();
        return SPFC_OK;
    });
    return question;
}

template <class Object>
spf_error pass(Object* object, unsigned long id, const spf_answer* answer) noexcept {
    if (object == nullptr) return SPFC_NULL_ARGUMENT;
    if (!object->reception) return SPFC_NOT_ASKED;
    return take_step(*object, [&](std::optional<OpenReception>& reception) {
        const bool is_taken = reception->answer(id, answer == nullptr ? nullptr : answer->shared());
        return is_taken ? SPFC_OK : SPFC_NOT_ASKED;
    });
}

template <class Object>
spf_error expire(Object* object) noexcept {
    if (object == nullptr) return SPFC_NULL_ARGUMENT;
    if (!object->reception) return SPFC_OK;
    return take_step(*object, [](std::optional<OpenReception>& reception) {
        reception->expire();
        return SPFC_OK;
    });
}

/// Returns the policy of an spf_evaluation: every message is checked. A fail of HELO is refused, so
/// that Options::stop_on_helo_fail has its effect.
OpenReception::Policy policy_that_checks_all() {
    auto policy = std::make_shared<spf::receiver::ReceiverPolicy>();
    policy->skip_authenticated = false;
    policy->skip_networks = spf::NetworkSet{};
    return policy;
}

}  // namespace

spf_error spf_reception_new(spf_checker* checker, const spf_policy* policy,
                            const spf_session* session, const spf_options* options,
                            spf_reception** reception) {
    if (reception != nullptr) *reception = nullptr;
    if (policy == nullptr) return SPFC_NULL_ARGUMENT;
    return start(checker, session, options, reception, [&] { return policy->complete(); });
}
void spf_reception_free(spf_reception* reception) { delete reception; }
bool spf_reception_is_done(const spf_reception* reception) {
    return reception == nullptr || !reception->reception;
}
const spf_question* spf_reception_next(spf_reception* reception) { return next(reception); }
spf_error spf_reception_answer(spf_reception* reception, unsigned long id,
                               const spf_answer* answer) {
    return pass(reception, id, answer);
}
spf_error spf_reception_expire(spf_reception* reception) { return expire(reception); }
const spf_decision* spf_reception_decision(const spf_reception* reception) {
    return reception == nullptr || !reception->result ? nullptr : &*reception->result;
}

spf_error spf_evaluation_new(spf_checker* checker, const spf_session* session,
                             const spf_options* options, spf_evaluation** evaluation) {
    return start(checker, session, options, evaluation, policy_that_checks_all);
}
void spf_evaluation_free(spf_evaluation* evaluation) { delete evaluation; }
bool spf_evaluation_is_done(const spf_evaluation* evaluation) {
    return evaluation == nullptr || !evaluation->reception;
}
const spf_question* spf_evaluation_next(spf_evaluation* evaluation) { return next(evaluation); }
spf_error spf_evaluation_answer(spf_evaluation* evaluation, unsigned long id,
                                const spf_answer* answer) {
    return pass(evaluation, id, answer);
}
spf_error spf_evaluation_expire(spf_evaluation* evaluation) { return expire(evaluation); }
const spf_check* spf_evaluation_check(const spf_evaluation* evaluation) {
    return evaluation == nullptr || !evaluation->result ? nullptr : &*evaluation->result;
}
