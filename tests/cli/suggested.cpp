// Each command that a sub-command suggests is read from what it prints, and run as printed.

#include "support/suggested.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

/// A zone with one domain for each thing that can be wrong, and hosts whose addresses can be added.
const TemporaryFile& situations() {
    std::string twelve = "twelve.example. TXT \"v=spf1\"";
    std::string included;
    for (int i = 0; i < 12; ++i) {
        const std::string name = "_spf" + std::to_string(i) + ".mail-service.example";
        twelve += " \" include:" + name + "\"";
        included += name + ". TXT \"v=spf1 ip4:192.0.2." + std::to_string(i) + " ~all\"\n";
    }
    static const TemporaryFile file(
        twelve + " \" ~all\"\n" + included +
        "clean.example. TXT \"v=spf1 mx ip4:192.0.2.0/28 -all\"\n"
        "clean.example. MX 10 mx.clean.example.\n"
        "mx.clean.example. A 192.0.2.77\n"
        "none.example. MX 10 mx.clean.example.\n"
        "two.example. TXT \"v=spf1 mx:clean.example -all\"\n"
        "two.example. TXT \"v=spf1 ip4:192.0.2.0/28 ~all\"\n"
        "dead.example. TXT \"v=spf1 ip4:192.0.2.1 include:gone.dead.example -all\"\n"
        "typo.example. TXT \"v=spf1 ip:192.0.2.1 -all\"\n"
        "near.example. TXT \"v=spf1;ip4:192.0.2.1 -all\"\n"
        "alias.example. CNAME typo.example.\n"
        "loop.example. TXT \"v=spf1 include:loop.example -all\"\n"
        "helo.example. TXT \"v=spf1 exists:%{h}.x.example ~all\"\n"
        "open.example. TXT \"v=spf1 +all\"\n"
        "nine.example. TXT \"v=spf1 mx:clean.example a:a.clean.example a:b.clean.example "
        "a:c.clean.example a:d.clean.example a:e.clean.example a:f.clean.example "
        "a:g.clean.example a:mx.clean.example ip4:192.0.2.1/24 ~all\"\n"
        "google.example. TXT \"v=spf1 include:_spf.google.com ~all\"\n"
        "_spf.google.com. TXT \"v=spf1 ip4:203.0.113.0/24 ~all\"\n"
        "a.clean.example. A 192.0.2.65\nb.clean.example. A 192.0.2.66\n"
        "c.clean.example. A 192.0.2.67\nd.clean.example. A 192.0.2.68\n"
        "e.clean.example. A 192.0.2.69\nf.clean.example. A 192.0.2.70\n"
        "g.clean.example. A 192.0.2.71\n");
    return file;
}

const std::vector<std::string> domains{
    "clean.example",  "none.example",  "two.example",    "dead.example",        "typo.example",
    "near.example",   "alias.example", "loop.example",   "helo.example",        "open.example",
    "twelve.example", "nine.example",  "google.example", "absent.clean.example"};

/// The command lines about a domain whose output is read.
std::vector<std::vector<std::string>> commands_about(const std::string& domain) {
    return {{domain},
            {domain, "--all"},
            {"check", "198.51.100.7", "user@" + domain},
            {"check", "203.0.113.9", "user@" + domain},
            {"check", "192.168.0.1", "user@" + domain},
            {"lint", domain},
            {"networks", domain},
            {"fix", domain},
            {"authorize", domain, "198.51.100.7"},
            {"authorize", domain, "mx.clean.example"},
            {"authorize", domain, "Google Workspace"},
            {"diff", domain, "clean.example"},
            {"diff", domain, "v=spf1 mx ~all"},
            {"flatten", domain}};
}

Run run_in_situation(std::vector<std::string> words) {
    words.insert(words.end(), {"--zone", situations().path()});
    return spfcheck(words);
}

}  // namespace

TEST_CASE("each suggested command is understood as printed", "[cli][suggested]") {
    std::size_t count = 0;
    for (const std::string& domain : domains) {
        for (const auto& words : commands_about(domain)) {
            const Run run = run_in_situation(words);
            CAPTURE(words, run.out, run.err);
            REQUIRE(run.status < 64);
            for (const std::string& command : suggested_in(run.out + run.err)) {
                const Run next = run_suggested(command);
                CAPTURE(command, next.err);
                CHECK(next.status < 64);
                CHECK_FALSE(next.out.empty());
                ++count;
            }
        }
    }
    CHECK(count > 50);
}

TEST_CASE("each command in JSON is understood, too", "[cli][suggested]") {
    std::size_t count = 0;
    for (const std::string& domain : domains) {
        for (auto words : commands_about(domain)) {
            words.emplace_back("--json");
            const Run run = run_in_situation(words);
            CAPTURE(words, run.out, run.err);
            const auto json = nlohmann::json::parse(run.out, nullptr, false);
            for (const std::string& command : commands_in(json)) {
                const Run next = run_suggested(command);
                CAPTURE(command, next.err);
                CHECK(next.status < 64);
                ++count;
            }
        }
    }
    CHECK(count > 30);
}

TEST_CASE("what whose and providers suggest is understood", "[cli][suggested]") {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"whose", "203.0.113.9"},
                                                  {"whose", "8.8.8.8"},
                                                  {"providers"},
                                                  {"providers", "sendgrid"},
                                                  {"providers", "goggle"}}) {
        const Run run = words.front() == "whose" ? run_in_situation(words) : spfcheck(words);
        for (const std::string& command : suggested_in(run.out)) {
            const Run next = run_suggested(command);
            CAPTURE(command, next.err);
            CHECK(next.status < 64);
        }
    }
}

TEST_CASE("the record that a failed check leads to lets the server send", "[cli][suggested]") {
    for (const std::string domain : {"clean.example", "google.example", "dead.example"}) {
        CAPTURE(domain);
        const Run check = run_in_situation({"check", "198.51.100.7", "user@" + domain});
        CHECK(check.status != 0);
        const auto commands = suggested_in(check.out);
        const auto authorize = std::find_if(
            commands.begin(), commands.end(),
            [](const std::string& each) { return each.starts_with("spfcheck authorize "); });
        if (domain == "dead.example" && authorize == commands.end()) continue;
        REQUIRE(authorize != commands.end());
        const auto json = nlohmann::json::parse(run_suggested(*authorize + " --json").out);
        REQUIRE(json["proposal"].is_object());
        const Run after = run_in_situation(
            {"check", "198.51.100.7", "user@" + domain, "--record", json["proposal"]["record"]});
        CHECK(after.status == 0);
    }
}

TEST_CASE("the record that an overview with errors leads to has no errors", "[cli][suggested]") {
    for (const std::string domain :
         {"two.example", "dead.example", "typo.example", "twelve.example"}) {
        CAPTURE(domain);
        const Run overview = run_in_situation({domain});
        CHECK(overview.status == 1);
        const auto commands = suggested_in(overview.out);
        const auto fix = std::find_if(commands.begin(), commands.end(), [](const auto& each) {
            return each.starts_with("spfcheck fix ");
        });
        REQUIRE(fix != commands.end());
        const Run text = run_suggested(*fix);
        const auto json = nlohmann::json::parse(run_suggested(*fix + " --json").out);
        REQUIRE(json["proposal"].is_object());
        const std::string record = json["proposal"]["record"];
        CHECK_THAT(text.out, Contains("\n  " + record + "\n"));
        CHECK(run_in_situation({domain, "--record", record}).status == 0);
    }
}
