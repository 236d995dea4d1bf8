#include "diagnose/examine.hpp"

#include <algorithm>
#include <array>

#include "diagnose/psl.hpp"
#include "names/idn.hpp"
#include "names/parts.hpp"
#include "spf/dns/name.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/net/special_address.hpp"

namespace spfcheck {
namespace {

using spf::IpAddress;
using spf::dns::RecordType;
using spf::dns::Resolver;

constexpr std::size_t most_names = 5;  // of the reverse names of an address (RFC 7208, 4.6.4: 10)

/// Returns the name at which the reverse names of an address stand (RFC 1035, 3.5; RFC 3596, 2.5).
std::string reverse_name(IpAddress ip) {
    std::string out;
    if (ip.is_v4()) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            out += std::to_string(ip.v4_bits() >> shift & 0xffU) + '.';
        }
        return out + "in-addr.arpa";
    }
    for (const std::uint64_t half : {ip.low(), ip.high()}) {
        for (unsigned shift = 0; shift < 64; shift += 4) {
            out += "0123456789abcdef"[half >> shift & 0xfU];
            out += '.';
        }
    }
    return out + "ip6.arpa";
}

std::vector<IpAddress> addresses_of(const std::string& name, IpAddress like, Resolver& resolver) {
    const auto canonical = spf::dns::canonical_name(name);
    if (!canonical) return {};
    return resolver.resolve({*canonical, like.is_v4() ? RecordType::a : RecordType::aaaa})
        ->addresses;
}

bool has_address(const std::string& name, IpAddress ip, Resolver& resolver) {
    const std::vector<IpAddress> all = addresses_of(name, ip, resolver);
    return std::find(all.begin(), all.end(), ip) != all.end();
}

/// Returns the first address of a host, IPv4 before IPv6; nothing if it has none.
std::optional<IpAddress> address_of(const std::string& name, Resolver& resolver) {
    if (spf::dns::check_host_domain_problem(name)) return std::nullopt;
    const std::vector<IpAddress> v4 = addresses_of(name, IpAddress(), resolver);
    const std::vector<IpAddress> v6 = addresses_of(name, IpAddress::v6(0, 1), resolver);
    if (!v4.empty()) return v4.front();
    return v6.empty() ? std::nullopt : std::optional(v6.front());
}

/// Fills in the reverse names. A name whose address the client has is preferred.
void find_names(Host& host, Resolver& resolver) {
    const std::string place = reverse_name(*host.ip);
    const auto answer = resolver.resolve({place, RecordType::ptr});
    host.has_no_name = answer->is_void();
    host.reverse =
        place + " PTR " +
        (answer->status == spf::dns::Status::ok ? spf::dns::describe(*answer, RecordType::ptr)
                                                : std::string(spf::dns::to_string(answer->status)));
    const std::size_t count = std::min(answer->names.size(), most_names);
    for (std::size_t i = 0; i < count; ++i) {
        std::string name = answer->names[i];
        spf::dns::make_canonical(name);
        const bool is_confirmed = has_address(name, *host.ip, resolver);
        if (is_confirmed && host.name.empty()) host.name = name;
        if (!is_confirmed && host.other_name.empty()) host.other_name = name;
    }
    if (!host.name.empty()) host.other_name.clear();
}

std::string domain_in_sender(const std::string& sender) {
    const Place place = domain_in(sender);
    std::string out = sender.substr(place.begin, place.size);
    spf::dns::make_canonical(out);
    return out;
}

/// Returns the name that the client used in HELO, as far as it is known. A server that names
/// another domain than the sender's has checked HELO.
std::string helo_of(const Case& about, const Refusal& refusal, const std::string& sender_domain) {
    if (!about.helo.empty()) return about.helo;
    const std::string& claimed = refusal.claimed_domain;
    const bool is_other = refusal.cause == Cause::spf && !claimed.empty() &&
                          !sender_domain.empty() && claimed != sender_domain &&
                          claimed != about.author_domain;
    return is_other ? claimed : std::string();
}

/// Returns the client that sent the mail to the server of a recipient. If nobody names it, it is
/// probably the server that wrote the report, unless that is the recipient's own.
Host client_of(const Case& about, const FailedRecipient& recipient, Resolver& resolver) {
    Host out;
    if (about.source == Source::given || (about.ip && !recipient.refusal.claimed_ip)) {
        out.ip = about.ip;
        out.source = about.source;
        return out;
    }
    if (recipient.refusal.claimed_ip) {
        out.ip = recipient.refusal.claimed_ip;
        out.source = Source::claimed;
        return out;
    }
    const std::string theirs = domain_in_sender(recipient.address);
    std::vector<std::string> candidates{about.reporter};
    if (about.first_hop) candidates.push_back(about.first_hop->by);
    for (std::string& each : candidates) {
        spf::dns::make_canonical(each);
        if (is_of_organization(each, theirs) || is_of_organization(each, recipient.remote_host))
            continue;
        const auto address = address_of(each, resolver);
        if (!address || out.ip) continue;
        out.ip = address;
        out.source = Source::reporter;
        out.reporter = each;
    }
    return out;
}

/// Returns whether a name holds the four octets of an address, in any of the two orders, or its
/// hexadecimal digits: "host-203-0-113-77", "77.113.0.203.pool", "cb00714d".
bool is_numbered(const std::string& name, IpAddress ip) {
    if (!ip.is_v4()) return false;
    std::vector<unsigned> octets;
    std::string padded;
    std::string hexadecimal;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        const unsigned octet = static_cast<unsigned>(ip.v4_bits() >> (shift - 8) & 0xffU);
        octets.push_back(octet);
        const std::string decimal = std::to_string(octet);
        padded += std::string(3 - decimal.size(), '0') + decimal;
        hexadecimal += "0123456789abcdef"[octet >> 4U];
        hexadecimal += "0123456789abcdef"[octet & 0xfU];
    }
    std::vector<unsigned> numbers;
    for (std::size_t i = 0; i < name.size();) {
        const std::size_t end = std::min(name.find_first_not_of("0123456789", i), name.size());
        unsigned number = 0;
        for (std::size_t at = i; at < end && number < 1000; ++at) {
            number = number * 10 + static_cast<unsigned>(name[at] - '0');
        }
        if (end > i) numbers.push_back(number);
        i = std::max(end, i + 1);
    }
    const auto holds = [&numbers](const std::vector<unsigned>& wanted) {
        return std::search(numbers.begin(), numbers.end(), wanted.begin(), wanted.end()) !=
               numbers.end();
    };
    return holds(octets) || holds({octets.rbegin(), octets.rend()}) ||
           name.find(padded) != std::string::npos || name.find(hexadecimal) != std::string::npos;
}

/// Returns whether a host has a confirmed name in one of the domains, or an address that one of
/// their mail servers or the domain itself has; if so, fills in what connects them.
bool is_ours(Host& host, const std::vector<std::string>& domains, const std::string& helo,
             Resolver& resolver) {
    bool found = false;
    const auto use = [&](Tie tie, const std::string& by) {
        if (!found) host.tie = tie, host.tied_by = by;
        found = true;
    };
    for (const std::string& domain : domains) {
        if (is_of_organization(host.name, domain)) {
            host.has_numbered_name = is_numbered(host.name, *host.ip);
            if (!host.has_numbered_name) use(Tie::name, host.name);
        }
        if (spf::dns::check_host_domain_problem(domain)) continue;
        std::vector<std::string> names{domain};
        for (const auto& each : resolver.resolve({domain, RecordType::mx})->exchanges) {
            if (names.size() <= most_names) names.push_back(each.host);
        }
        if (is_of_organization(helo, domain) && !is_numbered(helo, *host.ip)) names.push_back(helo);
        for (const std::string& name : names) {
            if (!name.empty() && has_address(name, *host.ip, resolver)) use(Tie::address, name);
        }
    }
    return found;
}

/// Returns whether the host is a mail server of the recipient's domain, which passed the mail on.
bool is_forwarder(const Host& host, const Examined& examined) {
    if (!examined.mailbox) return false;
    const Mailbox& mailbox = *examined.mailbox;
    const auto& all = mailbox.addresses;
    return std::find(all.begin(), all.end(), *host.ip) != all.end() ||
           is_of_organization(host.name, mailbox.address.domain);
}

/// Returns whether a report shows that somebody forwarded the mail for the recipient: it failed at
/// an address of another domain, or at a server that is not one of the recipient's domain.
bool shows_forwarding(const Case& about, const FailedRecipient& recipient, const Examined& examined,
                      const std::vector<std::string>& domains, Resolver& resolver) {
    if (!about.is_report || !examined.mailbox) return false;
    const Mailbox& mailbox = *examined.mailbox;
    const std::string& theirs = mailbox.address.domain;
    // A server of ours that passes on what is for an address of ours sends it for us.
    const auto is_our = [&domains](const std::string& name) {
        return std::any_of(domains.begin(), domains.end(), [&name](const std::string& each) {
            return is_of_organization(name, each);
        });
    };
    if (theirs.empty() || is_our(theirs)) return false;
    const std::string end = domain_in_sender(recipient.final_address);
    const bool ends_elsewhere =
        recipient.final_address.find('@') != std::string::npos &&
        read_address(recipient.final_address).problem == AddressProblem::none &&
        !is_of_organization(end, theirs);
    if (ends_elsewhere) return true;
    // Only with a list of public suffixes can the server's organization be compared.
    std::string server = recipient.remote_host;
    spf::dns::make_canonical(server);
    const bool is_name = spf::dns::canonical_name(server) && !IpAddress::parse(server) &&
                         server.find('.') != std::string::npos;
    std::string reporter = about.reporter;
    spf::dns::make_canonical(reporter);
    if (!is_name || mailbox.delivery != Delivery::possible || !has_public_suffixes() ||
        is_our(server) || is_our(reporter) || is_of_organization(server, theirs))
        return false;
    const bool is_theirs =
        std::any_of(mailbox.servers.begin(), mailbox.servers.end(),
                    [&](const std::string& each) { return is_of_organization(server, each); });
    return !is_theirs &&
           std::none_of(mailbox.addresses.begin(), mailbox.addresses.end(),
                        [&](IpAddress each) { return has_address(server, each, resolver); });
}

/// Returns whether a server of ours gave the mail to this host, by the word of the host, or a user
/// who had signed in there.
bool was_handed_on(const Case& about, Host& host, const std::string& sender,
                   const std::vector<std::string>& domains, Resolver& resolver) {
    if (!about.first_hop) return false;
    std::string taker = about.first_hop->by;
    spf::dns::make_canonical(taker);
    const bool is_taker =
        taker == host.name || taker == about.reporter || has_address(taker, *host.ip, resolver);
    // Where a server names the client, a stranger's relay may have a user who forges addresses.
    if (is_taker && host.source == Source::reporter &&
        spf::is_signed_in(about.first_hop->protocol)) {
        host.tied_by.clear();
        return true;
    }
    if (!about.first_hop->ip || *about.first_hop->ip == *host.ip) return false;
    Host giver;
    giver.ip = about.first_hop->ip;
    find_names(giver, resolver);
    bool is_our_server = is_ours(giver, domains, {}, resolver);
    if (!sender.empty()) {
        const spf::Outcome outcome = spf::check_host(
            {.ip = *giver.ip, .mail_from = sender, .identity = spf::Identity::mail_from}, resolver);
        is_our_server = is_our_server || outcome.result == spf::Result::pass;
    }
    if (!is_taker || !is_our_server) return false;
    host.tied_by = giver.name.empty() ? giver.ip->to_string() : giver.name;
    return true;
}

/// Finds out what connects the client with us or with the recipient.
void find_tie(const Case& about, const FailedRecipient& recipient, Examined& examined,
              const std::string& helo, Resolver& resolver) {
    Host& host = examined.host;
    std::vector<std::string> domains;
    for (const std::string& each : {examined.sender_domain, about.author_domain}) {
        if (!each.empty() && std::find(domains.begin(), domains.end(), each) == domains.end()) {
            domains.push_back(each);
        }
    }
    const bool ours = is_ours(host, domains, helo, resolver);
    const bool handed_on = !ours && was_handed_on(about, host, examined.sender, domains, resolver);
    const bool forwarded = shows_forwarding(about, recipient, examined, domains, resolver);
    // The mail servers of both domains may be the same.
    if (ours && (host.tie == Tie::name || !forwarded)) return;
    if (forwarded || is_forwarder(host, examined)) {
        host.tie = Tie::forwarder;
        host.tied_by = examined.mailbox->address.domain;
    } else if (handed_on) {
        host.tie = Tie::handed_on;
    }
}

/// Checks HELO and MAIL FROM, as far as they are known.
Checks check_client(const Examined& examined, const std::string& helo, Resolver& resolver) {
    Checks out;
    spf::Options how;
    how.trace = true;
    if (examined.sender.empty() && helo.empty()) return out;
    spf::MailCheck mail =
        spf::check_mail({.ip = *examined.host.ip, .helo = helo}, examined.sender, resolver, how);
    out.mail_from = std::move(mail.mail_from);
    // With the null reverse-path, both identities are the same (RFC 7208, 2.4).
    if (out.mail_from && !out.mail_from->null_sender) out.helo = std::move(mail.helo);
    return out;
}

}  // namespace

bool is_of_organization(const std::string& name, const std::string& domain) {
    if (name.empty() || domain.empty()) return false;
    return spf::dns::is_within(name, organizational_domain(domain).value_or(domain));
}

Examined examine(const Case& about, std::size_t recipient, spf::dns::Resolver& resolver) {
    Examined out;
    const FailedRecipient nobody;
    const FailedRecipient& who =
        recipient < about.recipients.size() ? about.recipients[recipient] : nobody;
    if (!who.address.empty()) out.mailbox = examine_mailbox(who.address, resolver);
    // The address in From stands for that in MAIL FROM only if no server names another domain.
    const std::string& claimed = who.refusal.claimed_domain;
    const bool is_named =
        about.is_sender_of_author && !claimed.empty() && who.refusal.cause == Cause::spf;
    if (about.sender && !is_named) {
        out.sender = *about.sender;
        out.sender_domain = domain_in_sender(*about.sender);
    } else if (!claimed.empty()) {
        out.sender = "postmaster@" + claimed;
        out.sender_domain = claimed;
    }
    const std::string helo = helo_of(about, who.refusal, out.sender_domain);
    if (out.sender_domain.empty()) out.sender_domain = helo;
    if (!about.author_domain.empty()) {
        out.dmarc = dmarc_policy(about.author_domain, resolver);
        // The address in From that stands for an unknown MAIL FROM is aligned with itself.
        const bool stands_in = about.is_sender_of_author && !is_named;
        if (!out.sender_domain.empty() && !stands_in)
            out.alignment = alignment_of(out.sender_domain, about.author_domain);
    }
    out.host = client_of(about, who, resolver);
    if (!out.host.ip) return out;
    if (!spf::special_range(*out.host.ip) || spf::special_range(*out.host.ip)->can_send()) {
        find_names(out.host, resolver);
        find_tie(about, who, out, helo, resolver);
    }
    out.checks = check_client(out, helo, resolver);
    if (!out.checks.mail_from) return out;
    const spf::Result result = out.checks.mail_from->result;
    if (result == spf::Result::none || result == spf::Result::permerror) {
        out.lint = spf::lint::lint_domain(out.checks.mail_from->domain, resolver);
    }
    return out;
}

}  // namespace spfcheck
