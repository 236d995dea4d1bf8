// The answers of `spfcheck diff`, for people and for programs.

#include <algorithm>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

Run diff(const std::string& from, const std::string& to, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"diff", "--zone", zone("example.zone"), from, to};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return spfcheck(arguments);
}

}  // namespace

TEST_CASE("diff exits with 0 if every address gets the same result", "[cli][diff]") {
    const Run run =
        diff("v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "v=spf1 ip4:192.0.2.0/24 -all");
    CHECK(run.status == 0);
    CHECK(run.out == "no difference: every address gets the same result\n");
    CHECK(run.err.empty());
    const Run json = diff("example.com", "example.com", {"--json"});
    CHECK(json.status == 0);
    CHECK(nlohmann::json::parse(json.out)["changes"] == nlohmann::json::array());
}

TEST_CASE("diff exits with 1 and lists the networks that change", "[cli][diff]") {
    const std::string from = "v=spf1 ip4:192.0.2.0/24 -all";
    const std::string to = "v=spf1 ip4:192.0.2.0/25 ?ip6:2001:db8::/32 -all";
    const Run run = diff(from, to);
    CHECK(run.status == 1);
    CHECK(run.out ==
          "different: 1 network no longer passes, and none is added\n"
          "\n"
          "No longer pass:\n"
          "  pass by ip4:192.0.2.0/24 -> fail by -all\n"
          "    192.0.2.128/25\n"
          "\n"
          "Everybody else:\n"
          "  fail by -all -> neutral by ?ip6:2001:db8::/32 (1 network)\n");
    const Run json = diff(from, to, {"--json"});
    CHECK(json.status == 1);
    CHECK(nlohmann::json::parse(json.out)["changes"] ==
          nlohmann::json::parse(R"([{"network": "192.0.2.128/25", "from": "pass", "to": "fail"},
                                    {"network": "2001:db8::/32", "from": "fail", "to": "neutral"}])"));
}

TEST_CASE("a change from ~all to -all is told on a few lines, without networks", "[cli][diff]") {
    const std::string terms = "v=spf1 mx ip4:192.0.2.0/28 include:_spf.mailer.example ";
    const std::vector<std::string> domain{"--domain", "example.com"};
    const Run run = diff(terms + "~all", terms + "-all", domain);
    CHECK(run.status == 1);
    CHECK(first_line(run.out) ==
          "different: the same networks pass, but others get another result");
    CHECK_THAT(run.out, Contains("\n\nEverybody else:\n  softfail by ~all -> fail by -all ("));
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') <= 12);
    CHECK_THAT(run.out, !Contains("No longer pass") && !Contains("0.0.0.0"));
    const Run all = diff(terms + "~all", terms + "-all", {"--domain", "example.com", "--all"});
    CHECK_THAT(all.out, Contains("  softfail by ~all -> fail by -all\n    0.0.0.0/1\n"));
    const auto json = nlohmann::json::parse(
        diff(terms + "~all", terms + "-all", {"--domain", "example.com", "--json"}).out);
    CHECK(json["groups"] ==
          nlohmann::json::parse(R"([{"kind": "other", "from": "softfail", "to": "fail",
                                     "from_term": "~all", "to_term": "-all", "networks": )" +
                                std::to_string(json["changes"].size()) + "}]"));
}

TEST_CASE("diff tells first who no longer passes, then who passes now, with the terms",
          "[cli][diff]") {
    const Run run = diff("v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.1 ip4:192.0.2.3 ~all",
                         "v=spf1 -ip4:192.0.2.3 ip4:203.0.113.0/24 ip4:192.0.2.8/29 -all");
    CHECK_THAT(run.out, StartsWith("different: 3 networks no longer pass, 2 pass now\n"
                                   "\n"
                                   "No longer pass:\n"
                                   "  pass by ip4:198.51.100.0/24 -> fail by -all\n"
                                   "    198.51.100.0/24\n"
                                   "  pass by ip4:192.0.2.1 -> fail by -all\n"
                                   "    192.0.2.1\n"
                                   "  pass by ip4:192.0.2.3 -> fail by -ip4:192.0.2.3\n"
                                   "    192.0.2.3\n"
                                   "\n"
                                   "Pass now:\n"
                                   "  softfail by ~all -> pass by ip4:203.0.113.0/24\n"
                                   "    203.0.113.0/24\n"
                                   "  softfail by ~all -> pass by ip4:192.0.2.8/29\n"
                                   "    192.0.2.8/29\n"
                                   "\n"
                                   "Everybody else:\n"
                                   "  softfail by ~all -> fail by -all ("));
}

TEST_CASE("a long list of changes fits on a screen, and --all lists it", "[cli][diff]") {
    std::string old_record = "v=spf1";
    std::string new_record = "v=spf1";
    for (int i = 0; i < 60; ++i) {
        const std::string third = std::to_string(i);
        old_record += " ip4:10.1." + third + ".0/24 ip4:10.3." + third + ".7";
        new_record += " ip4:10.2." + third + ".0/24";
    }
    const Run run = diff(old_record + " ~all", new_record + " ?ip4:10.9.0.0/16 -all");
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') <= 24);
    CHECK_THAT(run.out, Contains("and 117 more changes, 117 networks (--all lists all)"));
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
    const Run all = diff(old_record + " ~all", new_record + " ?ip4:10.9.0.0/16 -all", {"--all"});
    for (int i = 0; i < 60; ++i) {
        CHECK_THAT(all.out, Contains("    10.1." + std::to_string(i) + ".0/24\n"));
        CHECK_THAT(all.out, Contains("    10.3." + std::to_string(i) + ".7\n"));
    }
    CHECK_THAT(all.out, !Contains("more"));
    // One term with many networks is one line.
    const Run one = diff(old_record + " -all", "v=spf1 -all");
    CHECK(std::count(one.out.begin(), one.out.end(), '\n') <= 12);
}

TEST_CASE("diff says so where a result depends on the message or the record is broken",
          "[cli][diff]") {
    const Run lost = diff("v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 exists:%{i}.list.example -all");
    CHECK_THAT(lost.out, Contains("  pass by ip4:192.0.2.0/24 -> depends on the message "
                                  "(exists:%{i}.list.example)\n"));
    const Run broken = diff("v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.0/33 -all");
    CHECK_THAT(broken.out, Contains("Problem of NEW: ") && Contains("an IPv4 prefix length"));
    CHECK_THAT(broken.out, Contains("  pass by ip4:192.0.2.0/24 -> permerror\n"));
}

TEST_CASE("diff understands a mail address or a URL in place of a domain", "[cli][diff]") {
    for (const std::string text : {"ann@example.com", "https://example.com/index.html"}) {
        CAPTURE(text);
        const Run run = diff(text, "example.com");
        CHECK(run.status == 0);
        CHECK(run.out == "no difference: every address gets the same result\n");
        CHECK_THAT(run.err, Contains("example.com"));
        CHECK(diff("v=spf1 mx ip4:192.0.2.0/28 ip4:203.0.113.0/26 ip6:2001:db8:25::/48 -all", text)
                  .status == 0);
        CHECK(diff("v=spf1 mx -all", "v=spf1 mx -all", {"--domain", text}).status == 0);
    }
}

TEST_CASE("the text of a record is that of the domain beside it", "[cli][diff]") {
    // The record without its "mx", and with the service's networks written out.
    const Run run = diff("example.com",
                         "v=spf1 mx ip4:192.0.2.0/28 ip4:203.0.113.0/26 ip6:2001:db8:25::/48 -all");
    CHECK(run.status == 0);
    const std::string terms = "v=spf1 mx -all";
    CHECK(diff(terms, "v=spf1 ip4:192.0.2.33 ip6:2001:db8::25 -all", {"--domain", "example.com"})
              .status == 0);
}

TEST_CASE("a text that is about its domain is not compared without one", "[cli][diff]") {
    const std::string all = "v=spf1 -all";
    for (const std::string term : {"mx", "a/24", "ptr", "exists:%{d}.list.example",
                                   "include:%{o}.spf.example", "redirect=%{d2}.spf.example",
                                   "a:%{h}", "exists:%{l}.asks.example", "include:asks.example"}) {
        CAPTURE(term);
        const TemporaryFile file("asks.example. TXT \"v=spf1 a:%{o} -all\"\n");
        const std::string text = "v=spf1 " + term;
        for (const auto& [from, to] : {std::pair{all, text}, std::pair{text, all}}) {
            const Run run = spfcheck({"diff", "--zone", file.path(), from, to});
            CHECK(run.status == 64);
            CHECK(run.out.empty());
            CHECK_THAT(run.err, Contains("--domain") && Contains("depends on the domain"));
        }
        const Run told =
            spfcheck({"diff", "--zone", file.path(), all, text, "--domain", "asks.example"});
        CHECK(told.status != 64);
    }
    // These terms do not depend on the domain.
    for (const std::string term : {"a:mail.example.com", "mx:example.com", "include:example.com",
                                   "ip4:192.0.2.1", "exists:%{i}.list.example.com"}) {
        CAPTURE(term);
        CHECK(diff("v=spf1 " + term, "v=spf1 " + term).status == 0);
    }
}

TEST_CASE("diff does not say that there is no difference if DNS fails",
          "[cli][diff][rfc7208-2.6.6]") {
    const std::string failing = "$STATUS gone.example. servfail\n";
    const auto [from, to, who, failed] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"gone.example", "gone.example", "OLD: ", "TXT of gone.example"},
            {"v=spf1 include:gone.example -all", "v=spf1 include:gone.example -all",
             "NEW: ", "TXT of gone.example"},
            {"v=spf1 a:gone.example -all", "v=spf1 -all", "OLD: ", "A of gone.example"},
            {"v=spf1 -all", "v=spf1 ip4:192.0.2.1 redirect=gone.example",
             "NEW: ", "TXT of gone.example"},
        }));
    CAPTURE(from, to);
    const TemporaryFile file(failing);
    const Run run = spfcheck({"diff", "--zone", file.path(), from, to});
    CHECK(run.status == 5);
    CHECK(first_line(run.out) == "it is not known whether there is a difference");
    CHECK_THAT(run.out, Contains(who + "looking up " + failed + " failed"));
    CHECK_THAT(run.out, !Contains("no difference") && !Contains("temperror"));
    const Run machine = spfcheck({"diff", "--zone", file.path(), from, to, "--json"});
    CHECK(machine.status == 5);
    const auto json = nlohmann::json::parse(machine.out);
    CHECK(json["complete"] == false);
    const bool old_failed = json["problem_from"].is_object();
    CHECK((old_failed || json["problem_to"].is_object()));
    CHECK(json[old_failed ? "problem_from" : "problem_to"]["code"] == "dns_failure");
}

TEST_CASE("diff without DNS exits with 69, except for texts that need none", "[cli][diff]") {
    const std::vector<std::string> nowhere{"--nameserver", "127.0.0.1:9", "--timeout", "2"};
    const auto lost = [&nowhere](const std::string& from, const std::string& to) {
        std::vector<std::string> arguments{"diff", from, to};
        arguments.insert(arguments.end(), nowhere.begin(), nowhere.end());
        return spfcheck(arguments);
    };
    for (const std::string other :
         {"example.com", "v=spf1 -all", "v=spf1 include:x.example -all"}) {
        const Run run = lost("example.com", other);
        CHECK(run.status == 69);
        CHECK_THAT(run.out, !Contains("no difference"));
    }
    CHECK(lost("v=spf1 -all", "v=spf1 ip4:192.0.2.1 -all").status == 1);
    CHECK(lost("v=spf1 -all", "v=spf1 -all").status == 0);
}

TEST_CASE("two names without a policy are not called the same", "[cli][diff]") {
    const Run none = diff("nosuch.example.com", "nothere.example.com");
    CHECK(none.status == 6);
    CHECK(first_line(none.out) == "nothing to compare: neither side has a policy");
    CHECK_THAT(none.out, Contains("OLD: ") && Contains("NEW: ") && !Contains("no difference"));
    CHECK(diff("broken.example", "broken.example").status == 4);
    CHECK(diff("v=spf1 ip4:1.2.3 -all", "v=spf1 al").status == 4);
    CHECK(diff("nosuch.example.com", "example.com").status == 1);
    CHECK(diff("nosuch.example", "nosuch.example").status == 5);  // in no file
}

TEST_CASE("terms that cannot be enumerated make a difference if they differ", "[cli][diff]") {
    const std::string ptr = "v=spf1 ptr -all";
    const std::vector<std::string> domain{"--domain", "example.com"};
    CHECK(diff(ptr, "v=spf1 exists:%{i}.list.example -all", domain).status == 1);
    CHECK(diff(ptr, ptr, domain).status == 0);
    const auto json =
        nlohmann::json::parse(diff("v=spf1 -all", ptr, {"--json", "--domain", "example.com"}).out);
    CHECK(json["changes"][0] ==
          nlohmann::json::parse(R"({"network": "0.0.0.0/0", "from": "fail", "to": "unknown"})"));
    CHECK(json["not_enumerable_to"] == nlohmann::json({"ptr"}));
}
