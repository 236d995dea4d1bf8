/// \file receiver/receiver_policy.hpp  The policy of a receiving site: which messages are not
/// checked, which relays are trusted, and what is done for each result (RFC 7208 section 8).
///
/// A ReceiverPolicy is data. A program fills it from its configuration and then shares it: any
/// number of threads may read it while none changes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/net/network_set.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/by_domain.hpp"
#include "spf/receiver/reason_text.hpp"

namespace spf::receiver {

/// What is done with messages, depending on the results for HELO and MAIL FROM.
struct Rules {
    Actions mail_from{};  ///< actions for MAIL FROM, if the reverse-path is not null
    /// Actions for `postmaster@HELO`, which is checked if the reverse-path is null (2.4).
    Actions null_sender{};
    Actions helo{};  ///< actions for HELO, if the reverse-path is not null (2.3)
};

/// The actions for one domain or one recipient where they differ from ReceiverPolicy::rules.
struct Exceptions {
    SomeActions mail_from{};    ///< actions that replace those of Rules::mail_from
    SomeActions null_sender{};  ///< actions that replace those of Rules::null_sender
    SomeActions helo{};         ///< actions that replace those of Rules::helo
    /// Whether messages for the recipient, or from the domain, are not checked.
    bool skip = false;
};

/// The exceptions for recipients. If there are exceptions for an address and for its domain, those
/// for the address apply.
class SPF_EXPORT ByRecipient {
public:
    /// Adds exceptions for an address ("ann@example.com") or for a pattern of ByDomain. Case is
    /// ignored, in the local-part too. This is safe, because the addresses are the receiver's own.
    /// \return whether the exceptions were added. They are not added if `recipient` is neither an
    ///         address nor such a pattern, or if it was added before.
    bool add(std::string_view recipient, Exceptions exceptions);

    /// Returns the exceptions for a recipient, or null if there are none for it. The address of the
    /// recipient may be written with or without `<>`.
    [[nodiscard]] const Exceptions* find(std::string_view recipient) const;
    /// Returns whether there are no exceptions.
    [[nodiscard]] bool empty() const noexcept { return addresses_.empty() && domains_.empty(); }

private:
    std::unordered_map<std::string, Exceptions> addresses_;
    ByDomain<Exceptions> domains_;
};

/// The policy of a site. The defaults suit a server that receives mail from the internet.
struct SPF_EXPORT ReceiverPolicy {
    /// Returns 127.0.0.0/8 and ::1, from which no mail comes through the internet.
    [[nodiscard]] static NetworkSet loopback();

    /// The actions for messages to which no exception applies.
    Rules rules{};
    /// Exceptions for domains that are checked. Exceptions::mail_from and Exceptions::skip apply if
    /// the domain is the domain of MAIL FROM. Exceptions::helo and Exceptions::null_sender apply if
    /// the domain is the HELO name.
    ByDomain<Exceptions> domains{};
    /// Exceptions for recipients. They take precedence over those in `domains`.
    ByRecipient recipients{};

    /// Whether messages of authenticated clients are not checked, because such clients are the
    /// site's own users.
    bool skip_authenticated = true;
    /// Networks of clients whose messages are not checked.
    NetworkSet skip_networks = loopback();
    /// HELO names of clients whose messages are not checked. Any client may send any HELO name, so
    /// this applies only if an A or AAAA record of the name contains the client's address.
    ByDomain<bool> skip_helo_names{};

    /// Networks of relays that forward mail of others, such as a backup MX. Messages from relays
    /// are checked, but not refused, because the owners of domains authorise their own servers, not
    /// the relays of the receiver.
    NetworkSet relay_networks{};
    /// Host names of relays that are treated like those in `relay_networks`. DNS is asked for their
    /// addresses when a message would be refused.
    std::vector<std::string> relay_hosts{};
    /// Domains of relays that are treated like those in `relay_networks`. A client is such a relay
    /// if check_host() for one of these domains and the client's address results in pass. DNS is
    /// asked when a message would be refused.
    std::vector<std::string> relay_domains{};

    /// Whether the policy is only tested. If so, messages that would be refused are accepted with
    /// Action::mark, and Verdict::demanded is the action that would have been taken.
    bool is_test = false;

    /// The text of replies that refuse messages, in the words of the site. If it is absent, the
    /// library's own text is used, which states the reason and the remedy.
    std::optional<ReasonText> reason{};
};

}  // namespace spf::receiver
