// What DNS says about a case. Each function takes its answers from a resolver and nothing else, so
// that it can run again when more answers are there (dns/ahead.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagnose/case.hpp"
#include "diagnose/dmarc.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/lint/domain.hpp"

namespace spfcheck {

/// Whether a domain takes mail (RFC 5321, 5.1).
enum class Delivery : std::uint8_t {
    possible,      ///< it has mail servers
    by_address,    ///< it has no MX records, so mail goes to its own address
    literal,       ///< the address itself names the server
    null_mx,       ///< it says that it takes no mail (RFC 7505)
    no_domain,     ///< there is no such domain
    no_server,     ///< it has neither MX nor address records
    dead_servers,  ///< none of its mail servers has an address
    bad_address,   ///< MailAddress::problem says why
    unknown,       ///< DNS gave no answer
};

/// The address of a recipient.
struct Mailbox {
    MailAddress address{};
    Delivery delivery = Delivery::unknown;
    std::vector<std::string> servers{};       ///< the mail servers, the preferred first
    std::vector<spf::IpAddress> addresses{};  ///< those of the first servers
    std::string dns{};    ///< the records that show it, in one line; empty if there are none
    std::string meant{};  ///< the well-known domain that was probably meant; empty if none
};

/// What connects a client with the domain of the sender, or with that of the recipient.
enum class Tie : std::uint8_t {
    none,       ///< nothing in DNS
    name,       ///< its confirmed reverse name is in the domain
    address,    ///< a name in the domain has its address: a mail server, or the domain itself
    handed_on,  ///< a server of the domain handed the mail to it, says the report
    forwarder,  ///< it is a mail server of the recipient's domain, or it forwarded the mail for it
    service,    ///< it belongs to a known sending service
};

/// A host that sent the mail to a recipient's server.
struct Host {
    std::optional<spf::IpAddress> ip{};
    Source source = Source::nowhere;
    std::string name{};        ///< a reverse name whose address it is (RFC 7208, 5.5)
    std::string other_name{};  ///< a reverse name that does not lead back; empty if `name` is not
    std::string reverse{};     ///< the reverse names as DNS has them, in one line
    bool has_no_name = false;  ///< whether DNS says that there is no reverse name
    Tie tie = Tie::none;
    std::string tied_by{};           ///< the name, the server or the service that connects them
    std::string reporter{};          ///< with Source::reporter, the name of that server
    bool is_listed_service = false;  ///< whether the record includes a record of that service
    /// Whether it belongs to a service that has the mail servers of the recipient, too. It may have
    /// sent the mail for the sender, or forwarded it for the recipient.
    bool is_shared_service = false;
    /// Whether its confirmed name in the sender's domain is made from its address. A provider gives
    /// such names to the computers of its customers.
    bool has_numbered_name = false;
};

/// What a check says now about a client.
struct Checks {
    std::optional<spf::Outcome> mail_from{};
    std::optional<spf::Outcome> helo{};  ///< only if HELO was checked beside MAIL FROM
};

/// What DNS says about one recipient and the client that sent the mail there.
struct Examined {
    std::optional<Mailbox> mailbox{};  ///< absent if it is not known who the recipient is
    std::string sender{};              ///< in MAIL FROM; empty if unknown, or null
    std::string sender_domain{};       ///< the domain whose record decides; empty if unknown
    Host host{};
    Checks checks{};
    std::optional<spf::lint::DomainLint> lint{};  ///< of the record, if the check found no policy
    std::optional<Alignment> alignment{};         ///< of the checked domain and the author's
    std::optional<DmarcPolicy> dmarc{};           ///< of the domain in From
};

/// The number of recipients that are examined. Of more, only what the report says is told.
inline constexpr std::size_t most_examined = 20;

/// Asks about a recipient.
/// \param recipient  the index in Case::recipients; ignored if there are none
[[nodiscard]] Examined examine(const Case& about, std::size_t recipient,
                               spf::dns::Resolver& resolver);

/// Returns whether a name is in the organization of a domain (RFC 7489, 3.2). Without a list of
/// public suffixes, the domain itself stands for it. Both names are in lower case.
[[nodiscard]] bool is_of_organization(const std::string& name, const std::string& domain);

/// Returns whether a domain takes mail.
[[nodiscard]] Mailbox examine_mailbox(const std::string& address, spf::dns::Resolver& resolver);

}  // namespace spfcheck
