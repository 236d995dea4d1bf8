/// \file c/evaluation.h  Checks and decisions without I/O, for servers with an event loop: take
/// questions out, pass answers in.
///
/// An spf_reception decides by a policy, as spf_receive() does. An spf_evaluation only checks, as
/// spf_check_mail() does. Both are used in the same way. Call a function of yours after the object
/// is made, and after each answer that it has accepted:
///
///     static void proceed(session* s) {
///         const spf_question* question;
///         while ((question = spf_reception_next(s->reception)) != NULL)
///             send_question(s, question);    // your DNS client; it keeps question->id
///         if (spf_reception_is_done(s->reception))
///             decide(s, spf_reception_decision(s->reception));    // NULL if memory ran out
///     }
///
///     static void received(session* s, unsigned long id, const spf_answer* answer) {
///         if (spf_reception_answer(s->reception, id, answer) == SPFC_NOT_ASKED) return;  // late
///         proceed(s);
///     }
///
///     static void time_is_over(session* s) {    // your timer, 20 s after spf_reception_new()
///         while (!spf_reception_is_done(s->reception)) spf_reception_expire(s->reception);
///         proceed(s);
///     }
///
/// The next function returns each question once. It returns NULL if there is nothing to ask now:
/// then the object is done, or questions that were returned before have no answer yet. Several
/// questions may be open at the same time, and their answers may be passed in any order. Here,
/// send_question() must not call received() before it has returned.
///
/// The number of a question protects against an attack. Otherwise a client could delay an answer
/// about its HELO name until the check of HELO has expired, and so answer the first question about
/// the domain in MAIL FROM. Pass the number of the question that the DNS client has asked, never
/// that of the latest question.
///
/// An object may be used by one thread at a time. It starts no threads, and reads the clock only
/// for the macro `%{t}` and for the age of answers in a cache.
#pragma once

#include <stdbool.h>

#include "spf/c/base.h"
#include "spf/c/checker.h"
#include "spf/c/decision.h"
#include "spf/c/dns.h"
#include "spf/c/outcome.h"
#include "spf/c/policy.h"
#include "spf/c/session.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A decision about a message that is being made. HELO and MAIL FROM are checked at the same time,
/// unless the result for HELO may make the check of MAIL FROM unnecessary. So are relays: if the
/// client is several of them, spf_decision_matched() is the one that was found first.
typedef struct spf_reception spf_reception;

/// Starts a decision about a message. The caller frees the reception with spf_reception_free().
/// `options` may be NULL.
///
/// If `checker` is not NULL, its caches answer questions, and keep the answers that are passed in.
/// Its callback is not called. It must exist as long as the reception. The policy may be freed
/// before the reception is done, but must not be changed.
///
/// Fails as spf_check_mail() does.
SPFC_API spf_error spf_reception_new(spf_checker* checker, const spf_policy* policy,
                                     const spf_session* session, const spf_options* options,
                                     spf_reception** reception);
/// Frees a reception, also one that is not done.
SPFC_API void spf_reception_free(spf_reception* reception);

/// Returns whether there is a decision. Open questions then need no answer any more. Returns true
/// if `reception` is NULL.
SPFC_API bool spf_reception_is_done(const spf_reception* reception);
/// Returns a question that was not returned before, or NULL if there is none now. It is valid until
/// the next call with this reception.
SPFC_API const spf_question* spf_reception_next(spf_reception* reception);
/// Accepts the answer to the question whose spf_question::id is `id`, and continues. Copies the
/// answer, so that the caller can clear and reuse it. NULL means that the lookup failed.
///
/// Returns SPFC_NOT_ASKED, and changes nothing, if no open question has this number, because it has
/// expired or was answered already. This is usual for late answers. After SPFC_NO_MEMORY, the
/// reception is done without a decision.
SPFC_API spf_error spf_reception_answer(spf_reception* reception, unsigned long id,
                                        const spf_answer* answer);
/// Ends all checks that have open questions, because their time is over
/// (spf_options::deadline_ms): their results are SPFC_RESULT_TEMPERROR, or SPFC_RESULT_FAIL if only
/// an explanation was missing. Other checks may follow, such as those of relays, with a time of
/// their own. To end all of them, call it until the reception is done. Does nothing if it is done.
/// After SPFC_NO_MEMORY, the reception is done without a decision.
SPFC_API spf_error spf_reception_expire(spf_reception* reception);
/// Returns the decision, which is a part of the reception. Returns NULL if the reception is not
/// done, or if memory ran out.
SPFC_API const spf_decision* spf_reception_decision(const spf_reception* reception);

/// A check of HELO and MAIL FROM of a message that is under way, without a policy. Both are checked
/// at the same time, as by an spf_reception.
typedef struct spf_evaluation spf_evaluation;

/// Starts a check of a message. The caller frees it with spf_evaluation_free(). `options` and
/// `checker` may be NULL. If `checker` is not NULL, it is used as by spf_reception_new().
///
/// Fails as spf_check_mail() does.
SPFC_API spf_error spf_evaluation_new(spf_checker* checker, const spf_session* session,
                                      const spf_options* options, spf_evaluation** evaluation);
/// Frees an evaluation, also one that is not done.
SPFC_API void spf_evaluation_free(spf_evaluation* evaluation);

/// Returns whether both identities are checked. Returns true if `evaluation` is NULL.
SPFC_API bool spf_evaluation_is_done(const spf_evaluation* evaluation);
/// Returns a question that was not returned before, or NULL if there is none now. It is valid until
/// the next call with this evaluation.
SPFC_API const spf_question* spf_evaluation_next(spf_evaluation* evaluation);
/// Accepts the answer to a question, as spf_reception_answer() does, and fails as it does.
SPFC_API spf_error spf_evaluation_answer(spf_evaluation* evaluation, unsigned long id,
                                         const spf_answer* answer);
/// Ends all checks that have open questions, as spf_reception_expire() does: their results are
/// SPFC_RESULT_TEMPERROR, or SPFC_RESULT_FAIL if only an explanation was missing. After the check
/// of HELO, that of MAIL FROM may follow, with a time of its own. To end both, call it until the
/// evaluation is done. Does nothing if it is done. After SPFC_NO_MEMORY, the evaluation is done
/// without outcomes.
SPFC_API spf_error spf_evaluation_expire(spf_evaluation* evaluation);
/// Returns the outcomes, which are a part of the evaluation. Returns NULL if the evaluation is not
/// done, or if memory ran out.
SPFC_API const spf_check* spf_evaluation_check(const spf_evaluation* evaluation);

#ifdef __cplusplus
}
#endif
