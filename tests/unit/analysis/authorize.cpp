// What is missing for a relay, and the proposals that mend it.

#include "spf/analysis/authorize.hpp"

#include <array>
#include <string>
#include <vector>

#include "random_tree.hpp"
#include "spf/analysis/edit.hpp"
#include "spf/parse.hpp"
#include "support/catch.hpp"

namespace {

using spf::Result;

spf::IpAddress ip(const char* text) { return *spf::IpAddress::parse(text); }

struct Example {
    spf::ZoneResolver zone;

    Example() {
        zone.add_txt("mailer.example", "v=spf1 ip4:203.0.113.0/26 ip6:2001:db8::/32 -all");
        zone.add_txt("closed.example", "v=spf1 -all");
        zone.add_txt("open.example", "v=spf1 +all");
        zone.add_txt("macro.example", "v=spf1 exists:%{i}.list.example -all");
        zone.add_txt("dead.example", "v=spf1 include:nowhere.example -all");
        zone.add_a("host.example", ip("198.51.100.1"));
        zone.add_aaaa("host.example", ip("2001:db8:ffff::1"));
        for (const char* label : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) {
            zone.add_a(std::string(label) + ".example", ip("192.0.2.77"));
            zone.add_aaaa(std::string(label) + ".example", ip("2001:db9::77"));
        }
        zone.set_status("failing.example", spf::dns::Status::servfail);
    }
    spf::Authorization ask(const std::vector<std::string>& relays,
                           const spf::AuthorizeOptions& options = {}) {
        std::vector<spf::Relay> parsed;
        for (const std::string& text : relays) parsed.push_back(*spf::Relay::parse(text));
        const auto out = spf::authorize("example.com", parsed, zone, options);
        REQUIRE(out);
        return *out;
    }
    /// The proposed record; "-" where none is needed, else the problem.
    std::string propose(std::string record, const std::vector<std::string>& relays,
                        const spf::AuthorizeOptions& options = {}) {
        zone.add_txt("example.com", std::move(record));
        const spf::Authorization out = ask(relays, options);
        if (out.is_whole()) return "-";
        return out.proposal ? out.proposal->record : out.problem;
    }
};

const std::string eight =
    "a:a.example a:b.example a:c.example a:d.example a:e.example a:f.example "
    "a:g.example a:h.example";

}  // namespace

TEST_CASE("a relay is put where it belongs, and the rest stays as it was", "[authorize]") {
    const auto [record, relay, proposed] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 ip4:192.0.2.1 -all", "192.0.2.1", "-"},
        {"v=spf1 ip4:192.0.2.1 -all", "192.0.2.9", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.9 -all"},
        {"V=SPF1  IP4:192.0.2.1   -ALL exp=e.example", "192.0.2.9",
         "V=SPF1  IP4:192.0.2.1   ip4:192.0.2.9 -ALL exp=e.example"},
        {"v=spf1 -all", "2001:db8::1", "v=spf1 ip6:2001:db8::1 -all"},
        {"v=spf1", "192.0.2.9", "v=spf1 ip4:192.0.2.9"},
        {"v=spf1 redirect=closed.example", "192.0.2.9",
         "v=spf1 ip4:192.0.2.9 redirect=closed.example"},
        {"v=spf1 x=y ip4:192.0.2.1 redirect=closed.example", "192.0.2.9",
         "v=spf1 x=y ip4:192.0.2.1 ip4:192.0.2.9 redirect=closed.example"},
        {"v=spf1 -ip4:192.0.2.0/24 ip4:203.0.113.1 ~all", "192.0.2.9",
         "v=spf1 ip4:192.0.2.9 -ip4:192.0.2.0/24 ip4:203.0.113.1 ~all"},
        {"v=spf1 ip4:192.0.2.0/25 ?all", "192.0.2.0/24",
         "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.0/24 ?all"},
        {"v=spf1 -all", "mailer.example", "v=spf1 include:mailer.example -all"},
        {"v=spf1 -all", "host.example", "v=spf1 ip4:198.51.100.1 ip6:2001:db8:ffff::1 -all"},
        {"v=spf1 ip4:198.51.100.1 -all", "a:host.example",
         "v=spf1 ip4:198.51.100.1 ip6:2001:db8:ffff::1 -all"},
        {"v=spf1 include:mailer.example -all", "203.0.113.0/27", "-"},
        {"v=spf1 include:macro.example -all", "192.0.2.9",
         "v=spf1 include:macro.example ip4:192.0.2.9 -all"},
        {"v=spf1 mx include:macro.example -all", "192.0.2.0/24",
         "v=spf1 ip4:192.0.2.0/24 mx include:macro.example -all"},
        {"v=spf1 a:a.example a:b.example a:c.example -all", "192.0.2.9",
         "v=spf1 a:a.example a:b.example a:c.example ip4:192.0.2.9 -all"},
    }));
    CAPTURE(record, relay);
    CHECK(Example().propose(record, {relay}) == proposed);
}

TEST_CASE("how much of a relay passes is found by evaluating", "[authorize]") {
    Example example;
    example.zone.add_txt("example.com", "v=spf1 ip4:192.0.2.0/25 include:mailer.example -all");
    const spf::Authorization out =
        example.ask({"192.0.2.0/24", "203.0.113.7", "198.51.100.1", "mailer.example"});
    using Status = spf::RelayCoverage::Status;
    CHECK(out.relays[0].status == Status::part);
    CHECK(spf::network_terms(out.relays[0].missing) ==
          std::vector<std::string>{"ip4:192.0.2.128/25"});
    CHECK(out.relays[0].by == std::vector<std::string>{"ip4:192.0.2.0/25"});
    CHECK(out.relays[1].status == Status::whole);
    CHECK(out.relays[1].by == std::vector<std::string>{"include:mailer.example"});
    CHECK(out.relays[2].status == Status::none);
    CHECK(out.relays[3].status == Status::whole);
    REQUIRE(out.proposal);
    CHECK(out.proposal->dns_lookups == 1);
    for (const spf::ProofEntry& entry : out.proposal->proof) {
        CHECK(entry.result == entry.expected);
        CHECK((entry.result == Result::pass) == (entry.who != spf::ProofEntry::Who::stranger));
    }
}

TEST_CASE("what cannot be mended is told, with what to do", "[authorize]") {
    const auto [record, relay, problem] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 ip4:192.0.2.0/33 -all", "192.0.2.9", "is broken at octet 20"},
        {"", "192.0.2.9", "has no SPF record"},
        {"v=spf1 include:nowhere.example -all", "192.0.2.9", "mend that first"},
        {"v=spf1 -all", "nowhere.example", "neither addresses nor an SPF record"},
        {"v=spf1 -all", "include:host.example", "it has no SPF record"},
        {"v=spf1 -all", "closed.example", "authorises nobody"},
        {"v=spf1 -all", "open.example", "practically everybody"},
        {"v=spf1 -all", "macro.example", "depend on the message"},
        {"v=spf1 -all", "dead.example", "does not work"},
        {"v=spf1 -all", "failing.example", "cannot be looked up"},
        {"v=spf1 -all", "0.0.0.0/0", "keep nobody out"},
    }));
    CAPTURE(record, relay);
    CHECK_THAT(Example().propose(record, {relay}), Catch::Contains(problem));
    Example several;
    several.zone.add_txt("example.com", "v=spf1 mx -all");
    CHECK_THAT(several.propose("v=spf1 -all", {"192.0.2.9"}), Catch::Contains("2 SPF records"));
}

TEST_CASE("a first record is proposed only where asked for", "[authorize]") {
    Example example;
    const spf::Authorization out =
        example.ask({"192.0.2.9", "mailer.example"},
                    {.from_scratch = true, .hosts_by_name = false, .networks = {}});
    REQUIRE(out.proposal);
    CHECK(out.proposal->record == "v=spf1 ip4:192.0.2.9 include:mailer.example ~all");
    CHECK(Example().propose("v=spf1 -all", {"host.example"},
                            {.from_scratch = false, .hosts_by_name = true, .networks = {}}) ==
          "v=spf1 a:host.example -all");
}

TEST_CASE("where a limit would break, other ways are proved", "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt("example.com",
                         "v=spf1 " + eight + " a:i.example a:j.example -all");  // ten, one address
    const spf::Authorization out = example.ask({"mailer.example"});
    CHECK_FALSE(out.proposal);
    CHECK_THAT(out.problem, Catch::Contains("4.6.4"));
    std::vector<spf::Proposal::Kind> kinds;
    for (const spf::Proposal& each : out.alternatives) {
        kinds.push_back(each.kind);
        CAPTURE(each.record);
        CHECK_FALSE(each.proof.empty());
        CHECK(each.dns_lookups <= 10);
        CHECK_FALSE(cost_of(each.kind).empty());
    }
    using Kind = spf::Proposal::Kind;
    CHECK(kinds == std::vector<Kind>{Kind::drop_redundant, Kind::hosts_to_addresses,
                                     Kind::include_to_networks, Kind::sub_domain});
    CHECK(out.alternatives[0].record == "v=spf1 a:a.example include:mailer.example -all");
    CHECK(out.alternatives[3].name == "news.example.com");
    CHECK(out.alternatives[3].record == "v=spf1 include:mailer.example -all");
    // Addresses cost no look-up.
    CHECK(example.ask({"192.0.2.9"}).proposal);
}

TEST_CASE("no record is offered twice, for two prices", "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt("example.com", "v=spf1 a:x.example a:y.example a:z.example -all");
    const spf::Authorization out = example.ask({"198.51.100.9"});
    REQUIRE(out.alternatives.size() == 2);  // without those hosts, one way or the other
    CHECK(out.alternatives[0].record == "v=spf1 ip4:198.51.100.9 -all");
    CHECK(out.alternatives[0].kind == spf::Proposal::Kind::drop_redundant);
    CHECK(out.alternatives[1].kind == spf::Proposal::Kind::sub_domain);
}

TEST_CASE("a record that breaks a limit already is brought back below it",
          "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt(
        "example.com", "v=spf1 " + eight + " a:i.example a:j.example include:mailer.example -all");
    const spf::Authorization out = example.ask({"198.51.100.9"});
    REQUIRE_FALSE(out.alternatives.empty());
    CHECK(out.alternatives[0].record ==
          "v=spf1 a:a.example include:mailer.example ip4:198.51.100.9 -all");
}

TEST_CASE("long records are cut into strings that join to the same text",
          "[authorize][rfc7208-3.3]") {
    const auto text = GENERATE(std::string("v=spf1 -all"), "v=spf1 " + std::string(700, 'x'),
                               "v=spf1 " + eight + eight + eight + eight, std::string(255, 'x'));
    std::string joined;
    for (const std::string& each : spf::txt_strings(text)) {
        CHECK(each.size() <= 255);
        joined += each;
    }
    CHECK(joined == text);
}

TEST_CASE("relays are read, or it is said what is wrong", "[authorize]") {
    const auto [text, kind] = GENERATE(table<std::string, spf::Relay::Kind>({
        {"192.0.2.1", spf::Relay::Kind::network},
        {"2001:db8::/32", spf::Relay::Kind::network},
        {"ip4:192.0.2.0/24", spf::Relay::Kind::network},
        {"Mail.Example", spf::Relay::Kind::name},
        {"INCLUDE:mail.example", spf::Relay::Kind::include},
        {"a:mail.example", spf::Relay::Kind::host},
    }));
    CAPTURE(text);
    REQUIRE(spf::Relay::parse(text));
    CHECK(spf::Relay::parse(text)->kind == kind);
    for (const char* wrong : {"192.0.2.300", "192.0.2.0/33", "", "host", "a b.example", "ip4:x"}) {
        CHECK_FALSE(spf::Relay::parse(wrong));
    }
}
