#include "spf/advice/next.hpp"

#include <sstream>

#include "spf/lint/domain.hpp"
#include "spf/resolver/zone.hpp"
#include "support/advice.hpp"
#include "support/catch.hpp"

using namespace advice_test;
using Catch::Contains;

namespace {

/// The commands for a domain, each with its purpose, one per line.
std::string steps(spf::ZoneResolver& zone, std::string_view sender = {}) {
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    std::string out;
    for (const spf::advice::Next& each :
         spf::advice::next_steps({lint.domain, lint.record, lint.findings, sender})) {
        out += each.text() + ": " + each.command() + '\n';
    }
    return out;
}

std::string steps_of(const std::string& record) {
    spf::ZoneResolver zone = zone_of(record);
    return steps(zone);
}

}  // namespace

TEST_CASE("an error that fix() may correct leads to fix, and nothing else does", "[advice][next]") {
    const auto [record, is_for_fix] = GENERATE(table<std::string, bool>({
        {"v=spf1 ip4:192.0.2.0/33 -all", true},
        {"v=spf1 include:none.example -all", true},
        {"v=spf1 include:example.com -all", true},
        {"v=spf1 a=host.example -all", true},
        {"v=spf1include:_spf.example.net -all", true},
        {"\"v=spf1 mx -all\"", true},
        {"v=spf1 ip4:192.0.2.1 -all", false},
        {"v=spf1 +all", false},
        {"some text", false},
    }));
    CAPTURE(record);
    CHECK((steps_of(record).find("A record that works: spfcheck fix example.com\n") !=
           std::string::npos) == is_for_fix);
}

TEST_CASE("two records lead to fix", "[advice][next][rfc7208-4.5]") {
    spf::ZoneResolver zone = zone_of("v=spf1 mx -all");
    CHECK_THAT(steps(zone), !Contains("fix"));
    zone.add_txt("example.com", "v=spf1 a -all");
    CHECK(steps(zone) == "A record that works: spfcheck fix example.com\n");
}

TEST_CASE("an include of a host is shown as a:, with the same qualifier", "[advice][next]") {
    CHECK_THAT(steps_of("v=spf1 ~include:host.example -all"),
               Contains("With a:host.example: spfcheck example.com --record "
                        "'v=spf1 ~a:host.example -all'\n") &&
                   Contains("spfcheck fix example.com\n"));
    CHECK_THAT(steps_of("v=spf1 include:none.example -all"), !Contains("--record"));
    CHECK_THAT(steps_of("v=spf1 a:host.example -all"), !Contains("--record"));
}

TEST_CASE("a record of type SPF without one of type TXT is shown as TXT",
          "[advice][next][rfc7208-3.1]") {
    spf::ZoneResolver zone;
    zone.add_spf("example.com", "v=spf1 ip4:192.0.2.1 -all");
    CHECK(steps(zone) ==
          "With that TXT record: spfcheck example.com --record 'v=spf1 ip4:192.0.2.1 -all'\n");
    zone.add_txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
    CHECK_THAT(steps(zone), !Contains("--record"));
    spf::ZoneResolver open;
    open.add_spf("example.com", "v=spf1 +all");
    CHECK_THAT(steps(open), !Contains("--record"));
}

TEST_CASE("a first record begins with the host that sends", "[advice][next]") {
    spf::ZoneResolver zone;
    zone.add_txt("example.com", "hello");
    CHECK(steps(zone).empty());
    CHECK(steps(zone, "mx.example.com") ==
          "First record: spfcheck authorize example.com mx.example.com --from-scratch\n");
    zone.add_txt("example.com", "v=spf1mx -all");  // which was meant as a record
    CHECK(steps(zone, "mx.example.com") == "A record that works: spfcheck fix example.com\n");
}

TEST_CASE("beside an alias, no record is suggested", "[advice][next][rfc1034-3.6.2]") {
    spf::ZoneResolver zone;
    zone.add_cname("example.com", "target.example");
    zone.add_txt("target.example", "hello");
    CHECK(steps(zone, "mx.example.com").empty());
}

TEST_CASE("a text that is not of a domain has no next command", "[advice][next]") {
    const auto findings = spf::lint::lint("v=spf1 ip4:192.0.2.0/33 -all");
    REQUIRE_FALSE(findings.empty());
    CHECK(spf::advice::next_steps({{}, "v=spf1", findings, {}}).empty());
}

TEST_CASE("if authorize() or fix() has no proposal, another command helps", "[advice][next]") {
    using spf::analysis::Authorization;
    using spf::analysis::Fix;
    Authorization authorization;
    authorization.domain = "example.com";
    authorization.alias_of = "target.example";
    authorization.relays.emplace_back().relay.text = "192.0.2.9";
    CHECK(spf::advice::next_steps(authorization).empty());
    std::string commands;
    for (std::size_t i = 0; i < spf::analysis::ProposalProblem::code_count; ++i) {
        authorization.problem.emplace().code = static_cast<spf::analysis::ProposalProblem::Code>(i);
        for (const auto& each : spf::advice::next_steps(authorization)) {
            commands += each.command() + '\n';
        }
    }
    CHECK_THAT(commands, Contains("spfcheck fix example.com\n") &&
                             Contains("authorize example.com 192.0.2.9 --from-scratch\n") &&
                             Contains("authorize target.example 192.0.2.9\n"));
    Fix fix;
    fix.domain = "example.com";
    fix.alias_of = "target.example";
    CHECK(spf::advice::next_steps(fix).empty());
    for (std::size_t i = 0; i < spf::analysis::FixProblem::code_count; ++i) {
        fix.problem.emplace().code = static_cast<spf::analysis::FixProblem::Code>(i);
        CHECK(spf::advice::next_steps(fix).size() == 1);
    }
}

TEST_CASE("commands for people fit into the width, and can be copied", "[advice][next]") {
    spf::ZoneResolver zone = zone_of("v=spf1 include:host.example " + std::string(300, 'x'));
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    spf::advice::Context context;
    context.dns_options = {"--zone", "/a/rather/long/path/to/the/file/of/the/zone/example.zone"};
    const auto steps =
        spf::advice::next_steps({lint.domain, lint.record, lint.findings, {}}, context);
    REQUIRE_FALSE(steps.empty());
    const std::string text = spf::advice::text(steps);
    CHECK_THAT(text, Contains("  spfcheck fix example.com --zone \\\n      /a/rather/long/path"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
    CHECK(spf::advice::text(std::span<const spf::advice::Next>{}).empty());
}
