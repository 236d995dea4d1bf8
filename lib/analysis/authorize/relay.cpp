// A relay is what the user types: an address, a network, a host, or the name that a service asks
// its customers to include. A name is looked up before anything is proposed, because a name that
// does not resolve must not get into a record.

#include "analysis/authorize/relay.hpp"

#include <algorithm>
#include <array>

#include "analysis/sentences.hpp"
#include "base/ascii.hpp"
#include "base/code_table.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"
#include "spf/net/special_address.hpp"

namespace spf::analysis {
namespace {

using Code = RelayProblem::Code;
using Kind = Relay::Kind;

using Entry = CodeEntry<Code>;

constexpr std::array<Entry, RelayProblem::code_count> entries{{
    {Code::nothing_there, "nothing_there"},
    {Code::no_record, "no_record"},
    {Code::broken_record, "broken_record"},
    {Code::nobody, "nobody"},
    {Code::everybody, "everybody"},
    {Code::not_public, "not_public"},
    {Code::host_bits, "host_bits"},
    {Code::very_large, "very_large"},
    {Code::too_large, "too_large"},
    {Code::not_enumerable, "not_enumerable"},
    {Code::dns_failure, "dns_failure"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

/// Returns whether a text is meant to be an address. The name of a host does not end in a number
/// (RFC 1123, 2.1).
bool looks_like_address(std::string_view text) {
    if (text.find_first_of(":/") != std::string_view::npos) return true;
    const std::string_view last = text.substr(text.rfind('.') + 1);
    return !last.empty() && std::all_of(last.begin(), last.end(),
                                        [](char each) { return each >= '0' && each <= '9'; });
}

/// Removes `prefix` from the beginning of the text, ignoring case. Returns whether it was there.
bool take(std::string_view& text, std::string_view prefix) {
    if (text.size() < prefix.size()) return false;
    std::string begin(text.substr(0, prefix.size()));
    ascii::make_lower(begin);
    if (begin != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

Expected<Relay> read_network(std::string_view given, std::string_view text,
                             Expected<Network> network) {
    if (!network) return network.error();
    const Expected<IpAddress> address = IpAddress::parse(text.substr(0, text.find('/')));
    if (!address) return address.error();
    return Relay{Kind::network, std::string(given), *network, {}, *address};
}

Expected<Relay> read_name(std::string_view given, std::string_view text, Kind kind) {
    if (const auto problem = dns::check_host_domain_problem(text)) return *problem;
    const Expected<std::string> name = dns::canonical_name(text);
    if (!name) return name.error();
    return Relay{kind, std::string(given), Network{}, *name, {}};
}

/// The addresses of a host, and whether a lookup failed.
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

/// Returns the number of addresses of a network as a text. For IPv4 it is a number such as
/// "16,777,216", for IPv6 a power of two such as "2^96".
std::string size_of(const Network& network) {
    const unsigned longest = network.family() == Family::ipv4 ? 32U : 128U;
    const unsigned bits = longest - network.prefix_length();
    if (network.family() == Family::ipv6) return "2^" + std::to_string(bits);
    std::string digits = std::to_string(std::uint64_t{1} << bits);
    for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

/// Returns the general message for a code, which contains neither a network nor an address.
constexpr Sentence in_general(Code code) noexcept {
    constexpr auto first = static_cast<unsigned>(Sentence::relay_nothing_there);
    return static_cast<Sentence>(first + static_cast<unsigned>(code));
}
static_assert(in_general(Code::dns_failure) == Sentence::relay_dns_failure);

/// Returns the first network of a set from which no mail can come, such as a private network;
/// absent if there is none.
std::optional<Network> first_special(const NetworkSet& set) {
    for (const Network& network : set.networks()) {
        const SpecialRange* const range = special_range(network);
        if (range != nullptr && !range->can_send()) return network;
    }
    return std::nullopt;
}

/// Returns whether a network is so large that the user has to confirm it.
bool is_very_large(const Network& network) {
    return network.prefix_length() < (network.family() == Family::ipv4 ? 16U : 32U);
}

/// Returns what is wrong with a network that the user typed; absent if nothing is wrong with it.
std::optional<RelayProblem> trouble_with(const Relay& relay, const AuthorizeOptions& options) {
    if (relay.has_host_bits()) {
        return RelayProblem{Code::host_bits, {}, relay.address, relay.network};
    }
    if (is_too_wide(NetworkSet({relay.network.range()}))) return std::nullopt;
    if (!is_very_large(relay.network) || options.very_large) return std::nullopt;
    return RelayProblem{Code::very_large, {}, {}, relay.network};
}

/// Sets the networks of a relay whose name is to be included: the networks for which the record of
/// this name results in pass. Sets the problem if there is one.
void find_include(RelayCoverage& out, dns::Resolver& resolver, const SweepOptions& options) {
    const NetworkMap map = map_networks(out.relay.name, resolver, options);
    out.networks = map.with(Result::pass);
    if (map.failure() != nullptr) {
        out.problem = RelayProblem{Code::dns_failure};
    } else if (map.is_too_large) {
        out.problem = RelayProblem{Code::too_large};
    } else if (!map.with(Result::none).empty()) {
        out.problem = RelayProblem{Code::no_record};
    } else if (!map.with(Result::permerror).empty()) {
        out.problem = RelayProblem{Code::broken_record};
    } else if (!map.not_enumerable.empty()) {
        out.problem = RelayProblem{Code::not_enumerable};
    } else if (out.networks.empty()) {
        out.problem = RelayProblem{Code::nobody};
    } else if (is_too_wide(out.networks)) {
        out.problem = RelayProblem{Code::everybody};
    }
}

/// Sets the networks of a relay that was given as the name of a host to the addresses of this host.
/// If the name has no addresses, but may be meant as an include, calls find_include() instead.
void find_host(RelayCoverage& out, dns::Resolver& resolver, const SweepOptions& options) {
    const bool may_be_include = out.relay.kind == Kind::name;
    const Addresses addresses = addresses_of(out.relay.name, resolver);
    out.relay.kind = Kind::host;
    if (addresses.failed) {
        out.problem = RelayProblem{Code::dns_failure};
    } else if (!addresses.networks.empty()) {
        out.networks = NetworkSet(addresses.networks);
    } else if (may_be_include) {
        out.relay.kind = Kind::include;
        find_include(out, resolver, options);
        if (out.problem == RelayProblem{Code::no_record})
            out.problem = RelayProblem{Code::nothing_there};
    } else {
        out.problem = RelayProblem{Code::nothing_there};
    }
}

/// Returns the message that explains why no mail comes from a network or an address. If the user
/// typed the name of a host, the message contains this name and the address of the host.
Message<Sentence> not_public(std::string_view relay, const std::string& network,
                             const SpecialRange& range) {
    const auto given = Relay::parse(relay);
    const bool is_host = given && given->kind != Kind::network;
    if (is_host) {
        return {range.is_local() ? Sentence::host_local : Sentence::host_not_public,
                {relay, network, Argument::phrase(range.name)}};
    }
    return {range.is_local() ? Sentence::network_local : Sentence::network_not_public,
            {network, Argument::phrase(range.name)}};
}

}  // namespace

Expected<Relay> Relay::parse(std::string_view text) {
    const std::string_view given = text;
    if (take(text, "include:")) return read_name(given, text, Kind::include);
    if (take(text, "a:")) return read_name(given, text, Kind::host);
    if (take(text, "ip4:")) return read_network(given, text, Network::parse_v4(text));
    if (take(text, "ip6:")) return read_network(given, text, Network::parse_v6(text));
    if (looks_like_address(text)) return read_network(given, text, Network::parse(text));
    return read_name(given, text, Kind::name);
}

bool Relay::has_host_bits() const noexcept {
    return kind == Kind::network &&
           (network.high() != address.high() || network.low() != address.low());
}

Message<Sentence> said_by(const RelayProblem& problem) {
    if (!problem.network) return {in_general(problem.code), {problem.text}};
    const std::string network = problem.network->to_string();
    switch (problem.code) {
        case Code::host_bits:
            return {
                Sentence::network_host_bits,
                {problem.text, problem.address.to_string(), network, size_of(*problem.network)}};
        case Code::very_large:
            return {Sentence::network_very_large, {network, size_of(*problem.network)}};
        case Code::not_public:
            if (const SpecialRange* const range = special_range(*problem.network)) {
                return not_public(problem.text, network, *range);
            }
            break;
        default: break;
    }
    return {in_general(problem.code), {problem.text}};
}

std::string RelayProblem::message() const { return message(Language()); }
std::string RelayProblem::message(const Language& language) const {
    return in_words(said_by(*this), language);
}

std::string_view to_string(RelayProblem::Code code) noexcept { return row_of(entries, code).name; }

bool is_too_wide(const NetworkSet& set) {
    const std::vector<Network> networks = set.networks();
    return std::any_of(networks.begin(), networks.end(), [](const Network& network) {
        return network.prefix_length() < (network.family() == Family::ipv4 ? 8U : 16U);
    });
}

RelayCoverage find_relay(const Relay& relay, dns::Resolver& resolver,
                         const AuthorizeOptions& options) {
    RelayCoverage out;
    out.relay = relay;
    if (relay.kind == Kind::network) {
        out.problem = trouble_with(relay, options);
        if (!relay.has_host_bits()) out.networks = NetworkSet({relay.network.range()});
    } else if (relay.kind == Kind::include) {
        find_include(out, resolver, options.networks);
    } else {
        find_host(out, resolver, options.networks);
    }
    const bool is_listed_by_address =
        out.relay.kind == Kind::network || out.relay.kind == Kind::host;
    if (!out.problem && is_listed_by_address) {
        if (const auto special = first_special(out.networks)) {
            out.problem = RelayProblem{Code::not_public, {}, {}, *special};
        }
    }
    if (out.problem) out.problem->text = relay.text;
    out.missing = out.networks;
    return out;
}

}  // namespace spf::analysis
