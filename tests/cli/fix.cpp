// What `spfcheck fix` proposes, for people, for programs and for nsupdate.

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

Run fix(std::vector<std::string> arguments, const std::string& zone_path) {
    arguments.insert(arguments.begin(), {"fix", "--zone", zone_path});
    return spfcheck(arguments);
}
Run fix(const std::vector<std::string>& arguments) { return fix(arguments, zone("example.zone")); }

nlohmann::json fix_json(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const Run run = fix(arguments);
    CHECK(run.err.empty());
    nlohmann::json json = nlohmann::json::parse(run.out);
    const int status = !json["proposal"].is_null() ? 1 : json["problem"].is_null() ? 0 : 2;
    CHECK(run.status == status);
    return json;
}

/// Publishes a record in the file and returns what `fix` says about it then.
nlohmann::json fix_of_published(const nlohmann::json& proposal, const std::string& others) {
    const TemporaryFile file(proposal["zone_line"].get<std::string>() + "\n" + others);
    const Run run = fix({proposal["name"], "--json"}, file.path());
    CHECK(run.status == 0);
    return nlohmann::json::parse(run.out);
}

}  // namespace

TEST_CASE("fix says so if there is nothing to fix", "[cli][fix]") {
    const Run run = fix({"example.com"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Catch::StartsWith("The SPF record of example.com works: nothing to fix"));
    CHECK(fix_json({"moved.example"})["steps"].empty());
}

TEST_CASE("fix begins with the verdict, and names each step, the record and the proof",
          "[cli][fix]") {
    const Run run = fix({"toomany.example"});
    CHECK(run.status == 1);
    CHECK(run.err.empty());
    CHECK_THAT(run.out, Catch::StartsWith(
                            "toomany.example needs 11 lookups, and 10 are allowed; this record "
                            "needs 10 and\nauthorises the same addresses\n"));
    CHECK_THAT(run.out, Contains("  1. replace a:www.example.com by ip4:192.0.2.80 (saves 1 "
                                 "lookup)\n"));
    CHECK_THAT(run.out, Contains("Listed already, but beyond the limit; passes now: 192.0.2.80\n"));
    CHECK_THAT(run.out, Contains("\nPublish as the only SPF record of toomany.example (type TXT):\n"
                                 "  v=spf1 include:s1.toomany.example "));
    CHECK_THAT(fix({"toomany.example", "--all"}).out,
               Contains("\nFor a zone file:\n  toomany.example. IN TXT ( \"v=spf1 "));
    CHECK_THAT(run.out, Contains("  fail      another sender\nDNS lookups: 10 of 10, void "));
    std::istringstream lines(run.out);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line);) ++count;
    CHECK(count < 24);
}

TEST_CASE("fix --json has the steps and a proposal, and what is published then needs no fix",
          "[cli][fix]") {
    for (const char* domain : {"toomany.example", "void.example", "twice.example"}) {
        CAPTURE(domain);
        const auto json = fix_json({domain});
        CHECK_FALSE(json["steps"].empty());
        CHECK(json["proposal"]["kind"] == "repair");
        CHECK(json["proposal"]["dns_lookups"] <= 10);
        CHECK(json["no_longer_pass"].empty());
        for (const auto& entry : json["proposal"]["proof"]) {
            CHECK(entry["expected"] == entry["result"]);
        }
    }
    const auto json = fix_json({"void.example"});
    CHECK(fix_of_published(json["proposal"], "")["steps"].empty());
}

TEST_CASE("fix merges two records and says which ending it keeps", "[cli][fix][rfc7208-4.5]") {
    const TemporaryFile file(
        "two.example. TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
        "two.example. TXT \"v=spf1 ip4:192.0.2.2 ~all\"\n");
    const Run run = fix({"two.example"}, file.path());
    CHECK(run.status == 1);
    CHECK(first_line(run.out) ==
          "two.example has 2 SPF records, so none of them works; this one does");
    CHECK_THAT(run.out, Contains("(-all, ~all)"));
    CHECK_THAT(run.out, Contains("\n  v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 ~all\n"));
    CHECK_THAT(run.out, Contains("Who passes now, too: 192.0.2.1, 192.0.2.2\n"));
}

TEST_CASE("fix drops an include that made everything permerror", "[cli][fix][rfc7208-5.2]") {
    const TemporaryFile file(
        "dead.example. TXT \"v=spf1 ip4:192.0.2.1 include:gone.dead.example ip4:192.0.2.9 -all\"\n"
        "dead.example. NS ns.dead.example.\n");
    const Run run = fix({"dead.example"}, file.path());
    CAPTURE(run.out, run.err);
    CHECK(run.status == 1);
    CHECK_THAT(run.out, Contains("  1. drop include:gone.dead.example (saves 1 lookup)\n"));
    CHECK_THAT(run.out, Contains("Who passes now, too: 192.0.2.9\n"));
}

TEST_CASE("fix proposes nothing where only the owner knows", "[cli][fix]") {
    CHECK(fix_json({"broken.example"})["problem_code"] == "broken_record");
    CHECK(fix_json({"norecord.example"})["problem_code"] == "no_record");
    CHECK(fix_json({"example.com", "--keep", "absent.example"})["problem_code"] == "no_such_term");
    const TemporaryFile file(
        "alias.example. CNAME target.example.\n"
        "target.example. TXT \"v=spf1 ip:192.0.2.1 -all\"\n");
    const Run run = fix({"alias.example"}, file.path());
    CHECK(run.status == 2);
    CHECK_THAT(run.out, Contains("alias (CNAME) of target.example"));
}

TEST_CASE("fix --drop lists who no longer passes", "[cli][fix]") {
    const auto json = fix_json({"example.com", "--drop", "_spf.mailer.example"});
    CHECK(json["proposal"]["record"] == "v=spf1 mx ip4:192.0.2.0/28 -all exp=explain.example.com");
    CHECK(json["no_longer_pass"] == nlohmann::json({"203.0.113.0/26", "2001:db8:25::/48"}));
    const Run run = fix({"example.com", "--drop", "_spf.mailer.example"});
    CHECK_THAT(run.out, Contains("Who no longer passes: 203.0.113.0/26, 2001:db8:25::/48\n"));
}

TEST_CASE("fix --flatten replaces what it names", "[cli][fix]") {
    const auto json = fix_json({"example.com", "--flatten", "_spf.mailer.example"});
    CHECK(json["steps"][0]["kind"] == "include_to_networks");
    CHECK(json["steps"][0]["saves"] == 1);
    CHECK(json["proposal"]["record"] ==
          "v=spf1 mx ip4:192.0.2.0/28 ip4:203.0.113.0/26 ip6:2001:db8:25::/48 -all "
          "exp=explain.example.com");
}

TEST_CASE("fix --apply prints a script for nsupdate that replaces all SPF records",
          "[cli][fix][rfc2136-2.4.2]") {
    const TemporaryFile file(
        "two.example. 600 TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
        "two.example. 600 TXT \"v=spf1 ip4:192.0.2.2 -all\"\n"
        "two.example. 600 TXT \"token\"\n"
        "near.example. 600 TXT \"v=spf1;ip4:192.0.2.2 -all\"\n");
    const Run run = fix({"two.example", "--apply"}, file.path());
    CHECK(run.status == 1);
    CHECK_THAT(run.out,
               Contains("update delete two.example. TXT\n"
                        "update add two.example. 600 TXT \"token\"\n"
                        "update add two.example. 600 TXT \"v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 "
                        "-all\"\nsend\n"));
    const Run near = fix({"near.example", "--apply"}, file.path());
    CHECK_THAT(near.out, Contains("update delete near.example. TXT\n"
                                  "update add near.example. 600 TXT \"v=spf1 ip4:192.0.2.2 "
                                  "-all\"\nsend\n"));
}

TEST_CASE("fix distinguishes wrong usage, missing DNS and lookups that fail", "[cli][fix]") {
    CHECK(fix({"localhost"}).status == 64);
    CHECK(fix({}).status == 64);
    CHECK(spfcheck({"fix", "--zone", "/nonexistent", "example.com"}).status == 65);
    CHECK(
        spfcheck({"fix", "example.com", "--nameserver", "127.0.0.1:9", "--timeout", "2"}).status ==
        69);
    const Run run = fix({"slow.example", "--json"}, zone("failing.zone"));
    CHECK(run.status == 5);
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["complete"] == false);
    CHECK(json["problem_code"] == "dns_failure");
}
