// Reports terms that let every client pass, or far more clients than one organisation has.

#include <algorithm>
#include <string>
#include <vector>

#include "lint/text.hpp"
#include "spf/net/network_set.hpp"
#include "spf/net/special_address.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

/// Returns whether a set contains all public addresses of a family. Special ranges from which no
/// mail comes, such as private networks, may be missing from the set.
bool is_everyone(const NetworkSet& set, Family family) {
    std::vector<Network> networks = set.networks(family);
    for (const SpecialRange& each : special_ranges()) {
        if (!each.can_send()) networks.push_back(each.network);
    }
    const NetworkSet with_special(networks);
    if (family == Family::ipv4) return with_special.contains(AddressRange::all(family));
    return with_special.contains(Network(IpAddress::v6(0x2000'0000'0000'0000U, 0), 3));
}

class OpenDoors {
public:
    OpenDoors(Findings& findings, const RecordInText& place) : findings_(findings), place_(place) {}

    void check() {
        for (const Directive& each : place_.record.directives) {
            if (each.qualifier == Qualifier::pass) passing(each);
            if (traits_of(each.mechanism).asks == Asks::existence)
                constant(each, domain_spec_of(each.mechanism));
            if (is_all(each.mechanism)) break;  // nothing after `all` is evaluated
        }
        together(Family::ipv4);
        together(Family::ipv6);
    }

private:
    Finding& add(Code code, const Directive& directive) {
        return findings_.add(code, place_.offset_of(directive.text), directive.text.size());
    }

    void everyone(const Directive& directive, Sentence said, Sentence advised = Sentence::usual) {
        // A few findings with the code `everyone_passes` are enough for a record. Its owner must
        // not miss them, so they are added even if `findings_` is full.
        constexpr int most = 5;
        if (++said_ > most) return;
        Finding& finding = findings_.add_in_any_case(
            Code::everyone_passes, place_.offset_of(directive.text), directive.text.size());
        finding.said = {said};
        finding.advised = {advised};
    }

    void passing(const Directive& directive) {
        if (is_all(directive.mechanism)) return all(directive);
        if (const Network* const listed = network_of(directive.mechanism))
            return network(directive, *listed);
        if (const DualPrefixLength* const prefix = prefix_of(directive.mechanism))
            around(directive, *prefix);
    }

    void all(const Directive& directive) {
        if (directive.text.front() == '+') return everyone(directive, Sentence::usual);
        // Without a qualifier, `all` means `+all` (4.6.2).
        everyone(directive, Sentence::bare_all, Sentence::senders_and_all);
    }

    void network(const Directive& directive, const Network& network) {
        if (network.prefix_length() == 0) return everyone(directive, Sentence::usual);
        const SpecialRange* const special = special_range(network);
        if (special != nullptr && !special->can_send()) return;  // no client has such an address
        const bool four = network.family() == Family::ipv4;
        std::vector<Listed>& listed = four ? listed4_ : listed6_;
        listed.push_back({network, &directive});
        huge(directive, network.family(), network.prefix_length(),
             four ? Sentence::huge_ip4 : Sentence::huge_ip6);
    }

    /// Examines the prefix lengths of an `a` or `mx`. With them, the term matches whole networks
    /// around the addresses of its name.
    void around(const Directive& directive, DualPrefixLength prefix) {
        if (prefix.ip4 == 0 || prefix.ip6 == 0) {
            return everyone(directive, prefix.ip4 != 0   ? Sentence::everyone_around_ip6
                                       : prefix.ip6 != 0 ? Sentence::everyone_around_ip4
                                                         : Sentence::everyone_around);
        }
        huge(directive, Family::ipv4, prefix.ip4, Sentence::huge_around_ip4);
        huge(directive, Family::ipv6, prefix.ip6, Sentence::huge_around_ip6);
    }

    void huge(const Directive& directive, Family family, unsigned length, Sentence said) {
        const unsigned largest = family == Family::ipv4 ? largest4 : largest6;
        if (length >= largest) return;
        huge_ = true;
        add(Code::huge_network, directive).said = {said, {length, largest}};
    }

    /// Reports an `exists` whose name depends neither on the sender nor on the client. Such a name
    /// is the same for every client (5.7).
    void constant(const Directive& directive, const MacroString* name) {
        const auto varies = [name](char letter) { return name->uses(letter); };
        if (name != nullptr && std::any_of(std::begin(varying), std::end(varying), varies)) return;
        add(Code::exists_constant, directive);
    }
    static constexpr std::string_view varying = "slhipv";

    /// Reports networks that together contain every address of a family, or at least half of all
    /// IPv4 addresses.
    void together(Family family) {
        const std::vector<Listed>& listed = family == Family::ipv4 ? listed4_ : listed6_;
        if (listed.size() < 2) return;
        std::vector<Network> networks;
        networks.reserve(listed.size());
        for (const Listed& each : listed) networks.push_back(each.network);
        const NetworkSet set(networks);
        if (is_everyone(set, family)) {
            everyone(*listed.back().directive, family == Family::ipv4
                                                   ? Sentence::everyone_together_ip4
                                                   : Sentence::everyone_together_ip6);
            return;
        }
        constexpr double half_of_ipv4 = 2147483648.0;
        if (huge_ || family != Family::ipv4 || set.count(family).approximate() < half_of_ipv4)
            return;
        add(Code::huge_network, *listed.back().directive).said = {Sentence::half_of_ip4};
    }

    struct Listed {
        Network network;
        const Directive* directive = nullptr;
    };

    Findings& findings_;
    RecordInText place_;
    std::vector<Listed> listed4_;
    std::vector<Listed> listed6_;
    int said_ = 0;
    bool huge_ = false;
};

}  // namespace

bool lets_everyone_pass(const Directive& directive) noexcept {
    if (directive.qualifier != Qualifier::pass) return false;
    const Mechanism& mechanism = directive.mechanism;
    if (const Network* const network = network_of(mechanism)) return network->prefix_length() == 0;
    if (const DualPrefixLength* const prefix = prefix_of(mechanism))
        return prefix->ip4 == 0 || prefix->ip6 == 0;
    return is_all(mechanism);
}

void check_open_doors(Findings& findings, const RecordInText& place) {
    OpenDoors(findings, place).check();
}

}  // namespace spf::lint
