// A relay is what a person types: an address, a network, a host, or the name that a service tells its
// customers to include. Names are looked up at once, as one that does not resolve must not get into
// anybody's record.

#include "analysis/relay.hpp"

#include <algorithm>

#include "ascii.hpp"
#include "spf/domain.hpp"

namespace spf {
namespace {

using Kind = Relay::Kind;

/// Whether a text is meant to be an address: a name does not end in a number (RFC 1123, 2.1).
bool looks_like_address(std::string_view text) {
    if (text.find_first_of(":/") != std::string_view::npos) return true;
    const std::string_view last = text.substr(text.rfind('.') + 1);
    return !last.empty() && std::all_of(last.begin(), last.end(),
                                        [](char each) { return each >= '0' && each <= '9'; });
}

/// Takes a mechanism's name off the front, in any case.
bool take(std::string_view& text, std::string_view prefix) {
    if (text.size() < prefix.size()) return false;
    std::string begin(text.substr(0, prefix.size()));
    ascii::make_lower(begin);
    if (begin != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

Expected<Relay> read_network(std::string_view given, Expected<Network> network) {
    if (!network) return network.error();
    return Relay{Kind::network, std::string(given), *network, {}};
}

Expected<Relay> read_name(std::string_view given, std::string_view text, Kind kind) {
    if (const auto problem = check_host_domain_problem(text)) return *problem;
    const Expected<DomainName> name = DomainName::parse(text);
    if (!name) return name.error();
    return Relay{kind, std::string(given), Network{}, name->text()};
}

/// The addresses of a host. A look-up that fails is told.
struct Addresses {
    std::vector<Network> networks;
    bool failed = false;
};

Addresses addresses_of(const std::string& name, dns::Resolver& resolver) {
    Addresses out;
    for (const dns::RecordType type : {dns::RecordType::a, dns::RecordType::aaaa}) {
        const dns::AnswerPtr answer = resolver.resolve({name, type});
        out.failed = out.failed || answer->is_failure();
        for (const IpAddress address : answer->addresses) out.networks.emplace_back(address, 128);
    }
    return out;
}

/// The networks that pass the check of an include's target.
void find_include(RelayCoverage& out, dns::Resolver& resolver, const NetworksOptions& options) {
    const NetworkMap map = map_networks(out.relay.name, resolver, options);
    out.networks = map.with(Result::pass);
    if (!map.with(Result::temperror).empty()) {
        out.problem = RelayProblem::dns_failure;
    } else if (!map.with(Result::none).empty()) {
        out.problem = RelayProblem::no_record;
    } else if (!map.with(Result::permerror).empty()) {
        out.problem = RelayProblem::broken_record;
    } else if (!map.not_enumerable.empty() || !map.is_complete()) {
        out.problem = RelayProblem::not_enumerable;
    } else if (out.networks.empty()) {
        out.problem = RelayProblem::nobody;
    } else if (authorizing::is_too_wide(out.networks)) {
        out.problem = RelayProblem::everybody;
    }
}

}  // namespace

Expected<Relay> Relay::parse(std::string_view text) {
    const std::string_view given = text;
    if (take(text, "include:")) return read_name(given, text, Kind::include);
    if (take(text, "a:")) return read_name(given, text, Kind::host);
    if (take(text, "ip4:")) return read_network(given, Network::parse_v4(text));
    if (take(text, "ip6:")) return read_network(given, Network::parse_v6(text));
    if (looks_like_address(text)) return read_network(given, Network::parse(text));
    return read_name(given, text, Kind::name);
}

std::string_view message(RelayProblem problem) noexcept {
    switch (problem) {
        case RelayProblem::nothing_there: return "the name has neither addresses nor an SPF record";
        case RelayProblem::no_record:
            return "it has no SPF record, so that including it would break yours (permerror)";
        case RelayProblem::broken_record:
            return "its SPF record does not work, so that including it would break yours "
                   "(permerror)";
        case RelayProblem::nobody:
            return "its SPF record authorises nobody, so that including it would do nothing";
        case RelayProblem::everybody:
            return "its SPF record lets practically everybody send, so it must not be included";
        case RelayProblem::not_enumerable:
            return "its networks depend on the message (macros), so that nothing can be proved "
                   "about it";
        case RelayProblem::dns_failure: break;
    }
    return "it cannot be looked up at the moment";
}

namespace authorizing {

bool is_too_wide(const NetworkSet& set) {
    const std::vector<Network> networks = set.networks();
    return std::any_of(networks.begin(), networks.end(), [](const Network& network) {
        return network.prefix_length() < (network.family() == Family::ipv4 ? 8U : 16U);
    });
}

RelayCoverage find_relay(const Relay& relay, dns::Resolver& resolver,
                         const NetworksOptions& options) {
    RelayCoverage out;
    out.relay = relay;
    if (relay.kind == Kind::network) {
        out.networks = NetworkSet({relay.network.range()});
    } else if (relay.kind == Kind::include) {
        find_include(out, resolver, options);
    } else {
        const Addresses addresses = addresses_of(relay.name, resolver);
        out.relay.kind = Kind::host;
        if (!addresses.networks.empty() && !addresses.failed) {
            out.networks = NetworkSet(addresses.networks);
        } else if (addresses.failed) {
            out.problem = RelayProblem::dns_failure;
        } else if (relay.kind == Kind::name) {
            out.relay.kind = Kind::include;
            find_include(out, resolver, options);
            if (out.problem == RelayProblem::no_record) out.problem = RelayProblem::nothing_there;
        } else {
            out.problem = RelayProblem::nothing_there;
        }
    }
    out.missing = out.networks;
    return out;
}

}  // namespace authorizing
}  // namespace spf
