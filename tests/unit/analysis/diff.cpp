// Changes between two policies.

#include "spf/analysis/diff.hpp"

#include <array>
#include <string>

#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::Result;

std::string name(std::optional<Result> result) {
    return result ? std::string(to_string(*result)) : "unknown";
}

std::string dump(const std::vector<spf::analysis::Change>& changes) {
    std::string out;
    for (const spf::analysis::Change& change : changes) {
        out += (out.empty() ? "" : ", ") + change.network.to_string() + ' ' + name(change.from) +
               " to " + name(change.to);
    }
    return out;
}

std::string diff_of(const std::string& from, const std::string& to) {
    spf::ZoneResolver zone;
    zone.add_txt("mailer.example", "v=spf1 ip4:203.0.113.0/26 -all");
    spf::RecordOverlay old_zone("example.com", from, zone);
    spf::RecordOverlay new_zone("example.com", to, zone);
    return dump(spf::analysis::diff(spf::analysis::map_networks("example.com", old_zone),
                                    spf::analysis::map_networks("example.com", new_zone)));
}

bool is_open(const spf::analysis::Decision& decision) {
    return decision.depends_on || decision.result == Result::temperror;
}

/// All addresses whose result is not known.
spf::NetworkSet open_in(const spf::analysis::NetworkMap& map) {
    return spf::set_union(map.unknown(), map.with(Result::temperror));
}

}  // namespace

TEST_CASE("networks that change are listed with what they were and become", "[diff]") {
    const auto [from, to, changes] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 -all", "v=spf1 -all", ""},
        {"v=spf1 -all", "v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.0/24 fail to pass"},
        {"v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.0/25 ~ip4:192.0.2.128/26 -all",
         "192.0.2.128/26 pass to softfail, 192.0.2.192/26 pass to fail"},
        {"v=spf1 -all", "v=spf1 ~all", "0.0.0.0/0 fail to softfail, ::/0 fail to softfail"},
        {"v=spf1 ip6:2001:db8::/32 -all", "v=spf1 nonsense",
         "0.0.0.0/0 fail to permerror, ::/3 fail to permerror"},
        {"v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "v=spf1 ip4:192.0.2.0/24 -all", ""},
        {"v=spf1 include:mailer.example -all",
         "v=spf1 ip4:203.0.113.0/26 redirect=_.mailer.example", "0.0.0.0/1 fail to permerror"},
        {"v=spf1 -ip4:0.0.0.0/0 ip6:::/0 ?all", "v=spf1 ip6:::/0 exists:%{i}.x.example -all",
         "0.0.0.0/0 fail to unknown"},
        {"v=spf1 exists:%{i}.x.example -all", "v=spf1 ptr -all", ""},
    }));
    CAPTURE(from, to);
    CHECK_THAT(diff_of(from, to), Catch::StartsWith(changes));
    CHECK(diff_of(from, to).empty() == changes.empty());
}

TEST_CASE("a diff is empty exactly if the results are the same", "[diff]") {
    const unsigned first_seed = 300'000;
    const std::array<Result, 6> results{Result::none, Result::neutral,  Result::pass,
                                        Result::fail, Result::softfail, Result::permerror};
    unsigned same_count = 0;
    for (unsigned seed = first_seed; seed < first_seed + 500; ++seed) {
        CAPTURE(seed);
        spf::test::RandomTree tree(seed, {.errors = seed % 2 == 0, .dependent = seed % 5 == 0});
        const std::string record = "v=spf1" + tree.terms(0);
        spf::RecordOverlay published("d0.example", record, tree.zone);
        // Often only a term that changes little.
        const std::string changed =
            seed % 3 == 0 ? "v=spf1" + tree.terms(0) : "v=spf1 ip4:192.0.2.7" + record.substr(6);
        spf::RecordOverlay planned("d0.example", changed, tree.zone);
        const spf::analysis::NetworkMap from = spf::analysis::map_networks("d0.example", published);
        const spf::analysis::NetworkMap to = spf::analysis::map_networks("d0.example", planned);
        const auto changes = spf::analysis::diff(from, to);

        bool same = open_in(from) == open_in(to);
        for (const Result result : results) same = same && from.with(result) == to.with(result);
        REQUIRE(changes.empty() == same);
        same_count += same ? 1 : 0;

        // The changed networks are exactly those that differ; elsewhere the policies are equal.
        std::vector<spf::Network> changed_networks;
        for (const spf::analysis::Change& change : changes)
            changed_networks.push_back(change.network);
        const spf::NetworkSet changed_set(changed_networks);
        for (int i = 0; i < 100; ++i) {
            const spf::IpAddress client = tree.address();
            const spf::analysis::Decision& before = *from.find(client);
            const spf::analysis::Decision& after = *to.find(client);
            const bool differs = is_open(before) != is_open(after) ||
                                 (!is_open(before) && before.result != after.result);
            if (differs != changed_set.contains(client)) {
                CAPTURE(client.to_string());
                REQUIRE(differs == changed_set.contains(client));
            }
        }
    }
    CHECK(same_count > 20);
    CHECK(same_count < 480);
}

TEST_CASE("what DNS failed for is unknown, and never the same or another result", "[diff][2.6.6]") {
    spf::ZoneResolver zone;
    zone.add_txt("old.example", "v=spf1 ip4:192.0.2.0/24 include:gone.example -all");
    zone.add_txt("new.example", "v=spf1 ip4:192.0.2.0/25 include:gone.example -all");
    zone.add_txt("plain.example", "v=spf1 ip4:192.0.2.0/24 -all");
    zone.set_status("gone.example", spf::dns::Status::servfail);
    const auto map = [&zone](const char* domain) {
        return spf::analysis::map_networks(domain, zone);
    };
    const auto changes = spf::analysis::diff(map("old.example"), map("new.example"));
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].network.to_string() == "192.0.2.128/25");
    CHECK(changes[0].from == Result::pass);
    CHECK_FALSE(changes[0].to.has_value());
    for (const spf::analysis::Change& each :
         spf::analysis::diff(map("plain.example"), map("old.example"))) {
        CHECK(each.from == Result::fail);
        CHECK_FALSE(each.to.has_value());
    }
    CHECK(spf::analysis::diff(map("gone.example"), map("gone.example")).empty());
    CHECK_FALSE(map("gone.example").is_complete());
}
