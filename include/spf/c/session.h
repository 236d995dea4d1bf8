/// \file c/session.h  What to check: one message of an SMTP session, and how it is checked.
#pragma once

#include <stdbool.h>

#include "spf/c/base.h"

struct sockaddr; /* of <sys/socket.h> */

#ifdef __cplusplus
extern "C" {
#endif

/// What a server knows about a message when it decides whether to accept it. Set the members that
/// are not known to NULL or false, as an initializer does with those it does not name:
///
///     spf_session session = {.client = "192.0.2.10", .reverse_path = "<alice@example.com>"};
///
/// The functions that are given a session copy its texts. Each text has at most 65535 octets
/// (SPFC_TOO_LARGE); what is not a mail address or not a domain name is not an error, because
/// clients may send anything (RFC 7208, 4.3).
typedef struct spf_session {
    /// The address of the SMTP client as text, such as "192.0.2.10" or "2001:db8::1", without
    /// brackets, port or zone. If it is NULL, `client_address` is used.
    const char* client;
    /// The address of the SMTP client as accept() or getpeername() returns it, of the family
    /// AF_INET or AF_INET6. It must point to an object that is large enough for its family. It is
    /// not used if `client` is not NULL.
    const struct sockaddr* client_address;
    /// The name in the latest HELO or EHLO. NULL or "" if there was none. An address literal, such
    /// as "[192.0.2.10]", is not checked (RFC 7208, 2.3).
    const char* helo;
    /// The address in MAIL FROM, with or without `<>`. If it begins with `<`, what follows the
    /// closing `>` is ignored, such as ESMTP parameters. NULL, "" and "<>" mean the null
    /// reverse-path, for which `postmaster@HELO` is checked (RFC 7208, 2.4).
    const char* reverse_path;
    /// The address in RCPT TO, with or without `<>`. NULL or "" if the decision is for all
    /// recipients. Only spf_receive() and spf_reception_new() use it.
    const char* recipient;
    /// The name of this server, for the macro `%{r}` in records and the placeholder {receiver}.
    /// NULL or "" if it is not known.
    const char* receiver;
    /// Whether the client has authenticated (SMTP AUTH). Only spf_receive() and spf_reception_new()
    /// use it.
    bool is_authenticated;
} spf_session;

/// How a message is checked. All functions accept NULL instead of options, and mean options whose
/// members are all 0 and false.
typedef struct spf_options {
    /// The maximum time for the check of one identity, in milliseconds. After it, the result is
    /// SPFC_RESULT_TEMPERROR. 0 means 20000, the minimum that RFC 7208 requires (4.6.4). A message
    /// has two identities, so a check of a message that waits for DNS takes at most 40 s. An
    /// spf_evaluation or spf_reception does not measure time, so that the caller has to: see
    /// spf_reception_expire().
    unsigned deadline_ms;
    /// Whether to leave out the explanation that the domain publishes for a fail (RFC 7208, 6.2),
    /// which takes a DNS lookup.
    bool without_explanation;
    /// Whether to record the steps of the check, for the key "trace" of spf_outcome_json().
    bool trace;
    /// Whether to leave out the check of MAIL FROM if the result for HELO is a fail. With a policy,
    /// this applies only if the policy refuses the message for its HELO.
    bool stop_on_helo_fail;
} spf_options;

/// The two identities of a message that are checked.
enum spf_identity SPFC_INT {
    SPFC_MAIL_FROM = 0,  ///< the reverse-path; if it is null, `postmaster@HELO` (RFC 7208, 2.4)
    SPFC_HELO = 1        ///< the name in HELO or EHLO (RFC 7208, 2.3)
};
/// The type of the enumeration.
typedef enum spf_identity spf_identity;

/// Returns "mailfrom" or "helo", as in a Received-SPF field. Returns "unknown" for other numbers.
/// The text is a constant.
SPFC_API const char* spf_identity_name(spf_identity identity);

#ifdef __cplusplus
}
#endif
