// Proposals for records that are near the limits of section 4.6.4, or beyond them.

#include <string>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "spf/record/edit.hpp"
#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "unit/analysis/authorize_example.hpp"

namespace {

using authorize_test::eight;
using authorize_test::Example;
using spf::Result;
using spf::test::ip;

}  // namespace

TEST_CASE("if a limit would break, other ways are proved", "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt("example.com",
                         // Ten lookups, one address.
                         "v=spf1 " + eight + " a:i.example a:j.example -all");
    const spf::analysis::Authorization out = example.ask({"mailer.example"});
    CHECK_FALSE(out.proposal);
    REQUIRE(out.problem);
    CHECK_THAT(out.problem->message(), Catch::Contains("4.6.4"));
    std::vector<spf::analysis::Proposal::Kind> kinds;
    for (const spf::analysis::Proposal& each : out.alternatives) {
        kinds.push_back(each.kind);
        CAPTURE(each.record);
        CHECK_FALSE(each.proof.empty());
        CHECK(each.dns_lookups <= 10);
        CHECK_FALSE(cost_of(each.kind).empty());
    }
    using Kind = spf::analysis::Proposal::Kind;
    CHECK(kinds == std::vector<Kind>{Kind::drop_redundant, Kind::hosts_to_addresses,
                                     Kind::include_to_networks, Kind::sub_domain});
    CHECK(out.alternatives[0].record == "v=spf1 a:a.example include:mailer.example -all");
    CHECK(out.alternatives[3].name == "news.example.com");
    CHECK(out.alternatives[3].record == "v=spf1 include:mailer.example -all");
    // Addresses need no lookup.
    CHECK(example.ask({"192.0.2.9"}).proposal);
}

TEST_CASE("no term is dropped whose effect depends on the message", "[authorize][rfc7208-4.6.4]") {
    // For senders that a term with a macro, or ptr, does not match, the terms behind it decide.
    const std::string first = GENERATE(as<std::string>{}, "exists:%{ir}.users.example",
                                       "ptr:x.example", "include:macro.example");
    Example example;
    example.zone.add_txt("example.com", "v=spf1 " + first + " a:host.example " + eight +
                                            " exists:%{i}.list.example a:i.example -all");
    CAPTURE(first);
    const spf::analysis::Authorization out = example.ask({"203.0.113.9"});
    REQUIRE_FALSE(out.proposal);
    for (const spf::analysis::Proposal& each : out.alternatives) {
        if (each.kind == spf::analysis::Proposal::Kind::sub_domain) continue;
        CAPTURE(each.record);
        CHECK_THAT(each.record,
                   Catch::Contains(first) && Catch::Contains("exists:%{i}.list.example"));
        spf::RecordOverlay overlay("example.com", each.record, example.zone);
        for (const char* address : {"198.51.100.1", "192.0.2.77"}) {
            CHECK(spf::check_host({.ip = ip(address), .mail_from = "bob@example.com"}, overlay)
                      .result == Result::pass);
        }
    }
    // What is needless for all messages is dropped.
    REQUIRE_FALSE(out.alternatives.empty());
    CHECK(out.alternatives[0].record == "v=spf1 " + first +
                                            " a:host.example a:a.example exists:%{i}.list.example "
                                            "ip4:203.0.113.9 -all");
}

TEST_CASE("no record is offered twice, for two prices", "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt("example.com", "v=spf1 a:x.example a:y.example a:z.example -all");
    const spf::analysis::Authorization out = example.ask({"198.51.100.9"});
    REQUIRE(out.alternatives.size() == 2);  // without those hosts, one way or the other
    CHECK(out.alternatives[0].record == "v=spf1 ip4:198.51.100.9 -all");
    CHECK(out.alternatives[0].kind == spf::analysis::Proposal::Kind::drop_redundant);
    CHECK(out.alternatives[1].kind == spf::analysis::Proposal::Kind::sub_domain);
}

TEST_CASE("a record that breaks a limit already is brought back below it",
          "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt(
        "example.com", "v=spf1 " + eight + " a:i.example a:j.example include:mailer.example -all");
    const spf::analysis::Authorization out = example.ask({"198.51.100.9"});
    REQUIRE_FALSE(out.alternatives.empty());
    CHECK(out.alternatives[0].record ==
          "v=spf1 a:a.example include:mailer.example ip4:198.51.100.9 -all");
}

TEST_CASE("if nothing cheaper brings the record within the limits, an include becomes networks",
          "[authorize][rfc7208-4.6.4]") {
    Example example;
    std::string record = "v=spf1";
    for (const std::string letter : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}) {
        example.zone.add_txt("s" + letter + ".example",
                             "v=spf1 ip4:198.51.100." + std::to_string(letter[0]) + " -all");
        record += " include:s" + letter + ".example";
    }
    example.zone.add_txt("example.com", record + " -all");
    const spf::analysis::Authorization out = example.ask({"198.51.100.9"});
    CHECK_FALSE(out.proposal);
    REQUIRE(out.alternatives.size() == 2);
    const spf::analysis::Proposal& own = out.alternatives[0];
    CHECK(own.kind == spf::analysis::Proposal::Kind::include_to_networks);
    CHECK(own.name == "example.com");
    CHECK(own.dns_lookups == 10);
    CHECK_THAT(own.record, Catch::Contains(" ip4:198.51.100.9 "));
    CHECK(out.alternatives[1].kind == spf::analysis::Proposal::Kind::sub_domain);
}

TEST_CASE("what is listed beyond a limit is not listed once more", "[authorize][rfc7208-4.6.4]") {
    Example example;
    const std::string relay =
        GENERATE("include:mailer.example", "mailer.example", "203.0.113.7", "203.0.113.0/27");
    example.zone.add_txt(
        "example.com", "v=spf1 " + eight + " a:i.example a:j.example include:mailer.example -all");
    CAPTURE(relay);
    const spf::analysis::Authorization out = example.ask({relay});
    CHECK_FALSE(out.is_whole());
    CHECK(out.relays[0].listed_by == std::vector<std::string>{"include:mailer.example"});
    REQUIRE(out.problem);
    CHECK_THAT(out.problem->message(),
               Catch::Contains("is listed already") &&
                   Catch::Contains("needs 11 terms with DNS lookups where 10"));
    REQUIRE_FALSE(out.alternatives.empty());
    CHECK(out.alternatives[0].record == "v=spf1 a:a.example include:mailer.example -all");
    for (const spf::analysis::Proposal& each : out.alternatives) CHECK(each.dns_lookups <= 10);
}

TEST_CASE("what is not listed is not said to be", "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt(
        "example.com", "v=spf1 " + eight + " a:i.example a:j.example include:mailer.example -all");
    const spf::analysis::Authorization out = example.ask({"198.51.100.9"});
    CHECK(out.relays[0].listed_by.empty());
    REQUIRE(out.problem);
    CHECK_THAT(out.problem->message(), !Catch::Contains("listed already"));
}

TEST_CASE("no record that exceeds a limit for any address is called proved",
          "[authorize][rfc7208-4.6.4]") {
    // A client that passes early never reaches the eleventh term; other clients do.
    const auto [record, relay] = GENERATE(table<std::string, std::string>({
        {"v=spf1 ip4:192.0.2.1 " + eight + " a:i.example a:j.example a:host.example -all",
         "192.0.2.9"},
        {"v=spf1 include:loop.example -all", "192.0.2.9"},
        {"v=spf1 ip4:198.51.100.1 include:loop.example -all", "198.51.100.0/24"},
        {"v=spf1 a:v1.example a:v2.example a:v3.example -all", "192.0.2.9"},
    }));
    CAPTURE(record);
    Example example;
    example.zone.add_txt("loop.example", "v=spf1 include:loop.example -all");
    example.zone.add_txt("example.com", record);
    const spf::analysis::Authorization out = example.ask({relay});
    CHECK_FALSE(out.proposal);
    CHECK(out.problem.has_value());
    for (const spf::analysis::Proposal& each : out.alternatives) {
        CHECK(each.dns_lookups <= 10);
        CHECK(each.void_lookups <= 2);
    }
}

TEST_CASE("hosts of several terms are listed once", "[authorize][rfc7208-4.6.4]") {
    Example example;
    example.zone.add_txt("example.com",
                         "v=spf1 " + eight + " a:i.example a:j.example a:host.example -all");
    for (const spf::analysis::Proposal& each : example.ask({"198.51.100.9"}).alternatives) {
        CAPTURE(each.record);
        const std::size_t first = each.record.find("ip4:192.0.2.77");
        if (first == std::string::npos) continue;
        CHECK(each.record.find("ip4:192.0.2.77", first + 1) == std::string::npos);
    }
}
