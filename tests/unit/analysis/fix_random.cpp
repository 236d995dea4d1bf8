// Proposals of fix() for generated records: those of known minimum cost, and random broken ones,
// the same each time. With SPF_FIX_ALL in the environment, there are 1,000 of the former and 10,000
// of the latter; without it, fewer.

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "spf/analysis/fix.hpp"
#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::Network;
using spf::NetworkSet;
using spf::Result;
using Kind = spf::analysis::FixStep::Kind;

bool is_all() { return std::getenv("SPF_FIX_ALL") != nullptr; }

spf::SweepOptions generous() {
    spf::SweepOptions out;
    out.limits = {.dns_lookups = 100, .void_lookups = 100, .mx_names = 100};
    return out;
}

NetworkSet passing(spf::dns::Resolver& resolver, const std::string& domain,
                   const spf::SweepOptions& options = {}) {
    return spf::analysis::map_networks(domain, resolver, options).with(Result::pass);
}

/// A record of which it is known how few steps bring it within the limits, and whom it lets pass.
class Known {
public:
    explicit Known(unsigned seed) : random_(seed) {
        const unsigned services = 1 + below(7);
        const unsigned host_count = below(9);
        for (unsigned i = 0; i < services; ++i) add_service(i);
        for (unsigned i = 0; i < host_count; ++i) add_host(i);
        const unsigned redundant = below(4);
        for (unsigned i = 0; i < redundant; ++i) add_redundant();
        std::shuffle(terms_.begin(), terms_.end(), random_);
        is_dead_ = below(8) == 0;
        is_split_ = below(6) == 0 && terms_.size() > 1;
        publish();
    }

    spf::ZoneResolver zone;
    std::vector<unsigned> costs;     ///< the lookups of each service
    unsigned hosts = 0;              ///< the number of hosts, each with one lookup
    unsigned redundant_lookups = 0;  ///< the lookups of terms that authorise no more than others
    std::vector<Network> networks;   ///< who may send
    [[nodiscard]] bool is_broken() const { return is_dead_ || is_split_; }
    [[nodiscard]] unsigned service_lookups() const {
        return std::accumulate(costs.begin(), costs.end(), 0U);
    }
    /// The lookups of the record, with what is redundant.
    [[nodiscard]] unsigned lookups() const { return service_lookups() + hosts + redundant_lookups; }
    /// The smallest number of includes that must become networks if all hosts are addresses.
    [[nodiscard]] std::size_t fewest_includes() const {
        std::vector<unsigned> sorted = costs;
        std::sort(sorted.begin(), sorted.end(), std::greater<>());
        unsigned left = service_lookups();
        std::size_t out = 0;
        while (left > 10) left -= sorted[out++];
        return out;
    }

private:
    unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }

    /// Returns a network that no other term lists, nor a network beside it.
    std::string new_network() {
        const unsigned number = next_++;
        const std::string text =
            "10." + std::to_string(number / 64) + "." + std::to_string(number % 64 * 4) + ".0/24";
        networks.push_back(*Network::parse(text));
        return "ip4:" + text;
    }
    void add_service(unsigned number) {
        const std::string name = "s" + std::to_string(number) + ".example";
        const unsigned parts = below(4);
        std::string record = "v=spf1 " + new_network();
        for (unsigned part = 0; part < parts; ++part) {
            const std::string sub = "p" + std::to_string(part) + "." + name;
            zone.add_txt(sub, "v=spf1 " + new_network() + " -all");
            record += " include:" + sub;
            parts_.push_back("include:" + sub);
        }
        zone.add_txt(name, record + (below(2) == 0 ? " ~all" : " -all"));
        costs.push_back(1 + parts);
        terms_.push_back("include:" + name);
    }
    void add_host(unsigned number) {
        const std::string name = "h" + std::to_string(number) + ".example";
        const unsigned octet = 2 * number;
        zone.add_a(name, spf::IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(octet)}));
        zone.add_aaaa(name, spf::IpAddress::v6(0x2001'0db8'0000'0000U, octet));
        networks.push_back(*Network::parse("192.0.2." + std::to_string(octet)));
        networks.emplace_back(spf::Family::ipv6, 0x2001'0db8'0000'0000U, octet, 128U);
        terms_.push_back("a:" + name);
        ++hosts;
    }
    /// Adds a part of a service that is listed as a whole, or a host that a network lists.
    void add_redundant() {
        if (below(2) == 0 && !parts_.empty()) {
            const std::string part = parts_[below(static_cast<unsigned>(parts_.size()))];
            if (std::find(terms_.begin(), terms_.end(), part) != terms_.end()) return;
            terms_.push_back(part);
        } else {
            const std::string name = "r" + std::to_string(next_) + ".example";
            const std::string term = new_network();
            const Network& network = networks.back();
            zone.add_a(name, network.range().first);
            zone.add_aaaa(name, spf::IpAddress::v6(0x2001'0db8'0000'0000U, 0));
            if (hosts == 0) networks.push_back(*Network::parse("2001:db8::"));
            terms_.push_back(term);
            terms_.push_back("a:" + name);
            if (hosts == 0) terms_.emplace_back("ip6:2001:db8::");
        }
        ++redundant_lookups;
    }
    void publish() {
        std::string texts[2] = {"v=spf1", "v=spf1"};
        for (std::size_t i = 0; i < terms_.size(); ++i) {
            ((texts[is_split_ ? i % 2 : 0]) += ' ') += terms_[i];
        }
        if (is_dead_) texts[0] += " include:nowhere.example";
        for (std::size_t i = 0; i < (is_split_ ? 2U : 1U); ++i) {
            zone.add_txt("example.com", texts[i] + " ~all");
        }
    }

    std::mt19937 random_;
    unsigned next_ = 0;
    std::vector<std::string> terms_;
    std::vector<std::string> parts_;
    bool is_dead_ = false;
    bool is_split_ = false;
};

std::size_t count(const spf::analysis::Fix& fix, Kind kind) {
    return static_cast<std::size_t>(
        std::count_if(fix.steps.begin(), fix.steps.end(),
                      [kind](const auto& step) { return step.kind == kind; }));
}

/// Compares the proposal with the cheapest possible one.
void check_cost(const Known& known, const spf::analysis::Fix& fix) {
    const unsigned needed = known.service_lookups() + known.hosts;
    const std::size_t addresses = count(fix, Kind::hosts_to_addresses);
    const std::size_t networks = count(fix, Kind::include_to_networks);
    REQUIRE(fix.proposal);
    if (known.lookups() <= 10) {
        REQUIRE(addresses + networks == 0);
        REQUIRE(fix.proposal->dns_lookups == known.lookups());
    } else if (needed <= 10) {
        REQUIRE(addresses + networks == 0);
        REQUIRE(fix.proposal->dns_lookups <= needed + 1);
    } else if (known.service_lookups() <= 10) {
        REQUIRE(networks == 0);
        REQUIRE(addresses == needed - 10);
    } else {
        REQUIRE(networks == known.fewest_includes());
    }
    REQUIRE(fix.proposal->dns_lookups <= 10);
}

/// Breaks a record as people do: a typing error, a missing or doubled octet, a term of no known
/// meaning, many terms.
std::string broken(std::string text, spf::test::RandomTree& tree) {
    const auto at = [&] { return 6 + tree.below(static_cast<unsigned>(text.size()) - 5); };
    switch (tree.below(9)) {
        case 0: text.erase(std::min<std::size_t>(at(), text.size() - 1), 1); break;
        case 1: text.insert(at(), 1, ",; :=\"."[tree.below(7)]); break;
        case 2: text += " ip:192.0.2." + std::to_string(tree.below(256)); break;
        case 3: text.insert(6, " inlcude:d" + std::to_string(tree.below(6)) + ".example"); break;
        case 4: text.insert(6, " include:nowhere.example"); break;
        case 5:
            for (unsigned i = 0; i < 12; ++i) {
                text.insert(
                    6, " a:h" + std::to_string(i % 4) + ".example/" + std::to_string(32 - i / 4));
            }
            break;
        case 6:
            for (unsigned i = 1; i < 6; ++i) {
                text.insert(6, " include:d" + std::to_string(i) + ".example");
                text.insert(6,
                            " mx:m" + std::to_string(i % 2) + ".example/" + std::to_string(32 - i));
            }
            break;
        case 7: text.insert(6, " a:gone1.example a:gone2.example mx:gone3.example"); break;
        default: break;
    }
    return text;
}

/// Checks what a proposal promises, by other means than those that made it.
void check_promises(const spf::analysis::Fix& fix, spf::test::RandomTree& tree) {
    constexpr const char* domain = "x.example";
    const spf::analysis::Proposal& proposal = *fix.proposal;
    CAPTURE(fix.records, proposal.record);
    spf::RecordOverlay overlay(domain, proposal.record, tree.zone);
    const auto before = spf::analysis::map_networks(domain, tree.zone);
    const auto after = spf::analysis::map_networks(domain, overlay);
    REQUIRE(after.is_complete());
    REQUIRE(after.dns_lookups <= 10);
    REQUIRE(after.void_lookups <= 2);
    REQUIRE(after.with(Result::permerror).empty());
    REQUIRE(fix.no_longer_pass.empty());
    REQUIRE(after.with(Result::pass) == set_union(before.with(Result::pass), fix.now_pass));
    REQUIRE(set_intersection(before.with(Result::pass), fix.now_pass).empty());
    const bool is_only_reduced =
        std::none_of(fix.steps.begin(), fix.steps.end(),
                     [](const auto& step) { return step.kind < Kind::drop_redundant; });
    if (is_only_reduced) {
        REQUIRE(passing(tree.zone, domain, generous()).contains(after.with(Result::pass)));
    }
    for (unsigned i = 0; i < 8; ++i) {
        const spf::IpAddress address = tree.address();
        if (after.unknown().contains(address)) continue;
        const spf::Outcome now = spf::test::check(domain, address, overlay);
        const spf::Outcome then = spf::test::check(domain, address, tree.zone);
        CAPTURE(address.to_string());
        const bool passes = then.result == Result::pass || fix.now_pass.contains(address);
        REQUIRE((now.result == Result::pass) == passes);
        REQUIRE_FALSE(now.problem);
    }
    const auto again = spf::analysis::fix(domain, overlay);
    REQUIRE(again);
    REQUIRE(again->is_fine());
}

}  // namespace

TEST_CASE("records of known minimum cost get proposals of that cost", "[fix][rfc7208-4.6.4]") {
    const unsigned wanted = is_all() ? 1'000 : 40;
    unsigned proposals = 0;
    unsigned with_networks = 0;
    for (unsigned seed = 0; proposals < wanted; ++seed) {
        Known known(seed);
        const auto fix = spf::analysis::fix("example.com", known.zone);
        CAPTURE(seed);
        REQUIRE(fix);
        CAPTURE(fix->records);
        if (known.lookups() <= 10 && !known.is_broken()) {
            REQUIRE(fix->is_fine());
            continue;
        }
        ++proposals;
        check_cost(known, *fix);
        if (count(*fix, Kind::include_to_networks) > 0) ++with_networks;
        spf::RecordOverlay overlay("example.com", fix->proposal->record, known.zone);
        REQUIRE(passing(overlay, "example.com") == NetworkSet(known.networks));
        REQUIRE(fix->no_longer_pass.empty());
    }
    CHECK(with_networks > wanted / 6);
}

TEST_CASE("every proposal for a random broken record does what it promises", "[fix][random]") {
    const unsigned records = is_all() ? 10'000 : 250;
    unsigned proposals = 0;
    for (unsigned seed = 0; seed < records; ++seed) {
        spf::test::RandomTree tree(seed, {.errors = seed % 4 == 0, .dependent = seed % 5 == 0});
        tree.zone.add_txt("x.example", broken("v=spf1" + tree.terms(0), tree));
        if (seed % 3 == 0) tree.zone.add_txt("x.example", broken("v=spf1" + tree.terms(1), tree));
        CAPTURE(seed);
        const auto fix = spf::analysis::fix("x.example", tree.zone);
        if (!fix || !fix->proposal) continue;
        ++proposals;
        check_promises(*fix, tree);
    }
    CHECK(proposals > records / 6);
    if (is_all()) WARN(proposals << " proposals for " << records << " records");
}
