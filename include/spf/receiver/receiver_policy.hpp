/// \file receiver/receiver_policy.hpp  The policy of a receiving site: which messages are not
/// checked, which relays are trusted, and what is done for each result (RFC 7208 section 8).
///
/// A ReceiverPolicy is data. A program fills it from its configuration and then shares it: any
/// number of threads may read it while none changes it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "spf/base/export.hpp"
#include "spf/net/network_set.hpp"
#include "spf/receiver/action.hpp"
#include "spf/receiver/by_domain.hpp"

namespace spf::receiver {

/// The actions for the results of both identities.
struct Rules {
    Actions mail_from{};    ///< for MAIL FROM, if the reverse-path is not null
    Actions null_sender{};  ///< for a null reverse-path, whose identity is postmaster@HELO (2.4)
    Actions helo{};         ///< for HELO, if the reverse-path is not null (2.3)
};

/// Other actions than usual, for one domain or one recipient.
struct Exceptions {
    SomeActions mail_from{};    ///< in place of Rules::mail_from
    SomeActions null_sender{};  ///< in place of Rules::null_sender
    SomeActions helo{};         ///< in place of Rules::helo
    bool skip = false;          ///< whether messages are not checked at all
};

/// The exceptions for recipients. Those for an address come before those for its domain.
class SPF_EXPORT ByRecipient {
public:
    /// Adds exceptions for an address ("ann@example.com") or for a pattern of ByDomain. Upper and
    /// lower case are the same, in the local-part too, because the addresses are the receiver's
    /// own.
    /// \return false, and nothing is added, if it is neither or was added before
    bool add(std::string_view recipient, Exceptions exceptions);

    /// Returns the exceptions for a recipient, written with or without `<>`; null if it has none.
    [[nodiscard]] const Exceptions* find(std::string_view recipient) const;
    /// Returns whether there are no exceptions.
    [[nodiscard]] bool empty() const noexcept { return addresses_.empty() && domains_.empty(); }

private:
    std::unordered_map<std::string, Exceptions> addresses_;
    ByDomain<Exceptions> domains_;
};

/// The policy of a site. The defaults suit a server that receives mail from the internet.
struct SPF_EXPORT ReceiverPolicy {
    /// Returns 127.0.0.0/8 and ::1. No mail comes from these addresses through the internet.
    [[nodiscard]] static NetworkSet loopback();

    /// The usual actions.
    Rules rules{};
    /// Exceptions by the domain that is checked: that of MAIL FROM for `mail_from`, the HELO name
    /// for `helo` and `null_sender`. Exceptions::skip counts for the domain of MAIL FROM.
    ByDomain<Exceptions> domains{};
    /// Exceptions by recipient; they take precedence over those by domain.
    ByRecipient recipients{};

    /// Whether messages of authenticated clients are not checked: they are the site's own users.
    bool skip_authenticated = true;
    /// Networks of clients whose messages are not checked.
    NetworkSet skip_networks = loopback();
    /// HELO names of clients whose messages are not checked. The name of a client counts only if an
    /// A or AAAA record of the name holds the address of the client.
    ByDomain<bool> skip_helo_names{};

    /// Networks of relays that forward mail of others, such as a backup MX. Messages from relays
    /// are checked, but they are not refused.
    NetworkSet relay_networks{};
    /// Host names of such relays. DNS is asked for their addresses when a message would be refused.
    std::vector<std::string> relay_hosts{};
    /// Domains of such relays: a client for which check_host() of one of these domains ends in pass
    /// is a relay. DNS is asked when a message would be refused.
    std::vector<std::string> relay_domains{};

    /// Whether nothing is refused: messages that would be refused are marked, and the verdict says
    /// what would have been done.
    bool is_test = false;
};

}  // namespace spf::receiver
