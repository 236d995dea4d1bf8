// A long record, divided among several names: each address keeps its result.

#include "spf/analysis/split.hpp"

#include <string>
#include <vector>

#include "spf/analysis/networks.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"

namespace {

using spf::Result;
using spf::analysis::FlatRecord;
using spf::test::dump;
using Records = std::vector<FlatRecord>;

std::string networks(unsigned count) {
    std::string out;
    for (unsigned i = 0; i < count; ++i) out += " ip4:198." + std::to_string(i) + ".7.0/24";
    return out;
}

Records split(const std::string& record, spf::ZoneResolver& zone, std::size_t most = 450) {
    return spf::analysis::split_record("example.com", record, zone,
                                       {.networks = {}, .max_length = most});
}

/// Publishes records beside the data of a zone, and returns who passes.
spf::NetworkSet passing(const Records& records, spf::ZoneResolver& zone) {
    for (const FlatRecord& each : records) zone.add_txt(each.name, each.record);
    return spf::analysis::map_networks("example.com", zone).with(Result::pass);
}

}  // namespace

TEST_CASE("a long record is divided among names below the domain", "[split][rfc7208-3.4]") {
    spf::ZoneResolver zone;
    const std::string record =
        "v=spf1 mx" + networks(60) + " include:a.example -all exp=why.example";
    zone.add_txt("a.example", "v=spf1 ip4:192.0.2.1 ?all");
    zone.add_mx("example.com", 10, "mx.example.com");
    zone.add_a("mx.example.com", spf::test::ip("192.0.2.2"));
    const Records records = split(record, zone);
    REQUIRE(records.size() == 3);
    for (const FlatRecord& each : records) CHECK(each.record.size() <= 450);
    CHECK(records[0].name == "example.com");
    CHECK(records[0].record.starts_with("v=spf1 mx ip4:198.0.7.0/24 "));
    CHECK(records[0].record.ends_with(
        " include:_spf1.example.com include:_spf2.example.com -all exp=why.example"));
    CHECK(records[1].name == "_spf1.example.com");
    CHECK(records[1].record.starts_with("v=spf1 include:a.example ip4:198.59.7.0/24 "));
    CHECK(records[2].record.ends_with(" -all"));
    spf::ZoneResolver whole;
    whole.add_txt("example.com", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2" + networks(60) + " -all");
    CHECK(dump(passing(records, zone)) == dump(passing({}, whole)));
}

TEST_CASE("a short record is not divided", "[split]") {
    spf::ZoneResolver zone;
    CHECK(split("v=spf1" + networks(20) + " -all", zone).empty());
}

TEST_CASE("a record is not divided if that needs more than ten lookups", "[split][rfc7208-4.6.4]") {
    spf::ZoneResolver zone;
    std::string hosts;
    for (const std::string name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) {
        hosts += " a:" + name + ".example";
        zone.add_a(name + ".example", spf::test::ip("192.0.2.1"));
        zone.add_aaaa(name + ".example", spf::test::ip("2001:db8::1"));
    }
    CHECK(split("v=spf1" + hosts + networks(40) + " -all", zone).empty());
    CHECK_FALSE(split("v=spf1" + hosts.substr(0, 60) + networks(40) + " -all", zone).empty());
    CHECK(split("v=spf1" + networks(250) + " -all", zone, 200).empty());
}

TEST_CASE("the order of terms with different qualifiers is kept, so nothing is divided",
          "[split]") {
    spf::ZoneResolver zone;
    CHECK(split("v=spf1 -ip4:198.0.7.1" + networks(60) + " -all", zone).empty());
    CHECK(split("v=spf1 ~ip4:192.0.2.0/24" + networks(60) + " -all", zone).empty());
    CHECK(split("v=spf1" + networks(60) + " nonsense -all", zone).empty());
}

TEST_CASE("terms that mean something else in another record stay", "[split][rfc7208-7]") {
    spf::ZoneResolver zone;
    zone.add_a("example.com", spf::test::ip("192.0.2.9"));
    zone.add_aaaa("example.com", spf::test::ip("2001:db8::9"));
    const Records records = split(
        "v=spf1 ip4:192.0.2.1" + networks(30) + " a exists:%{i}.%{d} ip4:192.0.2.3 ~all", zone);
    REQUIRE(records.size() == 2);
    CHECK(records[0].record.starts_with("v=spf1 a ip4:192.0.2.1 "));
    CHECK(records[0].record.ends_with(" include:_spf1.example.com exists:%{i}.%{d} ~all"));
    CHECK(records[1].record.find("%{d}") == std::string::npos);
}

TEST_CASE("names that publish a text already are left alone", "[split]") {
    spf::ZoneResolver zone;
    zone.add_txt("_spf1.example.com", "v=spf1 ip4:203.0.113.1 -all");
    const Records records = split("v=spf1" + networks(40) + " -all", zone);
    REQUIRE(records.size() == 2);
    CHECK(records[1].name == "_spf2.example.com");
}

TEST_CASE("a name that cannot be looked up leaves a record undivided", "[split]") {
    spf::ZoneResolver zone;
    zone.set_status("a.example", spf::dns::Status::servfail);
    CHECK(split("v=spf1 include:a.example" + networks(40) + " -all", zone).empty());
}

TEST_CASE("divided random records let the same addresses pass", "[split][random]") {
    unsigned count = 0;
    for (unsigned seed = 1; seed <= 1000; ++seed) {
        spf::test::RandomTree tree(seed, {.errors = false, .dependent = false});
        const std::string record = "v=spf1" + tree.terms(0);
        const auto before = [&] {
            spf::test::RandomTree same(seed, {.errors = false, .dependent = false});
            same.zone.add_txt("example.com", record);
            return spf::analysis::map_networks("example.com", same.zone).with(Result::pass);
        }();
        const Records records = split(record, tree.zone, 70);
        if (records.empty()) continue;
        ++count;
        CAPTURE(seed, record);
        CHECK(dump(passing(records, tree.zone)) == dump(before));
    }
    CHECK(count > 20);
}
