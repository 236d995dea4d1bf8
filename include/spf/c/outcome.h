/// \file c/outcome.h  The results of a check of HELO and MAIL FROM, and why (RFC 7208 section 2.6).
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "spf/c/base.h"
#include "spf/c/session.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The results of check_host() (RFC 7208, 2.6).
enum spf_result SPFC_INT {
    SPFC_RESULT_NONE = 0,       ///< the domain publishes no record, or there is no domain
    SPFC_RESULT_NEUTRAL = 1,    ///< the domain does not say whether the client may send
    SPFC_RESULT_PASS = 2,       ///< the domain authorises the client
    SPFC_RESULT_FAIL = 3,       ///< the domain does not authorise the client
    SPFC_RESULT_SOFTFAIL = 4,   ///< the client is probably not authorised
    SPFC_RESULT_TEMPERROR = 5,  ///< DNS failed; a later check may have another result
    SPFC_RESULT_PERMERROR = 6   ///< the published records are wrong
};
/// The type of the enumeration.
typedef enum spf_result spf_result;

/// Returns "none", "neutral", "pass", "fail", "softfail", "temperror" or "permerror". Returns
/// "unknown" for other numbers. The text is a constant.
SPFC_API const char* spf_result_name(spf_result result);

/// The outcomes for both identities of one message. spf_check_mail() returns one to the caller, who
/// frees it. Those of an spf_decision or spf_evaluation are parts of these objects.
typedef struct spf_check spf_check;

/// The result for one identity, and everything that is known about it. It is a part of an
/// spf_check, and valid as long as the spf_check.
typedef struct spf_outcome spf_outcome;

/// Frees a check that spf_check_mail() has returned.
SPFC_API void spf_check_free(spf_check* check);

/// Returns the outcome for an identity, or NULL if the identity was not checked. HELO is not
/// checked if it is missing or not a domain name of at least two labels (RFC 7208, 2.3). MAIL FROM
/// is not checked only because of spf_options::stop_on_helo_fail. For a null reverse-path, the
/// outcome for MAIL FROM is the outcome for `postmaster@HELO` (2.4). If an spf_decision was made
/// without a check, because the policy exempts the message, there are no outcomes.
///
/// A pass for HELO does not mean that the message passes: MAIL FROM may still fail.
SPFC_API const spf_outcome* spf_check_outcome(const spf_check* check, spf_identity identity);

/// Returns the result. Returns SPFC_RESULT_NONE if `outcome` is NULL.
SPFC_API spf_result spf_outcome_result(const spf_outcome* outcome);
/// Returns the identity that was checked.
SPFC_API spf_identity spf_outcome_identity(const spf_outcome* outcome);
/// Returns the address of the client, such as "192.0.2.10" or "2001:db8::1". An IPv4-mapped IPv6
/// address is returned as the IPv4 address.
SPFC_API const char* spf_outcome_client(const spf_outcome* outcome);
/// Returns the domain whose record was evaluated, in lower case and without trailing dot; or as it
/// was given if it is malformed, so it may be "". May have any octet except NUL.
SPFC_API const char* spf_outcome_domain(const spf_outcome* outcome);
/// Returns the mail address that was checked: the reverse-path without `<>`, or `postmaster@HELO`.
/// May have any octet except NUL.
SPFC_API const char* spf_outcome_sender(const spf_outcome* outcome);
/// Returns the HELO name as it was given. May have any octet except NUL.
SPFC_API const char* spf_outcome_helo(const spf_outcome* outcome);
/// Returns whether the reverse-path was null, so that `postmaster@HELO` was checked.
SPFC_API bool spf_outcome_has_null_sender(const spf_outcome* outcome);

/// Returns the directive that matched, such as "ip4:192.0.2.0/24". "" if none matched.
SPFC_API const char* spf_outcome_mechanism(const spf_outcome* outcome);
/// Returns the domain whose record decided, by spf_outcome_mechanism() or because no directive
/// matched. "" if an error or a missing record ended the check; see spf_outcome_problem().
SPFC_API const char* spf_outcome_mechanism_domain(const spf_outcome* outcome);

/// Returns the explanation of a fail that the domain publishes (RFC 7208, 6.2). It is untrusted,
/// but printable US-ASCII. "" if there is none.
SPFC_API const char* spf_outcome_explanation(const spf_outcome* outcome);
/// Returns the domain that published the explanation. "" if there is no explanation.
SPFC_API const char* spf_outcome_explanation_domain(const spf_outcome* outcome);

/// Returns the name of what is wrong if the result is none, temperror or permerror, such as
/// "no_record", "syntax_error" or "dns_failure". Names never change; new ones may be added. Returns
/// NULL for the other results. The text is a constant.
SPFC_API const char* spf_outcome_problem_code(const spf_outcome* outcome);
/// Returns one sentence that describes what is wrong, with names and terms: printable US-ASCII
/// without trailing dot. Returns NULL if there is no problem.
SPFC_API const char* spf_outcome_problem(const spf_outcome* outcome);
/// Returns one sentence that tells the owner of the domain what to change: printable US-ASCII
/// without trailing dot. Returns NULL if there is no problem.
SPFC_API const char* spf_outcome_remedy(const spf_outcome* outcome);

/// Returns the number of terms that caused DNS lookups; more than 10 are a permerror (RFC 7208,
/// 4.6.4).
SPFC_API unsigned spf_outcome_dns_lookups(const spf_outcome* outcome);
/// Returns the number of terms whose lookups found nothing; more than 2 are a permerror (RFC 7208,
/// 4.6.4).
SPFC_API unsigned spf_outcome_void_lookups(const spf_outcome* outcome);
/// Returns for how many seconds the outcome may be kept for the same message.
SPFC_API int64_t spf_outcome_ttl(const spf_outcome* outcome);

/// Returns one line for people and logs, such as "fail: 198.51.100.7 may not send mail for
/// example.com (its record ends in "-all")": printable US-ASCII, without line break. The caller
/// frees it with spf_text_free(). Returns NULL if there is not enough memory.
SPFC_API char* spf_outcome_summary(const spf_outcome* outcome);

/// Returns all that is known about the outcome as a JSON object, in one line of printable US-ASCII
/// without line break. The caller frees it with spf_text_free(). Returns NULL if there is not
/// enough memory.
///
/// The keys are those that the program `spfcheck check --json` prints for one outcome, and its
/// schema, `check.schema.json`, describes them: "result", "ip", "sender", "helo", "identity",
/// "domain", "mechanism", "mechanism_domain", "explanation", "dns_lookups", "void_lookups", "ttl",
/// "problem", "received_spf", "authentication_results" and "smtp_reply". With spf_options::trace,
/// there is also "trace", an array of the steps in the order of evaluation. Keys are stable; new
/// keys may be added. Octets that are not UTF-8 are replaced by U+FFFD.
SPFC_API char* spf_outcome_json(const spf_outcome* outcome);

#ifdef __cplusplus
}
#endif
