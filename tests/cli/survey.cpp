// `spfcheck survey`, a filter of domains: what it says of each, and how it goes on after an
// interruption.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;
using nlohmann::json;
using spf::test::TemporaryFolder;

namespace {

const std::string survey = "$SPFCHECK survey --zone " + zone("example.zone");

const std::vector<std::string> domains{
    "example.com",    "softfail.example", "neutral.example",  "moved.example",
    "nomail.example", "broken.example",   "norecord.example", "twice.example",
    "void.example",   "toomany.example",  "missing.example",  "_spf.mailer.example"};

/// Lines with all domains, again and again.
std::string many_lines(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += domains[i % domains.size()] + '\n';
    return out;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
}

/// The output lines by the number of their input line. Fails if a number occurs twice.
std::map<std::uint64_t, json> answers(const std::string& out) {
    std::map<std::uint64_t, json> found;
    for (const std::string& line : lines_of(out)) {
        const json parsed = json::parse(line);
        CHECK(found.emplace(parsed["line"], parsed).second);
    }
    return found;
}

std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::vector<std::string> sorted(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace

TEST_CASE("a survey says of each domain what lint and the overview say", "[cli][survey]") {
    const TemporaryFile input(many_lines(domains.size()));
    const Run run = shell(survey + " < " + input.path());
    CHECK(run.status == 0);
    auto found = answers(run.out);
    REQUIRE(found.size() == domains.size());
    for (std::size_t i = 0; i < domains.size(); ++i) {
        const json& answer = found[i + 1];
        CAPTURE(domains[i], answer.dump());
        const std::string options = domains[i] + " --json --zone " + zone("example.zone");
        const json lint = json::parse(shell("$SPFCHECK lint " + options).out);
        const json overview = json::parse(shell("$SPFCHECK overview " + options).out);
        for (const char* key : {"domain", "record", "errors", "warnings", "hints", "dns_lookups",
                                "dns_lookups_at_least"}) {
            CHECK(answer[key] == lint[key]);
        }
        std::vector<std::string> codes;
        for (const char* severity : {"error", "warning", "hint"}) {
            for (const json& each : lint["findings"]) {
                if (each["severity"] == severity) codes.push_back(each["code"]);
            }
        }
        CHECK(answer["findings"] == codes);
        for (const char* key : {"void_lookups", "complete", "problem"})
            CHECK(answer[key] == overview[key]);
        CHECK(answer["ip4_addresses"] == overview["addresses"]["ip4"]);
        CHECK(answer["ip6_addresses"] == overview["addresses"]["ip6"]);
        CHECK(answer["result"] == overview["all"]["result"]);
        CHECK(answer["all"] == overview["all"]["term"]);
    }
}

TEST_CASE("a survey names the services of a record, each once", "[cli][survey]") {
    const TemporaryFile more(
        "many.test. TXT \"v=spf1 include:_spf.google.com include:spf.protection.outlook.com "
        "include:_netblocks.google.com -all\"\n"
        "$STATUS google.com servfail\n$STATUS outlook.com servfail\n");
    const Run run = shell("echo many.test | $SPFCHECK survey --zone " + more.path());
    CHECK_THAT(run.out, Contains(R"("services":["Google Workspace","Microsoft 365"])"));
    CHECK_THAT(run.err, Contains("services: Google Workspace 1, Microsoft 365 1"));
}

TEST_CASE("a survey finds the domains in lines, tables and JSON", "[cli][survey][csv]") {
    const auto [text, options] = GENERATE(table<std::string, std::string>({
        {"example.com\nann@SOFTFAIL.example.\nhttps://broken.example/x\r\n", ""},
        {"\n \nexample.com\n\nsoftfail.example\n  broken.example", ""},
        {"\xef\xbb\xbfRank,Domain\n1,example.com\n2,\"softfail.example\"\n3, broken.example \n",
         " --column domain"},
        {"a;b;host\n;;example.com\n;\"x\"\"y;\";softfail.example;more\n;;broken.example\n",
         " --column host"},
        {"1\texample.com\n2\tsoftfail.example\n3\tbroken.example\n", " --column 2"},
        {R"({"domain": "example.com"})"
         "\n"
         R"({"more": [1], "domain": "softfail.example"})"
         "\nbroken.example\n",
         ""},
        {R"({"host": "example.com", "domain": 7})"
         "\n"
         R"({"host": "softfail.example"})"
         "\n"
         R"({"host": "broken.example"})",
         " --column host"},
    }));
    CAPTURE(text, options);
    const TemporaryFile input(text);
    for (const std::string& from : {" < " + input.path(), " " + input.path()}) {
        const Run run = shell(survey + options + from);
        CAPTURE(run.err);
        CHECK(run.status == 0);
        std::vector<std::string> found;
        for (const auto& [line, answer] : answers(run.out)) {
            CHECK_FALSE(answer.contains("error"));
            found.push_back(answer.value("domain", ""));
        }
        CHECK(found ==
              std::vector<std::string>{"example.com", "softfail.example", "broken.example"});
    }
}

TEST_CASE("a line without a domain is an error with its number, and the run goes on",
          "[cli][survey]") {
    const auto [line, message] = GENERATE(table<std::string, std::string>({
        {"no domain", "not a domain name"},
        {"192.0.2.1", "address"},
        {"v=spf1 -all", "record"},
        {"1,example.com", "--column"},
        {R"({"name": "example.com"})", "\\\"domain\\\""},
        {R"({"domain": 1})", "\\\"domain\\\""},
        {R"({"domain": "example.com")", "JSON object"},
        {std::string(70'000, 'x'), "65536"},
    }));
    const TemporaryFile input(line + "\nexample.com\n");
    const Run run = shell(survey + " --first-line 7 < " + input.path());
    CHECK(run.status == 0);
    auto found = answers(run.out);
    REQUIRE(found.size() == 2);
    CHECK(found[8]["domain"] == "example.com");
    CHECK_THAT(found[7]["error"].dump(), Contains(message));
    CHECK_THAT(run.err, Contains("1 line has no domain"));

    const TemporaryFile alone(line);
    const Run none = shell(survey + " < " + alone.path());
    CHECK(none.status == 65);
    CHECK_THAT(none.err, Contains("survey --help"));
}

TEST_CASE("a survey that cannot begin says why", "[cli][survey]") {
    const auto [arguments, status, message] = GENERATE(table<std::string, int, std::string>({
        {"/no/such/file", 65, "/no/such/file"},
        {"/", 65, "cannot be read"},
        {"table --column domain", 65, "no column \"domain\": a,b"},
        {"table --resume other", 65, "line 1 of"},
        {"table --resume /no/such/file", 65, "cannot be written"},
        {"table --csv --json", 64, "exclude"},
        {"table --zone /no/such/file", 65, "/no/such/file"},
    }));
    CAPTURE(arguments);
    const TemporaryFolder folder;
    folder.write("table", "a,b\n1,example.com\n");
    folder.write("other", "hello\n");
    const Run run = shell("cd " + folder.path().string() + " && " + survey + ' ' + arguments);
    CHECK(run.status == status);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, StartsWith("spfcheck: ") && Contains(message));
    CHECK(content(folder.path() / "other") == "hello\n");
}

TEST_CASE("an empty survey is not a mistake", "[cli][survey]") {
    const Run run = shell(survey + " < /dev/null");
    CHECK(run.status == 0);
    CHECK(run.out.empty());
}

TEST_CASE("the table of a survey has a line for each domain, as many columns as names",
          "[cli][survey][csv]") {
    const TemporaryFile more("odd.test. TXT \"v=spf1 a:\\\"x;y\\010\\\", -all\"\n");
    const TemporaryFile input(many_lines(domains.size()) + "odd.test\nno domain\n");
    const Run run = shell(survey + " --csv --zone " + more.path() + " < " + input.path());
    CHECK(run.status == 0);
    const TemporaryFile out(run.out);
    const Run read = shell(
        "python3 -c 'import csv, json, sys\n"
        "for row in csv.DictReader(open(sys.argv[1], newline=\"\")): print(json.dumps(row))' " +
        out.path());
    auto found = answers(shell(survey + " --zone " + more.path() + " < " + input.path()).out);
    const std::vector<std::string> rows = lines_of(read.out);
    REQUIRE(rows.size() == found.size());
    for (const std::string& text : rows) {
        const json row = json::parse(text);
        CAPTURE(text);
        const json& answer = found[std::stoull(row["line"].get<std::string>())];
        CHECK(row.size() == 18);
        for (const char* key : {"domain", "result", "all", "error"})
            CHECK(row[key] == (answer.value(key, json()).is_string() ? answer[key] : json("")));
        if (answer.contains("error")) continue;
        CHECK(row["ip4_addresses"] == answer["ip4_addresses"].dump());
        std::string codes;
        for (const std::string each : answer["findings"])
            codes += (codes.empty() ? "" : " ") + each;
        CHECK(row["findings"] == codes);
    }
}

TEST_CASE("a survey goes on where its output ends, with half a line or without",
          "[cli][survey][resume]") {
    const auto [format, kept, half] = GENERATE(table<std::string, std::size_t, std::string>({
        {"", 0, ""},
        {"", 0, "{\"line\":1,\"dom"},
        {"", 150, ""},
        {"", 210, "{\"line\":9"},
        {"", 300, ""},
        {" --csv", 0, "line,dom"},
        {" --csv", 0, ""},
        {" --csv", 1, "1,example"},
        {" --csv", 120, "4"},
        {" --csv", 301, ""},
    }));
    CAPTURE(format, kept, half);
    const TemporaryFolder folder;
    const std::string input = (folder.path() / "input").string();
    const std::string output = (folder.path() / "output").string();
    folder.write("input", many_lines(299) + "no domain\n");
    const std::string command = survey + format + " " + input;
    const std::vector<std::string> whole = lines_of(shell(command).out);
    const std::size_t all = format.empty() ? 300 : 301;
    REQUIRE(whole.size() == all);

    std::string begun;
    // Every third line of the first half is missing, as if its answers had come late.
    for (std::size_t i = 0; i < kept; ++i) {
        if (i % 3 != 2 || i > kept / 2) begun += whole[i] + '\n';
    }
    folder.write("output", begun + half);
    for (int again = 0; again < 2; ++again) {
        const Run run = shell(command + " --resume " + output + " --jobs 2");
        CAPTURE(run.err);
        CHECK(run.status == 0);
        CHECK(run.out.empty());
        CHECK(sorted(lines_of(content(output))) == sorted(whole));
        CHECK_THAT(content(output), StartsWith(begun));
    }
}

TEST_CASE("a survey does not go on with the output for another input", "[cli][survey][resume]") {
    const TemporaryFolder folder;
    const std::string output = (folder.path() / "output").string();
    folder.write("input", many_lines(20));
    const std::string command = survey + " --resume " + output + " ";
    REQUIRE(shell(command + (folder.path() / "input").string()).status == 0);
    const std::string before = content(output);
    const auto other =
        GENERATE(as<std::string>{}, "a.example\n", "first.example\nsecond.example\n");
    folder.write("input", other + many_lines(30));
    const Run run = shell(command + (folder.path() / "input").string());
    CHECK(run.status == 65);
    CHECK_THAT(run.err, Contains("another input: the lines 1 to 20"));
    CHECK(content(output) == before);

    folder.write("input", many_lines(19));
    CHECK(shell(command + (folder.path() / "input").string()).status == 65);
}

TEST_CASE("only one survey at a time writes a file", "[cli][survey][resume]") {
    const TemporaryFolder folder;
    const std::string output = (folder.path() / "output").string();
    const Run run =
        shell("(sleep 2 | " + survey + " --resume " + output + ") & sleep 1; " + survey +
              " --resume " + output + " < /dev/null; status=$?; wait; exit " + "$status");
    CHECK(run.status == 65);
    CHECK_THAT(run.err, Contains("another survey is writing"));
}

TEST_CASE("an interrupted survey has written whole lines, and says how to go on",
          "[cli][survey][resume]") {
    const TemporaryFolder folder;
    const std::string output = (folder.path() / "output").string();
    const Run run = shell("yes example.com | timeout -s TERM 1 " + survey + " --resume " + output);
    CHECK(run.status == 124);  // the status of timeout, which sent the signal
    CHECK_THAT(run.err, Contains("interrupted; ") && Contains("the same command goes on"));
    const std::string text = content(output);
    REQUIRE(text.ends_with('\n'));
    auto found = answers(text);
    CHECK(found.size() == found.rbegin()->first);
}

TEST_CASE("a survey killed again and again loses nothing and doubles nothing",
          "[cli][survey][resume]") {
    const TemporaryFolder folder;
    const std::string output = (folder.path() / "output").string();
    const std::string input = (folder.path() / "input").string();
    folder.write("input", many_lines(1200));
    const std::string command = survey + " " + input + " --resume " + output;
    int kills = 0;
    for (; kills < 8; ++kills) {
        const Run run = shell("timeout -s KILL 0.4 " + command + "; exit $?");
        if (run.status == 0) break;
    }
    CHECK(shell(command).status == 0);
    CHECK(sorted(lines_of(content(output))) == sorted(lines_of(shell(survey + " " + input).out)));
}

TEST_CASE("a reader of a survey that goes away ends it without complaint", "[cli][survey]") {
    const Run run = shell("yes example.com | " + survey + " | head -n 3 | wc -l");
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("3"));
    CHECK_THAT(run.err, !Contains("spfcheck:"));
}

TEST_CASE("a survey whose name servers cannot be reached says so", "[cli][survey]") {
    const Run run = shell("echo example.com | $SPFCHECK survey --nameserver 127.0.0.1:1");
    CHECK(run.status == 69);
    CHECK_THAT(run.err, Contains("--nameserver"));
    CHECK_THAT(run.out, Contains("\"result\":\"temperror\""));
}
