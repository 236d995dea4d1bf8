/// \file receiver/verdict.hpp  The verdict on a message, made from the session, the receiver's
/// policy and the results.
///
/// decide() is a pure function: it asks no questions and has no state. receiver/reception.hpp finds
/// out which checks decide() needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/net/special_address.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/receiver_policy.hpp"
#include "spf/receiver/session.hpp"

namespace spf::receiver {

/// What a verdict is based on.
enum class Ground : std::uint8_t {
    result,         ///< the result for Verdict::identity
    authenticated,  ///< not checked: the client has signed in
    network,        ///< not checked: ReceiverPolicy::skip_networks
    helo_name,      ///< not checked: ReceiverPolicy::skip_helo_names, and DNS confirms the name
    sender_domain,  ///< not checked: Exceptions::skip of the domain of MAIL FROM
    recipient,      ///< not checked: Exceptions::skip of the recipient
    relay_network,  ///< not refused: ReceiverPolicy::relay_networks
    relay_host,     ///< not refused: ReceiverPolicy::relay_hosts
    relay_domain,   ///< not refused: ReceiverPolicy::relay_domains
};

/// Returns the name of a ground for logs and metrics, such as "relay_host".
[[nodiscard]] SPF_EXPORT std::string_view to_string(Ground ground) noexcept;
/// Returns whether messages with this ground are not checked, so that there are no results.
[[nodiscard]] SPF_EXPORT bool is_unchecked(Ground ground) noexcept;

/// What DNS answered about a client, in addition to the results for its message.
struct Evidence {
    /// Whether the client's address is among the addresses of its HELO name.
    bool helo_is_confirmed = false;
    /// The entry of ReceiverPolicy::relay_hosts or relay_domains that the client matches; empty if
    /// it matches none, or if DNS was not asked.
    std::string relay{};
    /// Whether `relay` is one of relay_hosts or one of relay_domains.
    Ground relay_ground = Ground::relay_host;
};

/// What is done with a message, and why.
struct Verdict {
    Action action = Action::none;  ///< what is to be done
    /// What the policy demands. It differs from `action` only in test mode
    /// (ReceiverPolicy::is_test), in which no message is refused.
    Action demanded = Action::none;
    Ground ground = Ground::result;  ///< why
    /// The identity whose result has the action that counts. For a relay, the identity whose result
    /// would have refused the message. Means nothing if is_unchecked(ground).
    Identity identity = Identity::mail_from;
    /// What matched the policy for this ground: an address, a name; empty for Ground::result.
    std::string matched{};
    /// The range of the client's address, if the message did not pass and the address belongs to a
    /// local network; otherwise null. In that case the result is worth nothing: a NAT, a proxy or
    /// the bridge of a container has hidden the address of the real client.
    const SpecialRange* local_client = nullptr;
};

/// Returns the verdict on a message that the policy skips; nothing if the message has to be
/// checked. If ReceiverPolicy::skip_helo_names has the HELO name, `evidence` tells whether DNS
/// confirms it.
///
/// Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT std::optional<Verdict> decide_unchecked(const Session& session,
                                                                 const ReceiverPolicy& policy,
                                                                 const Evidence& evidence = {});

/// Returns whether ReceiverPolicy::skip_helo_names has a HELO name, so that DNS has to be asked for
/// the addresses of the name.
[[nodiscard]] SPF_EXPORT bool is_skipped_helo(std::string_view helo, const ReceiverPolicy& policy);

/// Returns the verdict on a message that was checked.
///
/// The result for each identity has an action: that of the exceptions for the recipient, else that
/// of the exceptions for the domain that was checked, else that of ReceiverPolicy::rules. The more
/// severe action counts, so a HELO name that passes never outweighs a MAIL FROM that fails. For a
/// null reverse-path both identities are the HELO name, and only the actions `null_sender` count.
///
/// If that action refuses a message of a trusted relay, the message is marked.
///
/// Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Verdict decide(const Session& session, const ReceiverPolicy& policy,
                                        const MailCheck& mail, const Evidence& evidence = {});

/// Returns the outcome for Verdict::identity; null if the message was not checked.
[[nodiscard]] SPF_EXPORT const Outcome* outcome_of(const Verdict& verdict,
                                                   const MailCheck& mail) noexcept;

}  // namespace spf::receiver
