// Each step of fix(), what it changes for whom, and what is not fixed.

#include "spf/analysis/fix.hpp"

#include <string>
#include <vector>

#include "analysis/fix/messages.hpp"
#include "spf/resolver/overlay.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/random_tree.hpp"
#include "support/sentences.hpp"

namespace {

using Catch::Contains;
using spf::Result;
using spf::analysis::FixProblem;
using spf::test::dump;
using spf::test::ip;
using Kind = spf::analysis::FixStep::Kind;

/// Services whose records need lookups, and hosts.
struct Example {
    spf::ZoneResolver zone;

    Example() {
        for (unsigned service = 0; service < 9; ++service) {
            const std::string name = "s" + std::to_string(service) + ".example";
            const std::string network = "198.51.100." + std::to_string(8 * service) + "/29";
            // A service needs 1, 2 or 3 lookups.
            std::string record = "v=spf1 ip4:" + network;
            for (unsigned part = 0; part < service % 3; ++part) {
                const std::string sub = "p" + std::to_string(part) + "." + name;
                zone.add_txt(
                    sub, "v=spf1 ip4:203.0.113." + std::to_string(4 * service + part) + " -all");
                record += " include:" + sub;
            }
            zone.add_txt(name, record + " ~all");
        }
        for (unsigned host = 0; host < 12; ++host) {
            const std::string name = "h" + std::to_string(host) + ".example";
            zone.add_a(name, spf::IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(2 * host)}));
            zone.add_aaaa(name, spf::IpAddress::v6(0x2001'0db8'0000'0000U, 2 * host));
        }
        zone.add_txt("partly.example", "v=spf1 ip4:192.0.2.200 include:nowhere.example -all");
        zone.add_txt("macro.example", "v=spf1 exists:%{i}.list.example -all");
        zone.set_status("failing.example", spf::dns::Status::servfail);
    }
    spf::analysis::Fix fix_it(const spf::analysis::FixOptions& options = {}) {
        auto out = spf::analysis::fix("example.com", zone, options);
        REQUIRE(out);
        if (out->proposal) {
            CHECK(out->proposal->dns_lookups <= 10);
            CHECK(out->proposal->void_lookups <= 2);
            for (const std::string& each : out->proposal->txt_strings) CHECK(each.size() <= 255);
        }
        return *std::move(out);
    }
    spf::analysis::Fix fix(const std::string& record,
                           const spf::analysis::FixOptions& options = {}) {
        zone.add_txt("example.com", record);
        return fix_it(options);
    }
    /// Returns the proposed record; "-" if none is needed, otherwise the name of the problem.
    std::string propose(const std::string& record, const spf::analysis::FixOptions& options = {}) {
        const spf::analysis::Fix out = fix(record, options);
        if (out.is_fine()) return "-";
        return out.proposal ? out.proposal->record
                            : std::string(to_string(out.problem.value().code));
    }
};

std::vector<Kind> kinds(const spf::analysis::Fix& fix) {
    std::vector<Kind> out;
    for (const auto& each : fix.steps) out.push_back(each.kind);
    return out;
}

/// Returns terms for hosts or services.
std::string terms(const std::string& mechanism, unsigned first, unsigned end) {
    std::string out;
    const std::string letter = mechanism == "include" ? "s" : "h";
    for (unsigned i = first; i < end; ++i) {
        out += ' ' + mechanism + ':' + letter + std::to_string(i) + ".example";
    }
    return out;
}

}  // namespace

TEST_CASE("a record that works is left alone", "[fix]") {
    const auto record = GENERATE(as<std::string>{}, "v=spf1 -all", "v=spf1 a:h0.example ~all",
                                 "v=spf1 include:s0.example include:s0.example -all",
                                 "v=spf1 redirect=s1.example", "v=spf1 include:macro.example -all");
    CAPTURE(record);
    CHECK(Example().propose(record) == "-");
}

TEST_CASE("a broken term is corrected if it has one meaning", "[fix][rfc7208-4.6]") {
    const auto [record, proposed] = GENERATE(table<std::string, std::string>({
        {"v=spf1 ip:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 inlcude:s0.example ~all", "v=spf1 include:s0.example ~all"},
        {"v=spf1 include=s0.example ~all", "v=spf1 include:s0.example ~all"},
        {"v=spf1 ip4:192.0.2.1, -all", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1;ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"},
        {"v=spf1 ip4:192.0.2.0/33 -all", "broken_record"},
    }));
    CAPTURE(record);
    CHECK(Example().propose(record) == proposed);
}

TEST_CASE("a correction names the term, the mistake and who passes now", "[fix]") {
    Example example;
    const auto fix = example.fix("v=spf1 ip:192.0.2.1 inlcude:s0.example -all");
    REQUIRE(fix.steps.size() == 2);
    CHECK(fix.steps[0].kind == Kind::correct_term);
    CHECK(fix.steps[0].term == "ip:192.0.2.1");
    CHECK(fix.steps[0].replacement == "ip4:192.0.2.1");
    CHECK(fix.steps[0].why() == "the name of this term is misspelt");
    CHECK(fix.steps[1].replacement == "include:s0.example");
    CHECK(dump(fix.now_pass) == "192.0.2.1 198.51.100.0/29");
    CHECK(fix.no_longer_pass.empty());
    REQUIRE(fix.error);
    CHECK(fix.error->code == spf::Problem::Code::syntax_error);
}

TEST_CASE("a broken term without one meaning can be dropped on request", "[fix]") {
    Example example;
    CHECK(example.propose("v=spf1 ip4:192.0.2.0/33 a:h0.example -all",
                          {.drop = {"ip4:192.0.2.0/33"}}) == "v=spf1 a:h0.example -all");
}

TEST_CASE("two records become one that passes what any of them passes", "[fix][rfc7208-4.5]") {
    const auto [first, second, merged] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 include:s0.example -all", "v=spf1 include:s1.example -all",
         "v=spf1 include:s0.example include:s1.example -all"},
        {"v=spf1 a:h0.example -all", "v=spf1 include:s1.example ~all",
         "v=spf1 a:h0.example include:s1.example ~all"},
        {"v=spf1 a:h0.example -all", "v=spf1 a:h1.example",
         "v=spf1 a:h0.example a:h1.example ?all"},
        {"v=spf1 a:h0.example ~all", "v=spf1 redirect=s0.example",
         "v=spf1 a:h0.example include:s0.example ~all"},
        {"v=spf1 a:h0.example ~all", "V=SPF1 +a:h0.example ~all", "v=spf1 a:h0.example ~all"},
        {"v=spf1 a:h0.example ~all", "v=spf1 -a:h0.example ip4:192.0.2.0/24 ~all",
         "several_records"},
        {"v=spf1 a:h0.example -all", "v=spf1 +all", "several_records"},
    }));
    Example example;
    example.zone.add_txt("example.com", first);
    CAPTURE(first, second);
    const std::string proposed = example.propose(second);
    CHECK(proposed == merged);
}

TEST_CASE("a looser ending of merged records is named", "[fix]") {
    Example example;
    example.zone.add_txt("example.com", "v=spf1 a:h0.example -all");
    const auto fix = example.fix("v=spf1 include:s0.example ~all");
    REQUIRE(kinds(fix) == std::vector{Kind::merge_records});
    CHECK(fix.steps[0].detail == "-all, ~all");
    CHECK_THAT(fix.steps[0].why(), Contains("(-all, ~all)") && Contains("loosest"));
    CHECK(fix.records.size() == 2);
}

TEST_CASE("an include or redirect without a record is dropped", "[fix][rfc7208-5.2]") {
    const auto [record, proposed] = GENERATE(table<std::string, std::string>({
        {"v=spf1 a:h0.example include:nowhere.example -all", "v=spf1 a:h0.example -all"},
        {"v=spf1 a:h0.example redirect=nowhere.example", "v=spf1 a:h0.example ~all"},
        {"v=spf1 a:h0.example include:h1.example ~all", "v=spf1 a:h0.example ~all"},
        {"v=spf1 a:h0.example include:example.com -all", "v=spf1 a:h0.example -all"},
        {"v=spf1 include:partly.example -all", "v=spf1 ip4:192.0.2.200 -all"},
    }));
    Example example;
    CAPTURE(record);
    const auto fix = example.fix(record);
    REQUIRE(fix.proposal);
    CHECK(fix.proposal->record == proposed);
    REQUIRE(fix.steps.size() == 1);
    CHECK(fix.steps[0].kind >= Kind::drop_dead);
    CHECK_FALSE(fix.steps[0].why().empty());
}

TEST_CASE("a lookup that fails is no reason to drop anything", "[fix][rfc7208-2.6.6]") {
    Example example;
    example.zone.add_txt("example.com", "v=spf1 include:failing.example include:nowhere.example");
    const auto out = spf::analysis::fix("example.com", example.zone);
    REQUIRE_FALSE(out);
    CHECK(out.error().code == spf::analysis::AuthorizeError::Code::dns_failure);
}

TEST_CASE("redundant terms are dropped before anything else", "[fix][rfc7208-4.6.4]") {
    Example example;
    // 13 lookups; two services are listed twice, directly and by their parts.
    const auto fix = example.fix("v=spf1" + terms("include", 0, 5) + " include:s2.example" +
                                 " include:p0.s2.example -all");
    REQUIRE(fix.proposal);
    CHECK(fix.dns_lookups == 13);
    CHECK(kinds(fix) == std::vector{Kind::drop_redundant, Kind::drop_redundant});
    CHECK(fix.proposal->record == "v=spf1" + terms("include", 0, 5) + " -all");
    CHECK(fix.steps[0].saves == 3);
    CHECK(fix.steps[1].saves == 1);
    CHECK(fix.proposal->dns_lookups == 9);
}

TEST_CASE("hosts become addresses before includes become networks", "[fix][rfc7208-4.6.4]") {
    Example example;
    const auto fix =
        example.fix("v=spf1" + terms("a", 0, 2) + terms("include", 0, 5) + " -all");  // 11 lookups
    REQUIRE(fix.proposal);
    CHECK(kinds(fix) == std::vector{Kind::hosts_to_addresses});
    CHECK(fix.steps[0].term == "a:h0.example");
    CHECK(fix.steps[0].replacement == "ip4:192.0.2.0 ip6:2001:db8::");
    CHECK(fix.proposal->dns_lookups == 10);
    CHECK(fix.no_longer_pass.empty());
}

TEST_CASE("includes that save most become networks, and only if nothing cheaper helps",
          "[fix][rfc7208-4.6.4]") {
    Example example;
    // Services 0 to 7 need 1, 2, 3, 1, 2, 3, 1 and 2 lookups: 15.
    const auto fix = example.fix("v=spf1" + terms("include", 0, 8) + " -all");
    REQUIRE(fix.proposal);
    CHECK(fix.dns_lookups == 15);
    CHECK(kinds(fix) == std::vector(2, Kind::include_to_networks));
    CHECK(fix.steps[0].saves == 3);
    CHECK(fix.proposal->dns_lookups <= 10);
}

TEST_CASE("the owner says which includes become networks, and which never", "[fix]") {
    Example example;
    const std::string record = "v=spf1" + terms("include", 0, 7) + " -all";  // 13 lookups
    const auto named = example.fix(record, {.flatten = {"s4.example", "S1.example."}});
    REQUIRE(named.proposal);
    CHECK(named.steps[0].term == "include:s1.example");
    CHECK(named.steps[1].term == "include:s4.example");
    CHECK(named.steps.size() == 2);
    const auto kept = example.fix_it({.keep = {"s2.example", "s5.example"}});
    REQUIRE(kept.proposal);
    CHECK_THAT(kept.proposal->record,
               Contains("include:s2.example") && Contains("include:s5.example"));
    const auto none =
        example.fix_it({.keep = {"s0.example", "s1.example", "s2.example", "s3.example",
                                 "s4.example", "s5.example", "s6.example"}});
    REQUIRE(none.problem);
    CHECK(none.problem->code == FixProblem::Code::limits);
    CHECK(none.problem->count == 13);
    const auto unknown = example.fix_it({.keep = {"s8.example"}});
    REQUIRE(unknown.problem);
    CHECK(unknown.problem->code == FixProblem::Code::no_such_term);
}

TEST_CASE("an address is lost only if the owner asks for it", "[fix]") {
    Example example;
    const auto fix =
        example.fix("v=spf1 include:s0.example include:s3.example -all", {.drop = {"s3.example"}});
    REQUIRE(fix.proposal);
    CHECK(fix.proposal->record == "v=spf1 include:s0.example -all");
    CHECK(dump(fix.no_longer_pass) == "198.51.100.24/29");
    CHECK(fix.now_pass.empty());
}

TEST_CASE("a redirect that exceeds the limits is written out", "[fix][rfc7208-6.1]") {
    Example example;
    example.zone.add_txt("all.example", "v=spf1 mx" + terms("include", 0, 5) + " ~all");
    example.zone.add_mx("all.example", 10, "h7.example");
    const auto fix = example.fix("v=spf1 redirect=all.example");  // 11 lookups
    REQUIRE(fix.proposal);
    CHECK(kinds(fix) == std::vector{Kind::redirect_to_terms});
    CHECK(fix.proposal->record == "v=spf1 mx:all.example" + terms("include", 0, 5) + " ~all");
}

TEST_CASE("hosts without addresses exceed the limit of void lookups, and are dropped",
          "[fix][rfc7208-4.6.4]") {
    Example example;
    const auto fix =
        example.fix("v=spf1 a:n0.example a:n1.example mx:n2.example a:h0.example -all");
    REQUIRE(fix.proposal);
    CHECK(fix.proposal->record == "v=spf1 a:h0.example -all");
    CHECK(fix.steps.size() == 3);
    CHECK(fix.void_lookups == 3);
}

TEST_CASE("an mx with more than ten names is replaced", "[fix][rfc7208-4.6.4]") {
    Example example;
    for (unsigned host = 0; host < 11; ++host) {
        example.zone.add_mx("example.com", 10, "h" + std::to_string(host) + ".example");
    }
    const auto fix = example.fix("v=spf1 mx -all");
    REQUIRE(fix.proposal);
    CHECK(kinds(fix) == std::vector{Kind::hosts_to_addresses});
    CHECK(fix.proposal->dns_lookups == 0);
}

TEST_CASE("terms after one that depends on the message are not dropped for looking redundant",
          "[fix][rfc7208-7.2]") {
    Example example;
    // Without the include before the negative term, mail that does not match `exists` would fail.
    const auto fix = example.fix("v=spf1 exists:%{l}.list.example include:s0.example" +
                                 std::string(" -exists:%{i}.bad.example ip4:198.51.100.0/29") +
                                 terms("a", 0, 9) + " -all");
    REQUIRE(fix.proposal);
    CHECK_FALSE(fix.proposal->is_for_all);
    CHECK_THAT(fix.proposal->record, Contains("include:s0.example -exists"));
    CHECK(kinds(fix) == std::vector(2, Kind::hosts_to_addresses));
}

TEST_CASE("a record that would be too long is not proposed", "[fix][rfc7208-3.4]") {
    Example example;
    const std::string record = "v=spf1" + terms("include", 0, 8) + " -all";
    const auto fix = example.fix(record, {.max_length = 20});
    // A record that is not longer than the published one is allowed.
    if (fix.proposal) CHECK(fix.proposal->record.size() <= record.size());
    example.zone.add_txt("big.example", [] {
        std::string out = "v=spf1";
        for (unsigned i = 0; i < 60; ++i) out += " ip4:203.0.113." + std::to_string(4 * i);
        return out + terms("include", 0, 8) + " -all";
    }());
    example.zone.add_txt("lone.example", "v=spf1 include:big.example -all");
    const auto out = spf::analysis::fix("lone.example", example.zone, {.max_length = 200});
    REQUIRE(out);
    REQUIRE(out->problem);
    CHECK(out->problem->code == FixProblem::Code::too_long);
    CHECK_THAT(out->problem->message(), Contains("sub-domain"));
}

TEST_CASE("nothing is proposed for an alias, or without a record", "[fix]") {
    Example example;
    example.zone.add_cname("example.com", "target.example");
    example.zone.add_txt("target.example", "v=spf1 include:nowhere.example -all");
    const auto alias = example.fix_it();
    REQUIRE(alias.problem);
    CHECK(alias.problem->code == FixProblem::Code::alias);
    CHECK(alias.problem->name == "target.example");
    Example other;
    other.zone.add_txt("example.com", "something else");
    const auto none = other.fix_it();
    REQUIRE(none.problem);
    CHECK(none.problem->code == FixProblem::Code::no_record);
}

TEST_CASE("each message about a fix is short printable text, whatever it names", "[fix][message]") {
    for (const auto& each : spf::analysis::step_entries) spf::test::check_pattern(each.message);
    for (const auto& each : spf::analysis::fix_problem_entries) {
        spf::test::check_pattern(each.message);
        const FixProblem problem{each.code, "example.com", "term", "what is wrong", 2};
        CHECK(problem.message().find('{') == std::string::npos);
        CHECK(to_string(each.code) == each.name);
    }
    spf::test::check_pattern(spf::analysis::merged_loosest);
}
