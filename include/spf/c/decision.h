/// \file c/decision.h  Decides about a message by the policy of the site.
#pragma once

#include "spf/c/base.h"
#include "spf/c/checker.h"
#include "spf/c/outcome.h"
#include "spf/c/policy.h"
#include "spf/c/report.h"
#include "spf/c/session.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is done with a message, why, and the results on which this is based.
typedef struct spf_decision spf_decision;

/// Decides about one message, and waits for DNS. The caller frees the decision with
/// spf_decision_free(). `options` may be NULL.
///
/// It takes at most 40 s with the default deadline, unless the policy names HELO names that are not
/// checked, or hosts or domains of relays. Each of these may need a check of its own, of at most
/// 20 s.
///
/// Fails as spf_check_mail() does.
SPFC_API spf_error spf_receive(spf_checker* checker, const spf_policy* policy,
                               const spf_session* session, const spf_options* options,
                               spf_decision** decision);
/// Frees a decision that spf_receive() has returned.
SPFC_API void spf_decision_free(spf_decision* decision);

/// Returns what is to be done with the message. Returns SPFC_ACTION_NONE if `decision` is NULL.
SPFC_API spf_action spf_decision_action(const spf_decision* decision);
/// Returns the action that the policy demands. It differs from spf_decision_action() only if the
/// policy is tested (spf_policy_set_test()), because then no message is refused.
SPFC_API spf_action spf_decision_demanded(const spf_decision* decision);

/// The reason for an action.
enum spf_ground SPFC_INT {
    /// The message was checked, and the result for spf_decision_identity() decided.
    SPFC_GROUND_RESULT = 0,
    SPFC_GROUND_AUTHENTICATED = 1,  ///< not checked, because the client has authenticated
    SPFC_GROUND_NETWORK = 2,        ///< not checked, because of spf_policy_add_skip_network()
    SPFC_GROUND_HELO_NAME = 3,      ///< not checked, because of spf_policy_add_skip_helo()
    SPFC_GROUND_SENDER_DOMAIN = 4,  ///< not checked, because of exceptions for the domain
    SPFC_GROUND_RECIPIENT = 5,      ///< not checked, because of exceptions for the recipient
    SPFC_GROUND_RELAY_NETWORK = 6,  ///< not refused, because of spf_policy_add_relay_network()
    SPFC_GROUND_RELAY_HOST = 7,     ///< not refused, because of spf_policy_add_relay_host()
    SPFC_GROUND_RELAY_DOMAIN = 8    ///< not refused, because of spf_policy_add_relay_domain()
};
/// The type of the enumeration.
typedef enum spf_ground spf_ground;

/// Returns the name of a ground for logs and metrics, such as "relay_host". Returns "unknown" for
/// other numbers. The text is a constant.
SPFC_API const char* spf_ground_name(spf_ground ground);

/// Returns the reason for the action.
SPFC_API spf_ground spf_decision_ground(const spf_decision* decision);
/// Returns the identity whose result decided, or for whose result a message from a relay would have
/// been refused. Meaningless if the message was not checked.
SPFC_API spf_identity spf_decision_identity(const spf_decision* decision);
/// Returns what matched the policy: the address of the client, or the name, domain, recipient or
/// entry that spf_decision_ground() is about. "" for SPFC_GROUND_RESULT and
/// SPFC_GROUND_AUTHENTICATED. Printable US-ASCII of at most 320 octets.
SPFC_API const char* spf_decision_matched(const spf_decision* decision);
/// Returns the end of the sentence "the address of the client is ...", such as "private (RFC
/// 1918)", if this address is one of a local network and the result is not pass. The result is then
/// meaningless, because a NAT, a proxy or the bridge of a container has hidden the real client:
/// warn the operator. Returns NULL for other clients. The text is a constant.
SPFC_API const char* spf_decision_local_client(const spf_decision* decision);

/// Returns the outcomes for HELO and MAIL FROM. There are none if the message was not checked.
/// Returns NULL only if `decision` is NULL.
SPFC_API const spf_check* spf_decision_check(const spf_decision* decision);

/// Returns the reply that refuses the message, or NULL if the message is accepted. It is in the
/// words of the site if spf_policy_set_reason() has set them.
SPFC_API const spf_reply* spf_decision_reply(const spf_decision* decision);

/// Makes the header fields for the message: Authentication-Results, then Received-SPF for MAIL
/// FROM, then Received-SPF for HELO. Write them in this order above the message and above the
/// Received field of this server. There are no fields if the message is refused, or if the action
/// is SPFC_ACTION_NONE. The caller frees the fields with spf_fields_free().
///
/// `server` is the name of this server, which the fields contain. Returns SPFC_BAD_TEXT if it is
/// "".
SPFC_API spf_error spf_decision_fields(const spf_decision* decision, const char* server,
                                       spf_folding folding, spf_fields** fields);

/// Returns a line for the log of the server about a message and the decision about it, such as
/// `action=reject demanded=reject ground=result result=fail identity=mailfrom domain=example.com
/// ...`. It is made for programs such as fail2ban: pairs of a key and a value, in printable
/// US-ASCII, that untrusted texts cannot forge, in at most 3000 octets. Keys are stable; new keys
/// may be added.
///
/// `session` is what the decision is about. The caller frees the line with spf_text_free(). Returns
/// NULL if an argument is NULL, if the session is not one that spf_receive() accepts, or if there
/// is not enough memory.
SPFC_API char* spf_decision_log_line(const spf_decision* decision, const spf_session* session);
/// Returns a pair `key=value` in the same format, for what the program adds to the line, such as
/// the queue id. `value` may be untrusted, and NULL is "". `key` should be of lower-case letters
/// and hyphens. The caller frees the pair with spf_text_free(). Returns NULL if `key` is NULL, or
/// if there is not enough memory.
SPFC_API char* spf_log_pair(const char* key, const char* value);

#ifdef __cplusplus
}
#endif
