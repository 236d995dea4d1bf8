// Proposals for ten thousand random records, the same each time, keep their promises.

#include <array>
#include <string>
#include <vector>

#include "spf/analysis/authorize.hpp"
#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::Result;

/// Authorises a relay in each tree, and checks addresses against each proposed record.
constexpr unsigned records = SPF_SANITIZED ? 1'000 : 5'000;  // that much slower with sanitizers

void hold_promises(unsigned first, unsigned last) {
    unsigned proposals = 0;
    unsigned others = 0;
    for (unsigned seed = first; seed < last; ++seed) {
        spf::test::RandomTree tree(seed, {.errors = seed % 4 == 0, .dependent = seed % 5 == 0});
        const bool is_include = seed % 3 == 0;
        const spf::IpAddress relay_address = tree.address();
        const auto relay = spf::analysis::Relay::parse(
            is_include ? std::string("include:d4.example") : relay_address.to_string());
        REQUIRE(relay);
        const std::array relays{*relay};
        const auto out = spf::analysis::authorize("d0.example", relays, tree.zone);
        if (!out) continue;
        std::vector<spf::analysis::Proposal> all = out->alternatives;
        others += static_cast<unsigned>(all.size());
        if (out->proposal) all.push_back(*out->proposal);
        if (out->proposal) ++proposals;
        const spf::NetworkSet& networks = out->relays.front().networks;
        for (const spf::analysis::Proposal& each : all) {
            spf::RecordOverlay overlay(each.name, each.record, tree.zone);
            // After terms that depend on the message, an include may exceed the limit of lookups
            // for some clients.
            const bool limits_held = out->proposal && !(seed % 5 == 0 && is_include);
            for (unsigned i = 0; i < 8; ++i) {
                const spf::IpAddress address =
                    i == 0 && !is_include ? relay_address : tree.address();
                const spf::Outcome now = spf::test::check(each.name, address, overlay);
                const spf::Outcome then = spf::test::check(each.name, address, tree.zone);
                CAPTURE(seed, each.record, out->record, address.to_string());
                if (networks.contains(address)) {
                    REQUIRE(now.result == Result::pass);
                } else if (each.name == "d0.example" && limits_held) {
                    const bool unlimited = then.problem.has_value();
                    REQUIRE((unlimited || now.result == then.result));
                } else if (each.name != "d0.example") {
                    REQUIRE(now.result == Result::fail);
                }
                REQUIRE(now.dns_lookups <= 10 + (now.problem ? 1U : 0U));
            }
        }
    }
    CHECK(proposals > (last - first) * 3 / 10);
    CHECK(others > 20);
}

}  // namespace

TEST_CASE("every proposal for a random record does what it promises", "[authorize][random]") {
    hold_promises(0, records);
}
TEST_CASE("every proposal for another random record does so too", "[authorize][random]") {
    hold_promises(records, 2 * records);
}
