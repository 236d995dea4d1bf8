// Whether a recipient's address can be reached.

#include <algorithm>
#include <array>

#include "diagnose/examine.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"

namespace spfcheck {
namespace {

using spf::dns::AnswerPtr;
using spf::dns::RecordType;
using spf::dns::Status;

constexpr std::size_t most_servers = 4;  // whose addresses are asked for

/// What the questions for the addresses of a host found.
struct HostAnswers {
    std::vector<spf::IpAddress> addresses;
    bool is_void = true;  ///< whether DNS says that it has none
};

HostAnswers addresses_at(const std::string& name, spf::dns::Resolver& resolver) {
    HostAnswers out;
    const auto canonical = spf::dns::canonical_name(name);
    if (!canonical) return out;
    for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
        const AnswerPtr answer = resolver.resolve({*canonical, type});
        out.addresses.insert(out.addresses.end(), answer->addresses.begin(),
                             answer->addresses.end());
        out.is_void = out.is_void && answer->is_void();
    }
    return out;
}

/// Returns records in one line, as a zone file has them.
std::string record_line(const std::string& domain, std::string_view type, std::string_view data) {
    return spf::printable(domain, 100)
        .append(" ")
        .append(type)
        .append(" ")
        .append(spf::printable(data, 200));
}

/// Fills in what the MX records say.
void use_exchanges(Mailbox& into, std::vector<spf::dns::MailExchange> exchanges,
                   spf::dns::Resolver& resolver) {
    const std::string& domain = into.address.domain;
    std::stable_sort(exchanges.begin(), exchanges.end(),
                     [](const auto& a, const auto& b) { return a.preference < b.preference; });
    // RFC 7505, 3: a null MX is the only MX record. If there are others, it is without effect.
    if (exchanges.size() == 1 && exchanges.front().host.empty()) {
        into.delivery = Delivery::null_mx;
        into.dns = record_line(domain, "MX", std::to_string(exchanges.front().preference) + " .");
        return;
    }
    std::erase_if(exchanges, [](const auto& each) { return each.host.empty(); });
    bool is_dead = exchanges.size() <= most_servers;
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
        std::string host = exchanges[i].host;
        spf::dns::make_canonical(host);
        if (i < most_servers) {
            const HostAnswers found = addresses_at(host, resolver);
            into.addresses.insert(into.addresses.end(), found.addresses.begin(),
                                  found.addresses.end());
            is_dead = is_dead && found.is_void;
        }
        into.servers.push_back(std::move(host));
    }
    into.delivery = is_dead ? Delivery::dead_servers : Delivery::possible;
    into.dns = record_line(
        domain, "MX", std::to_string(exchanges.front().preference) + ' ' + into.servers.front());
}

/// Fills in what is there in place of MX records (RFC 5321, 5.1).
void use_addresses(Mailbox& into, const spf::dns::Answer& exchanges, const HostAnswers& found) {
    const std::string& domain = into.address.domain;
    if (!found.addresses.empty()) {
        into.delivery = Delivery::by_address;
        into.addresses = found.addresses;
        into.dns = record_line(domain, found.addresses.front().is_v4() ? "A" : "AAAA",
                               found.addresses.front().to_string());
    } else if (exchanges.status == Status::nxdomain) {
        into.delivery = Delivery::no_domain;
    } else if (found.is_void) {
        into.delivery = Delivery::no_server;
    }
    if (into.dns.empty()) {
        into.dns = record_line(domain, "MX", spf::dns::to_string(exchanges.status));
    }
}

}  // namespace

Mailbox examine_mailbox(const std::string& address, spf::dns::Resolver& resolver) {
    Mailbox out;
    out.address = read_address(address);
    if (out.address.problem != AddressProblem::none) {
        out.delivery = Delivery::bad_address;
        return out;
    }
    if (out.address.is_literal) {
        out.delivery = Delivery::literal;
        return out;
    }
    const std::string& domain = out.address.domain;
    const AnswerPtr exchanges = resolver.resolve({domain, RecordType::mx});
    const HostAnswers own = addresses_at(domain, resolver);
    if (exchanges->status == Status::ok && !exchanges->exchanges.empty()) {
        use_exchanges(out, exchanges->exchanges, resolver);
    } else if (exchanges->is_void()) {
        use_addresses(out, *exchanges, own);
    }
    const bool is_unreachable = out.delivery != Delivery::possible &&
                                out.delivery != Delivery::by_address &&
                                out.delivery != Delivery::unknown;
    // An address without MX records is often that of a web page, which no mail server is behind.
    const bool is_doubtful = is_unreachable || out.delivery == Delivery::by_address;
    if (is_doubtful || is_known_typo(domain)) out.meant = std::string(meant_domain(domain));
    return out;
}

}  // namespace spfcheck
