// Determines the verdict on a message from the results of its checks. RFC 7208 section 8 lets the
// receiver decide what to do for each result.

#include "spf/receiver/verdict.hpp"

#include <algorithm>
#include <utility>

#include "base/mail_octets.hpp"
#include "evaluation/arguments.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"

namespace spf::receiver {
namespace {

std::string canonical(std::string_view domain) {
    std::string name{domain};
    dns::make_canonical(name);
    return name;
}

/// Identifies the member of Rules or Exceptions that applies to an identity. A null reverse-path
/// has rules of its own.
enum class Kind : std::uint8_t { mail_from, null_sender, helo };

template <class PerIdentity>
const auto& actions_for(const PerIdentity& rules, Kind kind) noexcept {
    switch (kind) {
        case Kind::mail_from: return rules.mail_from;
        case Kind::null_sender: return rules.null_sender;
        case Kind::helo: break;
    }
    return rules.helo;
}

/// Finds the Action that the policy demands for the outcome of one identity. An exception for the
/// recipient comes first, then an exception for the domain, and then the general rules.
class ActionFinder {
public:
    ActionFinder(const Session& session, const ReceiverPolicy& policy)
        : policy_(policy), recipient_(policy.recipients.find(session.recipient)) {}

    [[nodiscard]] Action action(const Outcome& outcome, Kind kind) const {
        if (const auto action = exception(recipient_, outcome, kind)) return *action;
        if (!policy_.domains.empty()) {
            const Exceptions* const domain = policy_.domains.find(canonical(outcome.domain));
            if (const auto action = exception(domain, outcome, kind)) return *action;
        }
        return actions_for(policy_.rules, kind).of(outcome.result);
    }

private:
    static std::optional<Action> exception(const Exceptions* exceptions, const Outcome& outcome,
                                           Kind kind) noexcept {
        if (exceptions == nullptr) return std::nullopt;
        return actions_for(*exceptions, kind).of(outcome.result);
    }

    const ReceiverPolicy& policy_;
    const Exceptions* recipient_;
};

Verdict unchecked(Ground ground, std::string_view matched) {
    Verdict verdict;
    verdict.ground = ground;
    verdict.matched = printable(matched, ascii::longest_address);
    return verdict;
}

/// If a verdict refuses a message that a trusted relay sent, changes the verdict so that it marks
/// the message.
void spare_relays(Verdict& verdict, const Session& session, const ReceiverPolicy& policy,
                  const Evidence& evidence) {
    if (!refuses(verdict.demanded)) return;
    if (policy.relay_networks.contains(session.client.ip)) {
        verdict.ground = Ground::relay_network;
        verdict.matched = session.client.ip.to_string();
    } else if (!evidence.relay.empty()) {
        verdict.ground = evidence.relay_ground;
        verdict.matched = evidence.relay;
    } else {
        // The message may come from a relay: the client may try again when DNS works.
        if (evidence.relay_is_unknown) verdict.demanded = Action::defer;
        return;
    }
    verdict.demanded = Action::mark;
}

}  // namespace

std::string_view to_string(Ground ground) noexcept {
    switch (ground) {
        case Ground::result: return "result";
        case Ground::authenticated: return "authenticated";
        case Ground::network: return "network";
        case Ground::helo_name: return "helo_name";
        case Ground::sender_domain: return "sender_domain";
        case Ground::recipient: return "recipient";
        case Ground::relay_network: return "relay_network";
        case Ground::relay_host: return "relay_host";
        case Ground::relay_domain: return "relay_domain";
    }
    return "?";
}

bool is_unchecked(Ground ground) noexcept {
    switch (ground) {
        case Ground::authenticated:
        case Ground::network:
        case Ground::helo_name:
        case Ground::sender_domain:
        case Ground::recipient: return true;
        case Ground::result:
        case Ground::relay_network:
        case Ground::relay_host:
        case Ground::relay_domain: break;
    }
    return false;
}

std::optional<Verdict> decide_unchecked(const Session& session, const ReceiverPolicy& policy,
                                        const Evidence& evidence) {
    if (policy.skip_authenticated && session.is_authenticated)
        return unchecked(Ground::authenticated, {});
    if (policy.skip_networks.contains(session.client.ip))
        return unchecked(Ground::network, session.client.ip.to_string());
    const Exceptions* const recipient = policy.recipients.find(session.recipient);
    if (recipient != nullptr && recipient->skip)
        return unchecked(Ground::recipient, session.recipient);
    if (!policy.domains.empty()) {
        const std::string domain = canonical(domain_of_path(session.reverse_path));
        const Exceptions* const sender =
            dns::check_host_domain_problem(domain) ? nullptr : policy.domains.find(domain);
        if (sender != nullptr && sender->skip) return unchecked(Ground::sender_domain, domain);
    }
    if (evidence.helo_is_confirmed && is_skipped_helo(session.client.helo, policy))
        return unchecked(Ground::helo_name, session.client.helo);
    return std::nullopt;
}

bool is_skipped_helo(std::string_view helo, const ReceiverPolicy& policy) {
    return !policy.skip_helo_names.empty() && !dns::check_host_domain_problem(helo) &&
           policy.skip_helo_names.find(canonical(helo)) != nullptr;
}

Verdict decide(const Session& session, const ReceiverPolicy& policy, const MailCheck& mail,
               const Evidence& evidence) {
    const ActionFinder finder{session, policy};
    const bool is_null = is_null_path(session.reverse_path);
    Verdict verdict;
    if (mail.mail_from) {
        verdict.demanded =
            finder.action(*mail.mail_from, is_null ? Kind::null_sender : Kind::mail_from);
    }
    // For a null reverse-path, HELO and MAIL FROM have the same sender, so only one of the two
    // outcomes counts. The rules for `null_sender` apply to this outcome.
    const bool helo_counts = mail.helo && (!is_null || !mail.mail_from);
    if (helo_counts) {
        const Action helo = finder.action(*mail.helo, is_null ? Kind::null_sender : Kind::helo);
        if (!mail.mail_from || helo > verdict.demanded) {
            verdict.demanded = helo;
            verdict.identity = Identity::helo;
        }
    }
    spare_relays(verdict, session, policy, evidence);
    verdict.action = policy.is_test && refuses(verdict.demanded) ? Action::mark : verdict.demanded;

    const Outcome* const outcome = outcome_of(verdict, mail);
    const SpecialRange* const range = special_range(session.client.ip);
    if (range != nullptr && range->is_local() && outcome != nullptr &&
        outcome->result != Result::pass)
        verdict.local_client = range;
    return verdict;
}

const Outcome* outcome_of(const Verdict& verdict, const MailCheck& mail) noexcept {
    if (is_unchecked(verdict.ground)) return nullptr;
    const auto& outcome = verdict.identity == Identity::helo ? mail.helo : mail.mail_from;
    return outcome ? &*outcome : nullptr;
}

}  // namespace spf::receiver
