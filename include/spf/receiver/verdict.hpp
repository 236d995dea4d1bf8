/// \file receiver/verdict.hpp  Decides what is to be done with a message, from what is known about
/// the message, the receiver's policy and the results of the checks.
///
/// decide() is a pure function: it asks no DNS questions and has no state. receiver/reception.hpp
/// finds out which checks decide() needs.
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

/// The reason for a verdict.
enum class Ground : std::uint8_t {
    result,         ///< the message was checked, and the result for Verdict::identity decided
    authenticated,  ///< the message was not checked, because the client has authenticated
    /// The message was not checked, because the client is in ReceiverPolicy::skip_networks.
    network,
    /// The message was not checked, because the HELO name is in ReceiverPolicy::skip_helo_names,
    /// and DNS confirms that it is the client's name.
    helo_name,
    /// The message was not checked, because Exceptions::skip is set for the domain of MAIL FROM.
    sender_domain,
    /// The message was not checked, because Exceptions::skip is set for the recipient.
    recipient,
    /// The message was not refused, because the client is in ReceiverPolicy::relay_networks.
    relay_network,
    /// The message was not refused, because the client is one of ReceiverPolicy::relay_hosts.
    relay_host,
    /// The message was not refused, because one of ReceiverPolicy::relay_domains authorises the
    /// client.
    relay_domain,
};

/// Returns the name of the enumerator, such as "relay_host", for logs and metrics.
[[nodiscard]] SPF_EXPORT std::string_view to_string(Ground ground) noexcept;
/// Returns whether this is a reason for which a message is not checked, so that there are no
/// results.
[[nodiscard]] SPF_EXPORT bool is_unchecked(Ground ground) noexcept;

/// What DNS answered about a client, in addition to the results for HELO and MAIL FROM.
struct Evidence {
    /// Whether the client's address is among the addresses of its HELO name.
    bool helo_is_confirmed = false;
    /// The entry of ReceiverPolicy::relay_hosts or ReceiverPolicy::relay_domains that the client
    /// matches. Empty if the client matches no entry, or if DNS was not asked.
    std::string relay{};
    /// Ground::relay_host or Ground::relay_domain, depending on which list contains `relay`.
    Ground relay_ground = Ground::relay_host;
    /// Whether DNS failed when a relay was checked (temperror), so that the client may be a relay.
    bool relay_is_unknown = false;
};

/// What is done with a message, and why.
struct Verdict {
    Action action = Action::none;  ///< what is to be done
    /// The action that the policy demands. It differs from `action` only if ReceiverPolicy::is_test
    /// is set, because then no message is refused.
    Action demanded = Action::none;
    Ground ground = Ground::result;  ///< the reason for the action
    /// The identity whose result decided. For Ground::relay_network, Ground::relay_host and
    /// Ground::relay_domain, the identity for whose result the message would have been refused.
    /// Meaningless if is_unchecked(ground).
    Identity identity = Identity::mail_from;
    /// What matched the policy. For Ground::network and Ground::relay_network, this is the client's
    /// address. For Ground::relay_host and Ground::relay_domain, it is the entry of the policy. For
    /// Ground::helo_name, Ground::sender_domain and Ground::recipient, it is the name, the domain
    /// or the recipient. Otherwise it is empty. It is printable() and has at most 320 octets.
    std::string matched{};
    /// The range of local addresses that contains the client's address. Null if the address is not
    /// local, or if the result is pass. If this is not null, the result is meaningless: a NAT, a
    /// proxy or the bridge of a container has hidden the address of the real client.
    const SpecialRange* local_client = nullptr;
};

/// Returns the verdict on a message that the policy exempts from checks, or nothing if the message
/// has to be checked. If the HELO name is in ReceiverPolicy::skip_helo_names, the message is
/// exempted only if `evidence` shows that DNS confirms the name.
///
/// Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT std::optional<Verdict> decide_unchecked(const Session& session,
                                                                 const ReceiverPolicy& policy,
                                                                 const Evidence& evidence = {});

/// Returns whether the HELO name is in ReceiverPolicy::skip_helo_names. If so, DNS has to be asked
/// for the addresses of the name before decide_unchecked() is called.
[[nodiscard]] SPF_EXPORT bool is_skipped_helo(std::string_view helo, const ReceiverPolicy& policy);

/// Returns the verdict on a message that was checked.
///
/// The action for the result of an identity comes from the exceptions for the recipient. If these
/// have no action for the result, it comes from the exceptions for the domain that was checked, and
/// otherwise from ReceiverPolicy::rules. Of the actions for HELO and MAIL FROM, the more severe one
/// is chosen. A pass for HELO therefore never outweighs a fail for MAIL FROM. For a null
/// reverse-path, both identities are the HELO name, and only the actions `null_sender` apply.
///
/// If the chosen action would refuse a message from a relay, it is replaced by Action::mark. If DNS
/// failed when the relays were checked, it is replaced by Action::defer.
///
/// `mail` must have at least one outcome.
///
/// Throws only std::bad_alloc. Thread-safe.
[[nodiscard]] SPF_EXPORT Verdict decide(const Session& session, const ReceiverPolicy& policy,
                                        const MailCheck& mail, const Evidence& evidence = {});

/// Returns the outcome for Verdict::identity, or null if the message was not checked.
[[nodiscard]] SPF_EXPORT const Outcome* outcome_of(const Verdict& verdict,
                                                   const MailCheck& mail) noexcept;

}  // namespace spf::receiver
