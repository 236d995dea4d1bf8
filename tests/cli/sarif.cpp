// `spfcheck lint` of zone files, and its SARIF logs, which code scanners show in these files.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;
using nlohmann::json;

namespace {

/// Two files with a record over several lines, and a name that is in neither.
const std::string main_zone =
    "$ORIGIN example.com.\n"
    "$TTL 3600\n"
    "@ TXT \"token=\xc3\xa4\" ; not a record\n"
    "@ IN TXT ( \"v=spf1 include:_spf.example.com \"\n"
    "           \"ip:192.0.2.1 \" ; the office\n"
    "           \"-all\" )\n"
    "broken TXT \"v=spf1 include:bad.example.com include:bad.example.com -all\"\n"
    "$INCLUDE \"more parts.zone\" example.com.\n"
    "away TXT \"v=spf1 include:_spf.example.net -all\"\n"
    "typo TXT \"v=spf1include:_spf.example.com -all\"\n";
const std::string more_zone =
    "\n_spf TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\n"
    "bad\tTXT\t\"v=spf1 ip4:192.0.2.0/\\051\\051 -all\"\n";

class Zones {
public:
    explicit Zones(const std::string& text = main_zone) {
        folder_.write("main.zone", text);
        folder_.write("more parts.zone", more_zone);
    }
    /// Runs `spfcheck lint` in the folder, as a shell does.
    [[nodiscard]] Run lint(const std::string& arguments) const {
        return shell("cd '" + folder_.path().string() + "' && \"$SPFCHECK\" lint " + arguments);
    }
    [[nodiscard]] json sarif(const std::string& arguments = "--zone main.zone") const {
        const Run run = lint(arguments + " --sarif");
        CAPTURE(run.out, run.err);
        REQUIRE(run.err.empty());
        return json::parse(run.out);
    }
    [[nodiscard]] std::string line(const std::string& name, std::size_t number) const {
        std::ifstream file(folder_.path() / name);
        std::string out;
        for (std::size_t i = 0; i < number; ++i) std::getline(file, out);
        return out;
    }
    void write(const std::string& name, const std::string& text) const {
        folder_.write(name, text);
    }
    [[nodiscard]] std::string path() const { return folder_.path().string(); }

private:
    spf::test::TemporaryFolder folder_;
};

const json& results_of(const json& log) { return log["runs"][0]["results"]; }

/// The results with this rule.
std::vector<json> results_with(const json& log, const std::string& rule) {
    std::vector<json> out;
    for (const json& each : results_of(log)) {
        if (each["ruleId"] == rule) out.push_back(each);
    }
    return out;
}

const json& place_of(const json& result) { return result["locations"][0]["physicalLocation"]; }

void check_region(const json& region) {
    CHECK(region["startLine"] >= 1);
    CHECK(region["startColumn"] >= 1);
    CHECK(region["endLine"] >= region["startLine"]);
    if (region["endLine"] == region["startLine"])
        CHECK(region["endColumn"] >= region["startColumn"]);
}

/// What SARIF 2.1.0 and code scanning require of a log, without the schema of OASIS.
void check_log(const json& log, bool is_of_files) {
    CHECK(log["version"] == "2.1.0");
    REQUIRE(log["runs"].size() == 1);
    const json& run = log["runs"][0];
    CHECK(run["tool"]["driver"]["name"] == "spfcheck");
    const json& rules = run["tool"]["driver"]["rules"];
    std::set<std::string> ids;
    for (const json& rule : rules) {
        CHECK(ids.insert(rule["id"]).second);
        for (const char* text : {"shortDescription", "fullDescription", "help"})
            CHECK_FALSE(rule[text]["text"].get<std::string>().empty());
        CHECK_THAT(rule["helpUri"].get<std::string>(), StartsWith("https://"));
    }
    std::set<std::string> used;
    std::set<std::string> fingerprints;
    for (const json& result : results_of(log)) {
        CAPTURE(result.dump());
        used.insert(result["ruleId"]);
        CHECK(rules.at(result["ruleIndex"].get<std::size_t>())["id"] == result["ruleId"]);
        CHECK(std::set<std::string>{"error", "warning", "note"}.contains(result["level"]));
        CHECK_FALSE(result["message"]["text"].get<std::string>().empty());
        CHECK(fingerprints.insert(result["partialFingerprints"]["primaryLocationLineHash"]).second);
        REQUIRE(result["locations"].size() == 1);
        const std::string uri = place_of(result)["artifactLocation"]["uri"];
        CHECK(uri.find(' ') == std::string::npos);
        if (!is_of_files) continue;
        // Code scanning refuses a log with an URI of another scheme than file.
        CHECK(uri.find(':') == std::string::npos);
        CHECK(uri.front() != '/');
        check_region(place_of(result)["region"]);
        for (const json& fix : result.value("fixes", json::array()))
            check_region(fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]);
    }
    CHECK(used == ids);
    CHECK((!is_of_files || run["columnKind"] == "unicodeCodePoints"));
}

/// The path of the schema of OASIS, which has no licence to be copied; empty if it is not there.
std::string schema_of_oasis() {
    const char* const given = std::getenv("SPF_SARIF_SCHEMA");
    const std::string path =
        given != nullptr
            ? given
            : first_line(shell("echo \"$(npm root -g 2>/dev/null)/@microsoft/jest-sarif/lib/"
                               "schemas/sarif-2.1.0-rtm.5.json\"")
                             .out);
    return std::ifstream(path).good() ? path : std::string();
}

}  // namespace

TEST_CASE("a SARIF log of a zone file says in which line and column a term is", "[cli][sarif]") {
    const Zones zones;
    const json log = zones.sarif();
    check_log(log, true);

    const std::vector<json> misspelt = results_with(log, "misspelt_name");
    REQUIRE(misspelt.size() == 1);
    const json& place = place_of(misspelt[0]);
    CHECK(place["artifactLocation"]["uri"] == "main.zone");
    const json& region = place["region"];
    CHECK(region["startLine"] == 5);
    CHECK(zones.line("main.zone", 5).substr(region["startColumn"].get<std::size_t>() - 1, 12) ==
          "ip:192.0.2.1");
    CHECK(region["endColumn"] == region["startColumn"].get<int>() + 12);
    CHECK(region["snippet"]["text"] == "ip:192.0.2.1");

    // In an included file, whose name has a space, behind a tab, and written with escapes. Two
    // domains include the record, but the mistake is one.
    const std::vector<json> prefix = results_with(log, "prefix_length_ip4");
    REQUIRE(prefix.size() == 1);
    const json& escaped = place_of(prefix[0]);
    CHECK(escaped["artifactLocation"]["uri"] == "more%20parts.zone");
    CHECK(escaped["region"]["startLine"] == 3);
    CHECK(zones.line("more parts.zone", 3)
              .substr(escaped["region"]["startColumn"].get<std::size_t>() - 1,
                      escaped["region"]["endColumn"].get<std::size_t>() -
                          escaped["region"]["startColumn"].get<std::size_t>()) == "/\\051\\051");
    CHECK_FALSE(prefix[0].contains("fixes"));
    CHECK_FALSE(escaped["region"].contains("snippet"));
}

TEST_CASE("what is wrong in a record of another owner is shown at the term that leads to it",
          "[cli][sarif]") {
    const Zones zones;
    const std::vector<json> unknown = results_with(zones.sarif(), "not_in_zone");
    REQUIRE(unknown.size() == 1);
    const json& region = place_of(unknown[0])["region"];
    CHECK(region["startLine"] == 9);
    CHECK(zones.line("main.zone", 9).substr(region["startColumn"].get<std::size_t>() - 1, 24) ==
          "include:_spf.example.net");
    // A domain that no file contains still gets a place that code scanning accepts.
    const json absent = zones.sarif("absent.example.com --zone main.zone");
    check_log(absent, true);
    CHECK(place_of(results_of(absent).at(0))["region"]["startLine"] == 1);
}

TEST_CASE("the fixes of a SARIF log of a zone file correct the file", "[cli][sarif]") {
    const Zones zones(
        "example.com. TXT ( \"v=spf1 ip:192.0.2.1 \"\n"
        "  \"include:_spf.a.example-all\" )\n"
        "_spf.a.example. TXT \"v=spf1 ip4:192.0.2.9 -all\"\n");
    std::vector<std::string> lines;
    for (std::size_t i = 1; i <= 3; ++i) lines.push_back(zones.line("main.zone", i));
    const json log = zones.sarif();
    std::size_t count = 0;
    for (const json& result : results_of(log)) {
        if (!result.contains("fixes")) continue;
        const json& change = result["fixes"][0]["artifactChanges"][0];
        CHECK(change["artifactLocation"]["uri"] == "main.zone");
        const json& region = change["replacements"][0]["deletedRegion"];
        REQUIRE(region["startLine"] == region["endLine"]);
        const std::size_t begin = region["startColumn"].get<std::size_t>() - 1;
        lines.at(region["startLine"].get<std::size_t>() - 1)
            .replace(begin, region["endColumn"].get<std::size_t>() - 1 - begin,
                     change["replacements"][0]["insertedContent"]["text"].get<std::string>());
        ++count;
    }
    CHECK(count == 2);
    zones.write("main.zone", lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n");
    const Run fixed = zones.lint("--zone main.zone");
    CHECK(fixed.status == 0);
    CHECK(first_line(fixed.out) == "2 SPF records in main.zone: 0 errors, 0 warnings, 0 hints");
}

TEST_CASE("fingerprints stay when lines move, and tell findings apart", "[cli][sarif]") {
    const auto prints = [](const json& log) {
        std::set<std::string> out;
        for (const json& each : results_of(log))
            out.insert(each["partialFingerprints"]["primaryLocationLineHash"]);
        CHECK(out.size() == results_of(log).size());
        return out;
    };
    const std::set<std::string> before = prints(Zones().sarif());
    CHECK(before.size() >= 5);
    CHECK(prints(Zones("; moved\n\n" + main_zone).sarif()) == before);
    const std::set<std::string> after =
        prints(Zones(main_zone + "other TXT \"v=spf1 mx mx ?all\"\n").sarif());
    CHECK(std::includes(after.begin(), after.end(), before.begin(), before.end()));
    CHECK(after.size() > before.size());
}

TEST_CASE("lint of a zone file examines every SPF record in it", "[cli][lint][zone]") {
    const Zones zones;
    const Run run = zones.lint("--zone main.zone");
    CHECK(run.status == 1);
    CHECK_THAT(first_line(run.out), StartsWith("6 SPF records in main.zone: "));
    for (const char* domain : {"\nexample.com: ", "\nbroken.example.com: ", "\nbad.example.com: ",
                               "\naway.example.com: ", "\ntypo.example.com: "})
        CHECK_THAT(run.out, Contains(domain));
    CHECK_THAT(run.out, Contains("[version_glued]"));
    CHECK_THAT(run.out, !Contains("_spf.example.com: "));  // nothing to say about it
    std::istringstream lines(zones.lint("--zone main.zone --json").out);
    std::vector<std::string> domains;
    for (std::string line; std::getline(lines, line);)
        domains.push_back(json::parse(line)["domain"]);
    CHECK(domains == std::vector<std::string>{"example.com", "broken.example.com",
                                              "_spf.example.com", "bad.example.com",
                                              "away.example.com", "typo.example.com"});
    zones.write("second.zone", "second.example. TXT \"v=spf1 -all\"\n");
    CHECK_THAT(zones.lint("--zone main.zone --zone second.zone").out,
               StartsWith("7 SPF records in 2 files: "));
    // A pipe can be read only once.
    CHECK_THAT(shell("bash -c '\"$SPFCHECK\" lint --zone <(echo \"a.example. TXT \\\"v=spf1 -all"
                     "\\\"\")'")
                   .out,
               StartsWith("1 SPF record in /dev/fd/"));
}

TEST_CASE("a zone file without SPF records is not passed over in silence", "[cli][lint][zone]") {
    const Zones zones("example.com. TXT \"hello\"\n");
    const Run run = zones.lint("--zone main.zone");
    CHECK(run.status == 65);
    CHECK_THAT(run.err, Contains("there is no SPF record in main.zone"));
    const Run sarif = zones.lint("--zone main.zone --sarif");
    CHECK(sarif.status == 65);
    check_log(json::parse(sarif.out), true);
    const Run evidence = zones.lint("--zone main.zone --evidence e.json");
    CHECK(evidence.status == 64);
    CHECK_THAT(evidence.err, Contains("--evidence needs a domain"));
}

TEST_CASE("--fail-on says which findings make lint fail", "[cli][lint]") {
    const auto [record, fail_on, status] = GENERATE(table<std::string, std::string, int>({
        {"v=spf1 mx -all", "error", 0},
        {"v=spf1 mx -all", "warning", 0},
        {"v=spf1 mx ?all", "warning", 0},    // a hint
        {"v=spf1 mx ptr ~all", "error", 0},  // a warning
        {"v=spf1 mx ptr ~all", "warning", 1},
        {"v=spf1 mx:foo ~all", "error", 1},
        {"v=spf1 mx:foo ~all", "warning", 1},
    }));
    CAPTURE(record, fail_on);
    for (const char* format : {"--json", "--sarif", "--color=never"})
        CHECK(spfcheck({"lint", "--record", record, "--fail-on", fail_on, format}).status ==
              status);
    const Zones zones("a.example. TXT \"v=spf1 include:elsewhere.example -all\"\n");
    CHECK(zones.lint("--zone main.zone").status == 5);
    CHECK(zones.lint("--zone main.zone --fail-on error").status == 0);
    CHECK(zones.lint("--zone main.zone --fail-on warning").status == 1);
    CHECK(spfcheck({"lint", "--record", record, "--fail-on", "hint"}).status == 64);
}

TEST_CASE("a log without zone files is SARIF, too", "[cli][sarif]") {
    check_log(json::parse(spfcheck({"lint", "--record", "v=spf1 ip:192.0.2.1 ptr", "--sarif"}).out),
              false);
    check_log(json::parse(spfcheck({"lint", "--record", "v=spf1 -all", "--sarif"}).out), false);
}

TEST_CASE("SARIF logs keep to the schema of OASIS", "[cli][sarif]") {
    const std::string schema = schema_of_oasis();
    if (schema.empty() || shell("python3 -c 'import jsonschema'").status != 0) {
        WARN(
            "SKIPPED: needs python3-jsonschema, and the schema of SARIF 2.1.0 (npm install "
            "--global @microsoft/jest-sarif, or its path in SPF_SARIF_SCHEMA)");
        return;
    }
    const Zones zones;
    std::string logs = zones.sarif().dump() + "\n";
    for (const char* record : {"v=spf1 -all", "v=spf1 ip:192.0.2.1 ptr mx mx", "hello"})
        logs += spfcheck({"lint", "--record", record, "--sarif"}).out;
    logs += spfcheck({"lint", "--zone", zone("example.zone"), "--sarif"}).out;
    logs += spfcheck({"lint", "twice.example", "--zone", zone("example.zone"), "--sarif"}).out;
    const auto judged = [&schema](const std::string& documents) {
        const TemporaryFile input(documents);
        return shell("python3 " SPF_SOURCE_DIR "/tests/cli/validate.py --draft7 '" + schema +
                     "' < " + input.path());
    };
    const Run good = judged(logs);
    CAPTURE(good.out, good.err);
    CHECK(good.status == 0);
    // The schema refuses what is wrong.
    json wrong = zones.sarif();
    wrong["runs"][0]["results"][0]["level"] = "fatal";
    CHECK(judged(wrong.dump()).status == 1);
    wrong = zones.sarif();
    wrong["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0;
    CHECK(judged(wrong.dump()).status == 1);
}
