// What is missing for a relay, and proposals that add it.

#include "spf/analysis/authorize.hpp"

#include <string>
#include <vector>

#include "spf/record/edit.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "unit/analysis/authorize_example.hpp"

namespace {

using authorize_test::eight;
using authorize_test::Example;
using spf::Result;
using spf::test::ip;

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
    const spf::analysis::Authorization out =
        example.ask({"192.0.2.0/24", "203.0.113.7", "198.51.100.1", "mailer.example"});
    using Status = spf::analysis::RelayCoverage::Status;
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
    for (const spf::analysis::ProofEntry& entry : out.proposal->proof) {
        CHECK(entry.result == entry.expected);
        CHECK((entry.result == Result::pass) ==
              (entry.who != spf::analysis::ProofEntry::Who::stranger));
    }
}

TEST_CASE("what cannot be fixed is reported, with what to do", "[authorize]") {
    const auto [record, relay, problem] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 ip4:192.0.2.0/33 -all", "192.0.2.9", "is broken at octet 20"},
        {"", "192.0.2.9", "has no SPF record"},
        {"v=spf1 include:nowhere.example -all", "192.0.2.9",
         "fix the SPF record of example.com first"},
        {"v=spf1 -all", "nowhere.example", "neither addresses nor an SPF record"},
        {"v=spf1 -all", "include:host.example", "include:host.example has no SPF record"},
        {"v=spf1 -all", "closed.example", "authorises no address"},
        {"v=spf1 -all", "open.example", "practically every address"},
        {"v=spf1 -all", "macro.example", "depend on the message"},
        {"v=spf1 -all", "dead.example", "does not work"},
        {"v=spf1 -all", "failing.example", "cannot be looked up"},
        {"v=spf1 -all", "0.0.0.0/0", "nearly every sender would pass"},
    }));
    CAPTURE(record, relay);
    CHECK_THAT(Example().propose(record, {relay}), Catch::Contains(problem));
    Example several;
    several.zone.add_txt("example.com", "v=spf1 mx -all");
    CHECK_THAT(several.propose("v=spf1 -all", {"192.0.2.9"}), Catch::Contains("2 SPF records"));
}

TEST_CASE("a first record is proposed only if asked for", "[authorize]") {
    Example example;
    const spf::analysis::Authorization out = example.ask(
        {"192.0.2.9", "mailer.example"},
        {.from_scratch = true, .hosts_by_name = false, .very_large = false, .networks = {}});
    REQUIRE(out.proposal);
    CHECK(out.proposal->record == "v=spf1 ip4:192.0.2.9 include:mailer.example ~all");
    CHECK(
        Example().propose(
            "v=spf1 -all", {"host.example"},
            {.from_scratch = false, .hosts_by_name = true, .very_large = false, .networks = {}}) ==
        "v=spf1 a:host.example -all");
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

TEST_CASE("what no mail comes from is refused", "[authorize][rfc1918-3]") {
    const auto [relay, what] = GENERATE(table<std::string, std::string>({
        {"172.18.0.1", "172.18.0.1 is private (RFC 1918)"},
        {"10.0.0.0/24", "10.0.0.0/24 is private (RFC 1918)"},
        {"127.0.0.1", "127.0.0.1 is loopback"},
        {"169.254.7.7", "link-local"},
        {"fe80::1", "link-local"},
        {"fd00::/48", "private (RFC 4193)"},
        {"100.64.1.1", "a NAT, a proxy or a filter of your own"},
        {"a:inside.example", "has the address 192.168.1.25, which is private"},
        {"224.0.0.5", "multicast"},
    }));
    CAPTURE(relay);
    Example example;
    example.zone.add_a("inside.example", ip("192.168.1.25"));
    CHECK_THAT(example.propose("v=spf1 -all", {relay}),
               Catch::Contains(what) && Catch::Contains("no mail comes from it"));
}

TEST_CASE("a public address, and one of documentation, is not a private one", "[authorize]") {
    for (const char* relay : {"172.15.255.255", "172.32.0.1", "11.0.0.1", "192.0.2.9",
                              "2001:db8::1", "2a00::1", "126.255.255.255"}) {
        CAPTURE(relay);
        CHECK_THAT(Example().propose("v=spf1 -all", {relay}), Catch::StartsWith("v=spf1 ip"));
    }
}

TEST_CASE("bits after the prefix leave open what is meant", "[authorize][rfc7208-5.6]") {
    const auto [relay, address, network] = GENERATE(table<std::string, std::string, std::string>({
        {"203.0.113.7/8", "203.0.113.7", "203.0.0.0/8, which has 16,777,216 addresses"},
        {"ip4:192.0.2.129/25", "192.0.2.129", "192.0.2.128/25, which has 128 addresses"},
        {"2001:db8::1/32", "2001:db8::1", "2001:db8::/32, which has 2^96 addresses"},
        {"192.0.2.3/30", "192.0.2.3", "192.0.2.0/30, which has 4 addresses"},
    }));
    CAPTURE(relay);
    CHECK_THAT(Example().propose("v=spf1 -all", {relay}),
               Catch::Contains("may mean the address " + address + " or the network " + network));
    Example example;
    example.zone.add_txt("example.com",
                         "v=spf1 ip4:192.0.0.0/8 ip4:203.0.0.0/8 ip6:2001::/16 -all");
    CHECK_FALSE(example.ask({relay}).is_whole());
}

TEST_CASE("a network without such bits is taken as it is", "[authorize]") {
    for (const char* relay :
         {"192.0.2.128/25", "192.0.2.1/32", "2001:db8::/32", "2001:db8::1/128", "198.51.0.0/16"}) {
        CAPTURE(relay);
        CHECK_THAT(Example().propose("v=spf1 -all", {relay}), Catch::StartsWith("v=spf1 ip"));
    }
}

TEST_CASE("very large networks are proposed only if asked for", "[authorize]") {
    const auto [relay, term] = GENERATE(table<std::string, std::string>({
        {"11.0.0.0/8", "ip4:11.0.0.0/8"},
        {"198.50.0.0/15", "ip4:198.50.0.0/15"},
        {"2a00::/20", "ip6:2a00::/20"},
    }));
    CAPTURE(relay);
    CHECK_THAT(Example().propose("v=spf1 -all", {relay}), Catch::Contains("only on request"));
    spf::analysis::AuthorizeOptions options;
    options.very_large = true;
    CHECK(Example().propose("v=spf1 -all", {relay}, options) == "v=spf1 " + term + " -all");
    CHECK(Example().propose("v=spf1 " + term + " -all", {relay}) == "-");
}

TEST_CASE("no record is proposed beside an alias", "[authorize][rfc1034-3.6.2]") {
    Example example;
    const std::string target = GENERATE("mailer.example", "host.example", "nowhere.example");
    example.zone.add_cname("example.com", target);
    spf::analysis::AuthorizeOptions options;
    options.from_scratch = true;
    const spf::analysis::Authorization out = example.ask({"198.51.100.9"}, options);
    CHECK(out.alias_of == target);
    CHECK_FALSE(out.proposal);
    CHECK(out.alternatives.empty());
    REQUIRE(out.problem);
    CHECK_THAT(out.problem->message(), Catch::Contains("is an alias (CNAME) of " + target));
}

TEST_CASE("a chain of aliases is reported by its end", "[authorize][rfc1034-3.6.2]") {
    Example example;
    example.zone.add_cname("example.com", "www.example");
    example.zone.add_cname("www.example", "mailer.example");
    CHECK(example.ask({"198.51.100.9"}).alias_of == "mailer.example");
    CHECK(example.ask({"203.0.113.1"}).is_whole());  // addresses that passed before still pass
}

TEST_CASE("a domain that is not an alias is not called an alias", "[authorize]") {
    Example example;
    example.zone.add_cname("www.example.com", "example.com");
    example.zone.add_txt("example.com", "v=spf1 -all");
    const spf::analysis::Authorization out = example.ask({"198.51.100.9"});
    CHECK(out.alias_of.empty());
    CHECK(out.proposal);
}

TEST_CASE("nothing is concluded from a lookup that fails", "[authorize][rfc7208-2.6.6]") {
    const std::string record = GENERATE(
        as<std::string>{}, "v=spf1 include:failing.example -all", "v=spf1 a:failing.example -all",
        // Beyond the limit, which only the map without limits reaches.
        "v=spf1 " + eight + " a:i.example a:j.example a:failing.example -all");
    CAPTURE(record);
    Example example;
    example.zone.add_txt("example.com", record);
    const std::vector<spf::analysis::Relay> relays{*spf::analysis::Relay::parse("192.0.2.9")};
    const auto out = spf::analysis::authorize("example.com", relays, example.zone);
    REQUIRE_FALSE(out);
    CHECK(out.error().code == spf::analysis::AuthorizeError::Code::dns_failure);
    CHECK_THAT(out.error().message(), Catch::Contains("failing.example"));
}

TEST_CASE("who passes for sure passes, whatever else fails", "[authorize]") {
    CHECK(Example().propose("v=spf1 ip4:192.0.2.9 include:failing.example -all", {"192.0.2.9"}) ==
          "-");
}

TEST_CASE("if the result depends on the message, the proof says so", "[authorize]") {
    Example example;
    example.zone.add_txt("example.com", "v=spf1 include:macro.example -all");
    CHECK_FALSE(example.ask({"192.0.2.9"}).proposal->is_for_all);
    Example other;
    other.zone.add_txt("example.com", "v=spf1 include:mailer.example -all");
    CHECK(other.ask({"192.0.2.9"}).proposal->is_for_all);
}
