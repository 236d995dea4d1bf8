// What the commands for people show on a terminal of 80 columns and 24 lines, of which the last is
// for the next command.

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/suggested.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

constexpr std::size_t width = 80;
constexpr std::size_t height = 23;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
}

/// Returns the lines as the terminal shows them, which breaks a line that is too long.
std::vector<std::string> rows_of(const std::string& text) {
    std::vector<std::string> out;
    for (const std::string& line : lines_of(text)) {
        std::size_t at = 0;
        do {
            out.push_back(line.substr(at, width));
            at += width;
        } while (at < line.size());
    }
    return out;
}

/// Returns whether a line may be longer than the screen, because it is to be copied as one: a
/// record, or a word in quotes of a command.
bool is_to_copy(const std::string& line) { return line.find("v=spf1") != std::string::npos; }

void check_width(const Run& run) {
    for (const std::string& line : lines_of(run.out)) {
        CAPTURE(line);
        CHECK((line.size() <= width || is_to_copy(line)));
    }
}

/// Returns whether the first line of the output is on the screen after the command.
bool is_one_screen(const Run& run) { return rows_of(run.out).size() <= height; }

std::string longest_name() {
    const std::string label(61, 'a');
    return label + '.' + label + '.' + label + '.' + std::string(59, 'b') + ".example";
}

const TemporaryFile& zones() {
    std::string text = "twelve.example. TXT \"v=spf1\"";
    std::string others;
    for (int i = 0; i < 12; ++i) {
        const std::string name = "_spf" + std::to_string(i) + ".customers.mail-service.example";
        text += " \" include:" + name + "\"";
        others += name + ". TXT \"v=spf1 ip4:192.0.2." + std::to_string(i) + " ~all\"\n";
    }
    text += " \" ~all\"\n" + others + "many.example. TXT \"v=spf1\"";
    others.clear();
    for (int i = 0; i < 25; ++i) {
        const std::string name = "h" + std::to_string(i) + ".hosts.example";
        text += " \" a:" + name + "\"";
        others += name + ". A 192.0.2." + std::to_string(2 * i) + "\n";
    }
    text += " \" -all\"\n" + others;
    std::string networks;
    for (int i = 0; i < 220; ++i) {
        if (i % 10 == 0) networks += "\" \"";
        networks += " ip4:203." + std::to_string(i) + ".5.0/24";
    }
    text += "long.example. TXT \"v=spf1" + networks + "\" \" -all\"\n";
    text += "big.example. TXT \"v=spf1 include:gone.dead.example" + networks + "\" \" -all\"\n";
    networks.clear();
    for (int i = 0; i < 60; ++i) networks += "\" \" ip4:203." + std::to_string(i) + ".5.0/24";
    text += "wide.example. TXT \"v=spf1 include:gone.dead.example" + networks + "\" \" -all\"\n";
    const std::string name = longest_name();
    text += name + ". TXT \"v=spf1 include:\" \"b." + name.substr(2) + "\" \" -all\"\n";
    text += "b." + name.substr(2) + ". TXT \"v=spf1 ip4:192.0.2.1 -all\"\n";
    text +=
        "two.example. TXT \"v=spf1 mx -all\"\n"
        "two.example. TXT \"v=spf1 ip4:192.0.2.0/28 ~all\"\n"
        "two.example. MX 10 mx.two.example.\n"
        "mx.two.example. A 192.0.2.77\n"
        "dead.example. TXT \"v=spf1 ip4:192.0.2.1 include:gone.dead.example ip4:192.0.2.9 -all\"\n"
        "alias.example. CNAME target.example.\n"
        "target.example. TXT \"v=spf1 ip:192.0.2.1 -all\"\n"
        "clean.example. TXT \"v=spf1 mx include:_spf.google.com ip4:203.0.113.9 -all\"\n"
        "clean.example. MX 1 aspmx.l.google.com.\n"
        "clean.example. MX 5 alt1.aspmx.l.google.com.\n"
        "aspmx.l.google.com. A 198.51.100.7\n"
        "alt1.aspmx.l.google.com. A 198.51.100.8\n"
        "mixed.example. TXT \"v=spf1 mx -all\"\n"
        "mixed.example. MX 1 aspmx.l.google.com.\n"
        "mixed.example. MX 1 mx.two.example.\n"
        "_spf.google.com. TXT \"v=spf1 ip4:203.0.113.0/28 ~all\"\n";
    static const TemporaryFile file(text);
    return file;
}

Run on_zones(std::vector<std::string> words) {
    words.insert(words.end(), {"--zone", zones().path()});
    Run run = spfcheck(words);
    CAPTURE(words, run.out);
    CHECK(run.status < 64);
    check_width(run);
    return run;
}

}  // namespace

TEST_CASE("the screens of overview, fix and whose begin with the verdict and fit",
          "[cli][screen]") {
    const auto [words, verdict] = GENERATE(table<std::vector<std::string>, std::string>({
        {{"clean.example"}, "clean.example: no errors; 2 of 10 lookups, "},
        {{"twelve.example"}, "twelve.example: 1 error; 12 of 10 lookups, "},
        {{"long.example"}, "long.example: no errors, "},
        {{longest_name()}, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...: no errors; 1 of 10 lookups"},
        {{"fix", "clean.example"}, "The SPF record of clean.example works: nothing to fix"},
        {{"fix", "twelve.example"}, "twelve.example needs 12 lookups, and 10 are allowed; "},
        {{"fix", "many.example"}, "many.example needs 25 lookups, and 10 are allowed; "},
        {{"fix", "two.example"}, "two.example has 2 SPF records, so none of them works; "},
        {{"fix", "dead.example"}, "The SPF record of dead.example does not work for all senders; "},
        {{"fix", "alias.example"}, "The SPF record of alias.example cannot be fixed without you"},
        {{"whose", "203.0.113.9"}, "203.0.113.9 belongs to Google Workspace"},
        {{"whose", "8.8.8.8", "203.0.113.9"}, "8.8.8.8 belongs to none of the "},
        {{"diff", "clean.example", "v=spf1 mx include:_spf.google.com ip4:203.0.113.9 ~all"}, ""},
    }));
    const Run run = on_zones(words);
    CAPTURE(words, run.out);
    CHECK_THAT(run.out, StartsWith(verdict));
    CHECK(is_one_screen(run));
    if (words.front() == "diff") CHECK(rows_of(run.out).size() <= 12);
}

TEST_CASE("mail servers of one service have its name, those of several have none",
          "[cli][screen][overview]") {
    const auto service = [](const std::string& domain) {
        const Run run = on_zones({domain, "--json"});
        return nlohmann::json::parse(run.out)["terms"][0]["service"];
    };
    CHECK(service("clean.example") == "Google Workspace");
    CHECK(service("mixed.example").is_null());
    CHECK(service("two.example").is_null());
}

TEST_CASE("fix leaves out what a screen has no room for, and --all prints it",
          "[cli][screen][fix]") {
    const Run run = on_zones({"fix", "many.example"});
    CHECK_THAT(run.out, Contains("more steps\n") && !Contains("For a zone file:"));
    const std::string command = suggested_in(run.out).back();
    CHECK_THAT(command, StartsWith("spfcheck fix many.example --all --zone "));
    const Run whole = run_suggested(command);
    CHECK(whole.status == 1);
    CHECK_THAT(whole.out, Contains("\n  23. replace ") && !Contains("more steps"));
    CHECK_THAT(whole.out, Contains("\nFor a zone file:\n  many.example. IN TXT "));
    CHECK_THAT(whole.out, Contains("such as:\n  192.0.2.0 "));
    // What fits is printed at once.
    CHECK_THAT(on_zones({"fix", "dead.example"}).out,
               Contains("For a zone file:") && !Contains("--all"));
    // The command has the options of the first one.
    const Run kept = on_zones(
        {"fix", "many.example", "--keep", "h0.hosts.example", "--flatten", "h7.hosts.example"});
    CHECK_THAT(
        suggested_in(kept.out).back(),
        Contains("--flatten h7.hosts.example --keep h0.hosts.example") && Contains(" --all "));
}

TEST_CASE("a record that fills the screen is followed by the verdict", "[cli][screen][fix]") {
    const Run run = on_zones({"fix", "big.example"});
    CHECK_FALSE(is_one_screen(run));
    const std::string verdict =
        "The SPF record of big.example does not work for all senders; this one does";
    CHECK_THAT(run.out, StartsWith(verdict + "\n"));
    CHECK(lines_of(run.out).back() == verdict);
}

TEST_CASE("two long options leave room for the terms of an overview", "[cli][screen][overview]") {
    const std::string far = SPF_SOURCE_DIR
        "/examples/zones/../zones/../zones/../zones/../zones/../zones/../zones/../zones/"
        "example.zone";
    const Run run = spfcheck({"long.example", "--zone", zones().path(), "--zone", far});
    CAPTURE(run.out);
    CHECK(is_one_screen(run));
    const auto rows = rows_of(run.out);
    CHECK(std::count_if(rows.begin(), rows.end(),
                        [](const std::string& row) { return row.starts_with("  ip4:"); }) >= 2);
    CHECK_FALSE(suggested_in(run.out).empty());
}

TEST_CASE("fix offers a long record as several, which are proved, too", "[cli][screen][fix]") {
    const auto json = nlohmann::json::parse(on_zones({"fix", "wide.example", "--json"}).out);
    const auto& split = json["split"];
    REQUIRE(split.size() == 3);
    std::string published;
    for (const auto& each : split) {
        CHECK(each["record"].get<std::string>().size() <= 450);
        published += each["zone_line"].get<std::string>() + '\n';
    }
    const Run run = on_zones({"fix", "wide.example"});
    CHECK_THAT(run.out, Contains("--all has 3"));
    const Run whole = on_zones({"fix", "wide.example", "--all"});
    CHECK_THAT(whole.out, Contains("3 records, which need 2 lookups more"));
    CHECK_THAT(whole.out, Contains(split[2]["zone_line"].get<std::string>()));
    // Published, they let the same addresses pass as the long record.
    const TemporaryFile file(published);
    const Run diff = spfcheck(
        {"diff", "wide.example", json["proposal"]["record"], "--zone", file.path(), "--json"});
    CHECK(diff.status == 0);
    CHECK(nlohmann::json::parse(on_zones({"fix", "many.example", "--json"}).out)["split"].empty());
}
