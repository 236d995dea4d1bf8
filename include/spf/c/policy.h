/// \file c/policy.h  The policy of a receiving site: which messages are not checked, which relays
/// are trusted, and what is done for each result (RFC 7208 section 8).
///
/// A program fills a policy from its configuration when it starts, and then only reads it:
///
///     spf_policy* policy = spf_policy_new();
///     spf_error error = spf_policy_set_action(policy, SPFC_RULE_MAIL_FROM,
///                                             SPFC_RESULT_PERMERROR, SPFC_ACTION_REJECT);
///     if (error == SPFC_OK) error = spf_policy_add_skip_network(policy, "192.0.2.0/24");
///     if (error == SPFC_OK) error = spf_policy_add_relay_host(policy, "mx2.example.org");
///     if (error != SPFC_OK) complain(spf_error_message(error));
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "spf/c/base.h"
#include "spf/c/outcome.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is done with a message, from the mildest to the most severe. A message is refused if the
/// action is at least SPFC_ACTION_DEFER.
enum spf_action SPFC_INT {
    SPFC_ACTION_NONE = 0,   ///< accept the message, and write no header field
    SPFC_ACTION_MARK = 1,   ///< accept the message, and write the results into header fields
    SPFC_ACTION_DEFER = 2,  ///< refuse the message for now, so that the client tries again: 451
    SPFC_ACTION_REJECT = 3  ///< refuse the message permanently: 550
};
/// The type of the enumeration.
typedef enum spf_action spf_action;

/// Returns the name of an action for configurations and logs: "none", "mark", "defer" or "reject".
/// Returns "unknown" for other numbers. The text is a constant.
SPFC_API const char* spf_action_name(spf_action action);
/// Stores the action with a name, which must be in lower case. Returns SPFC_BAD_NAME if there is
/// none.
SPFC_API spf_error spf_action_from_name(const char* name, spf_action* action);

/// The identities for which a policy has separate actions.
enum spf_rule SPFC_INT {
    SPFC_RULE_MAIL_FROM = 0,    ///< MAIL FROM, if the reverse-path is not null
    SPFC_RULE_NULL_SENDER = 1,  ///< `postmaster@HELO`, if the reverse-path is null (RFC 7208, 2.4)
    SPFC_RULE_HELO = 2          ///< HELO, if the reverse-path is not null (RFC 7208, 2.3)
};
/// The type of the enumeration.
typedef enum spf_rule spf_rule;

/// The policy of a site. Any number of threads may use a policy while none changes it.
typedef struct spf_policy spf_policy;

/// Returns a new policy, which the caller frees with spf_policy_free(); NULL if there is not enough
/// memory. By default, a policy refuses messages whose result for MAIL FROM or HELO is fail, and
/// marks all others. It does not check messages from 127.0.0.0/8 and ::1, nor those of clients that
/// have authenticated.
SPFC_API spf_policy* spf_policy_new(void);
/// Frees a policy. An spf_reception that was made with it, and is not yet done, may still be used.
SPFC_API void spf_policy_free(spf_policy* policy);

/// Sets the action for a result. If the results for HELO and MAIL FROM have different actions, the
/// more severe one is taken. Returns SPFC_BAD_VALUE for numbers that are not in the enumerations.
SPFC_API spf_error spf_policy_set_action(spf_policy* policy, spf_rule rule, spf_result result,
                                         spf_action action);
/// Returns the action for a result, without exceptions. Returns SPFC_ACTION_NONE for numbers that
/// are not in the enumerations.
SPFC_API spf_action spf_policy_action(const spf_policy* policy, spf_rule rule, spf_result result);

/// Exceptions for a domain or recipient: actions for some results, in place of those that
/// spf_policy_set_action() sets.
typedef struct spf_exceptions spf_exceptions;

/// Returns new exceptions, which change nothing; NULL if there is not enough memory. They are
/// filled, passed to spf_policy_add_domain() or spf_policy_add_recipient(), any number of times,
/// and then freed with spf_exceptions_free().
SPFC_API spf_exceptions* spf_exceptions_new(void);
/// Frees exceptions. Policies to which they were added keep their copy.
SPFC_API void spf_exceptions_free(spf_exceptions* exceptions);
/// Sets the action for a result. Returns SPFC_BAD_VALUE for numbers that are not in the
/// enumerations.
SPFC_API spf_error spf_exceptions_set_action(spf_exceptions* exceptions, spf_rule rule,
                                             spf_result result, spf_action action);
/// Sets whether messages for the recipient, or from the domain in MAIL FROM, are not checked at
/// all.
SPFC_API spf_error spf_exceptions_set_skip(spf_exceptions* exceptions, bool is_skipped);

/// Adds exceptions for a domain that is checked. `pattern` is "example.com", for this domain alone,
/// or "*.example.com", for all domains below it. The actions of SPFC_RULE_MAIL_FROM apply if it is
/// the domain in MAIL FROM, the others if it is the HELO name. The most specific pattern applies.
/// Returns SPFC_BAD_NAME if `pattern` has another form, and SPFC_DUPLICATE if it was added before.
SPFC_API spf_error spf_policy_add_domain(spf_policy* policy, const char* pattern,
                                         const spf_exceptions* exceptions);
/// Adds exceptions for a recipient: an address such as "ann@example.com", or a pattern as in
/// spf_policy_add_domain(). They take precedence over those for domains, and those for an address
/// over those for a pattern. Case is ignored. Returns SPFC_BAD_NAME if `recipient` has another
/// form, and SPFC_DUPLICATE if it was added before.
SPFC_API spf_error spf_policy_add_recipient(spf_policy* policy, const char* recipient,
                                            const spf_exceptions* exceptions);

/// Sets whether messages of authenticated clients are not checked. The default is true.
SPFC_API spf_error spf_policy_set_skip_authenticated(spf_policy* policy, bool is_skipped);
/// Adds a network whose clients are not checked, such as "192.0.2.0/24" or "2001:db8::1". Returns
/// SPFC_BAD_NETWORK if the text is not a network.
SPFC_API spf_error spf_policy_add_skip_network(spf_policy* policy, const char* network);
/// Removes all networks whose clients are not checked, also 127.0.0.0/8 and ::1.
SPFC_API spf_error spf_policy_clear_skip_networks(spf_policy* policy);
/// Adds a HELO name, or a pattern as in spf_policy_add_domain(), whose clients are not checked. It
/// applies only to a client whose address is among those of the HELO name in DNS, because any
/// client may send any name. Returns SPFC_BAD_NAME or SPFC_DUPLICATE.
SPFC_API spf_error spf_policy_add_skip_helo(spf_policy* policy, const char* pattern);

/// Adds a network of relays that forward the mail of others, such as a backup MX. Messages from
/// relays are checked, but not refused. Returns SPFC_BAD_NETWORK if the text is not a network.
SPFC_API spf_error spf_policy_add_relay_network(spf_policy* policy, const char* network);
/// Adds the host name of such a relay. DNS is asked for its addresses when a message would be
/// refused. Returns SPFC_BAD_NAME if `host` is not a domain name of at least two labels.
SPFC_API spf_error spf_policy_add_relay_host(spf_policy* policy, const char* host);
/// Adds the domain of such relays: clients for which a check of the domain results in pass. They
/// are checked when a message would be refused. Returns SPFC_BAD_NAME if `domain` is not a domain
/// name of at least two labels.
SPFC_API spf_error spf_policy_add_relay_domain(spf_policy* policy, const char* domain);

/// Sets whether the policy is only tested. If so, no message is refused, and
/// spf_decision_demanded() is the action that would have been taken. The default is false.
SPFC_API spf_error spf_policy_set_test(spf_policy* policy, bool is_test);

/// Where and why a text of spf_policy_set_reason() is wrong.
typedef struct spf_text_error {
    size_t offset;      ///< the offset of the first wrong octet in the text
    char message[240];  ///< one line of English, printable US-ASCII without trailing dot
} spf_text_error;

/// Sets the text of replies that refuse messages, in the words of the site. At most 400 octets of
/// printable US-ASCII, with placeholders: {client}, {helo}, {sender}, {identity}, {domain},
/// {result}, {problem}, {explanation} and {receiver}; `{{` and `}}` are braces. With NULL, the
/// library's own text is used again, which is the default.
///
/// An explanation is a text of the domain, not of this site, and the text must make this clear (RFC
/// 7208, 8.4).
///
/// Returns SPFC_BAD_TEXT if the text is wrong, and then describes the mistake in `error`, unless
/// `error` is NULL.
SPFC_API spf_error spf_policy_set_reason(spf_policy* policy, const char* text,
                                         spf_text_error* error);

#ifdef __cplusplus
}
#endif
