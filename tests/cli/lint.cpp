// The findings of `spfcheck lint`, for people and for programs.

#include <algorithm>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

Run lint(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "lint");
    return spfcheck(arguments);
}

nlohmann::json read(const Run& run) {
    CAPTURE(run.out, run.err);
    REQUIRE(run.err.empty());
    nlohmann::json json = nlohmann::json::parse(run.out, nullptr, false);
    REQUIRE(json.is_object());
    return json;
}

}  // namespace

TEST_CASE("lint shows each mistake underlined, with what would be right", "[cli][lint]") {
    const Run run = lint({"--record", "v=spf1 ip:192.0.2.1 include:_spf.mailer.example~all"});
    CHECK(run.status == 1);
    CHECK(run.err.empty());
    CHECK_THAT(run.out, StartsWith("the record: 2 errors, 0 warnings, 0 hints\n"));
    CHECK_THAT(run.out, Contains("\nerror: the name of this term is misspelt (RFC 7208, 4.6.1) "
                                 "[misspelt_name]\n"
                                 "  v=spf1 ip:192.0.2.1 include:_spf.mailer.example~all\n"
                                 "         ^^^^^^^^^^^^\n"
                                 "  write: ip4:192.0.2.1\n"));
    CHECK_THAT(run.out, Contains("  write: include:_spf.mailer.example ~all\n"));
}

TEST_CASE("lint exits with 0 if there is no error, with 1 if there is one", "[cli][lint]") {
    const auto [record, status] = GENERATE(table<std::string, int>({
        {"v=spf1 mx -all", 0},
        {"v=spf1 mx ?all", 0},
        {"v=spf1 mx ptr ~all", 0},
        {"v=spf1 mx:foo ~all", 1},
        {"v=spf1 +all", 1},
        {"hello", 1},
        {"", 1},
    }));
    CAPTURE(record);
    CHECK(lint({"--record", record}).status == status);
}

TEST_CASE("lint --json has the keys of the contract", "[cli][lint]") {
    const std::string record = "v=spf1 mx ip4:192.0.2.0/33 ?all";
    const Run run = lint({"--record", record, "--json"});
    const nlohmann::json json = read(run);
    CHECK(run.status == 1);
    CHECK(json["errors"] == 1);
    CHECK(json["record"] == record);
    REQUIRE(json["findings"].size() == 2);
    const nlohmann::json& first = json["findings"][0];
    CHECK(first["severity"] == "error");
    CHECK(first["code"] == "prefix_length_ip4");
    CHECK(first["permerror"] == true);
    CHECK(first["domain"].is_null());
    CHECK(record.substr(first["offset"], first["length"]) == "/33");
    CHECK(first["rfc"] == "RFC 7208, 5.6");
    CHECK(first["message"].is_string());
    CHECK(first["remedy"].is_string());
    CHECK(first["correction"].is_null());
    CHECK(json["findings"][1]["severity"] == "hint");
}

TEST_CASE("lint --json holds each record once, and findings say which they are about",
          "[cli][lint]") {
    std::string record = "v=spf1";
    for (int i = 0; i < 5000; ++i) record += " foo:" + std::to_string(i);
    const Run run = lint({"--record", record, "--json"});
    const nlohmann::json json = read(run);
    CHECK(json["findings"].size() >= 200);
    CHECK(json["record"] == record);
    CHECK(json["other_records"].empty());
    CHECK(run.out.size() < 4 * record.size());
    CHECK(lint({"--record", record, "--sarif"}).out.size() < 5 * record.size());

    const TemporaryFile zone_file(
        "example.com. 3600 IN TXT \"v=spf1 include:a.example -all\"\n"
        "a.example. 3600 IN TXT \"v=spf1 foo bar ip4:1 -all\"\n");
    const nlohmann::json tree = read(lint({"example.com", "--zone", zone_file.path(), "--json"}));
    CHECK(tree["record"] == "v=spf1 include:a.example -all");
    REQUIRE(tree["other_records"].size() == 1);
    CHECK(tree["other_records"][0]["domain"] == "a.example");
    const std::string other = tree["other_records"][0]["record"];
    CHECK(other == "v=spf1 foo bar ip4:1 -all");
    std::size_t about = 0;
    for (const nlohmann::json& each : tree["findings"]) {
        if (each["other_record"].is_null()) continue;
        ++about;
        CHECK(each["other_record"] == 0);
        CHECK(other.substr(each["offset"], each["length"]) != "");
    }
    CHECK(about == 3);
}

TEST_CASE("lint says \"at least\" where not all lookups can be counted", "[cli][lint]") {
    const TemporaryFile zone_file(
        "example.com. 3600 IN TXT \"v=spf1 include:%{ir}._spf.example.com a -all\"\n"
        "example.com. 3600 IN A 192.0.2.1\n"
        "whole.example. 3600 IN TXT \"v=spf1 a:example.com -all\"\n");
    const nlohmann::json json = read(lint({"example.com", "--zone", zone_file.path(), "--json"}));
    CHECK(json["dns_lookups"].is_null());
    CHECK(json["dns_lookups_at_least"] == 2);
    CHECK(json["costs"][0]["dns_lookups"].is_null());
    CHECK(json["costs"][0]["dns_lookups_at_least"] == 1);
    CHECK(json["costs"][1]["dns_lookups"] == 1);
    CHECK_THAT(lint({"example.com", "--zone", zone_file.path()}).out,
               Contains("a check may need at least 2 DNS lookups") && Contains("is not counted") &&
                   Contains("0 warnings, 1 hint; at least 2 of 10 lookups\n"));
    const nlohmann::json whole =
        read(lint({"whole.example", "--zone", zone_file.path(), "--json"}));
    CHECK(whole["dns_lookups"] == 1);
    CHECK(whole["dns_lookups_at_least"] == 1);
    CHECK_THAT(lint({"whole.example", "--zone", zone_file.path()}).out, !Contains("at least"));
}

TEST_CASE("lint --sarif is a log of SARIF 2.1.0 whose fixes correct the record", "[cli][lint]") {
    std::string record = "v=spf1 mx ip:192.0.2.1 -all";
    const nlohmann::json json = read(lint({"--record", record, "--sarif"}));
    CHECK(json["version"] == "2.1.0");
    const nlohmann::json& run = json["runs"][0];
    CHECK(run["tool"]["driver"]["name"] == "spfcheck");
    const nlohmann::json& rules = run["tool"]["driver"]["rules"];
    REQUIRE(run["results"].size() == 1);
    const nlohmann::json& result = run["results"][0];
    CHECK(result["level"] == "error");
    CHECK(rules[result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
    const nlohmann::json& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    record.replace(change["deletedRegion"]["byteOffset"], change["deletedRegion"]["byteLength"],
                   change["insertedContent"]["text"].get<std::string>());
    CHECK(record == "v=spf1 mx ip4:192.0.2.1 -all");
}

TEST_CASE("lint offers nothing if the qualifier of all is not clear, and says what to write",
          "[cli][lint]") {
    const auto [record, correction] = GENERATE(table<std::string, std::string>({
        {"v=spf1 mx all-", ""},
        {"v=spf1 mx _all", ""},
        {"v=spf1 mx \"+all\"", ""},
        {"v=spf1 mx -al", "-all"},
        {"v=spf1 mx ~all]", "~all"},
        {"v=spf1 mx - all", "-all"},
    }));
    CAPTURE(record);
    const nlohmann::json json = read(lint({"--record", record, "--json"}));
    const nlohmann::json& finding = json["findings"][0];
    CHECK(finding["permerror"] == true);
    CHECK(finding["correction"] ==
          (correction.empty() ? nlohmann::json() : nlohmann::json(correction)));
    const Run run = lint({"--record", record});
    const std::string written =
        correction.empty() ? "write -all or ~all" : "  write: " + correction + "\n";
    CHECK_THAT(run.out, Contains(written));
    CHECK((run.out.find("write: ") == std::string::npos) == correction.empty());
    const nlohmann::json sarif = read(lint({"--record", record, "--sarif"}));
    CHECK(sarif["runs"][0]["results"][0].contains("fixes") == !correction.empty());
}

TEST_CASE("the fixes of a SARIF log can all be made together", "[cli][lint]") {
    std::string record = "v=spf1include:_spf.a.exampleinclude:b.example ip:192.0.2.1:25 ~all]";
    const nlohmann::json json = read(lint({"--record", record, "--sarif"}));
    const nlohmann::json& results = json["runs"][0]["results"];
    std::size_t end = std::string::npos;
    for (auto each = results.rbegin(); each != results.rend(); ++each) {
        if (!each->contains("fixes")) continue;
        const nlohmann::json& change = (*each)["fixes"][0]["artifactChanges"][0]["replacements"][0];
        const std::size_t begin = change["deletedRegion"]["byteOffset"];
        const std::size_t length = change["deletedRegion"]["byteLength"];
        CHECK(begin < end);
        CHECK(begin + length <= end);
        end = begin;
        record.replace(begin, length, change["insertedContent"]["text"].get<std::string>());
    }
    CHECK(record == "v=spf1 include:_spf.a.example include:b.example ip4:192.0.2.1 ~all");
}

TEST_CASE("lint finds nothing in a clean domain, and reports its lookups as a fact",
          "[cli][lint]") {
    const Run run = lint({"example.com", "--zone", zone("example.zone")});
    CHECK(run.status == 0);
    CHECK(run.out ==
          "example.com: 0 errors, 0 warnings, 0 hints; 2 of 10 lookups\n"
          "\n"
          "  v=spf1 mx ip4:192.0.2.0/28 include:_spf.mailer.example -all\n"
          "  exp=explain.example.com\n");
    const nlohmann::json json =
        read(lint({"example.com", "--zone", zone("example.zone"), "--json"}));
    CHECK(json["findings"].empty());
    CHECK(json["dns_lookups"] == 2);
    // The lookups of a record that has no meaning are not counted.
    CHECK_THAT(lint({"broken.example", "--zone", zone("example.zone")}).out, !Contains("of 10"));
}

TEST_CASE("lint of a domain examines all that it includes", "[cli][lint]") {
    const auto [domain, status, code] = GENERATE(table<std::string, int, std::string>({
        {"toomany.example", 1, "too_many_lookups"},
        {"void.example", 1, "void_lookup"},
        {"broken.example", 1, "prefix_length_ip4"},
        {"twice.example", 1, "several_records"},
        {"norecord.example", 1, "no_record"},
        {"absent.example.com", 1, "no_such_domain"},
        {"absent.example", 5, "not_in_zone"},
        {"localhost", 1, "malformed_domain"},
    }));
    CAPTURE(domain);
    const Run run = lint({domain, "--zone", zone("example.zone")});
    CHECK(run.status == status);
    CHECK(run.err.empty());
    CHECK_THAT(run.out, StartsWith(domain + ": ") && Contains('[' + code + ']'));
    const nlohmann::json json = read(lint({domain, "--zone", zone("example.zone"), "--json"}));
    CHECK(json["domain"] == domain);
    CHECK(json["findings"].is_array());
    CHECK(json["findings"][0]["domain"] == domain);
    const nlohmann::json sarif = read(lint({domain, "--zone", zone("example.zone"), "--sarif"}));
    CHECK(sarif["runs"][0]["results"].size() == json["findings"].size());
}

TEST_CASE("lint exits with 65 and 69 as check does", "[cli][lint]") {
    CHECK(lint({"example.com", "--zone", "/nonexistent/zone"}).status == 65);
    const Run run = lint({"example.com", "--nameserver", "127.0.0.1:9", "--timeout", "2"});
    CHECK(run.status == 69);
    CHECK_THAT(run.err, Contains("no name server can be reached"));
}

TEST_CASE("the strings of a record may be given one by one", "[cli][lint]") {
    const Run run = lint({"--record", "v=spf1 include:a.example", "--record", "mx -all"});
    CHECK(run.status == 0);
    const Run fused =
        lint({"--record", "v=spf1 include:a.example", "--record", "include:b.example -all"});
    CHECK(fused.status == 1);
    CHECK_THAT(fused.out, Contains("[missing_space_at_cut]") && Contains("write: a space here"));
}

TEST_CASE("lint keeps within 80 columns and prints nothing that steers a terminal", "[cli][lint]") {
    const std::string record = GENERATE(
        as<std::string>{}, "v=spf1 \033[31mmx\xc2\xa0 a\x07 ~all\"",
        "v=spf1 " + std::string(300, 'x') + " include:" + std::string(400, 'y') + " ip4:1 -all");
    std::istringstream lines(lint({"--record", record}).out);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(line.size() <= 80);
        CHECK(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; }));
    }
}

TEST_CASE("wrong usage of lint exits with 64", "[cli][lint]") {
    const auto [arguments, message] = GENERATE(table<std::vector<std::string>, std::string>({
        {std::vector<std::string>{}, "missing"},
        {{"--record", "v=spf1 -all", "--json", "--sarif"}, "--json and --sarif"},
        {{"--frob"}, "--frob"},
        {{"a.example", "b.example", "--record", "v=spf1 -all"}, "--record is for one domain"},
    }));
    const Run run = lint(arguments);
    CHECK(run.status == 64);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Contains(message) && Contains("Try \"spfcheck lint --help\""));
}

TEST_CASE("the examples in the help of lint work", "[cli][lint][help]") {
    std::istringstream lines(lint({"--help"}).out);
    int count = 0;
    for (std::string line; std::getline(lines, line);) {
        CHECK(line.size() <= 82);
        if (!line.starts_with("  spfcheck ")) continue;
        const bool asks = line.find("--") == std::string::npos;
        const Run run = shell("cd " SPF_SOURCE_DIR "/examples/zones && \"$SPFCHECK\"" +
                              line.substr(10) + (asks ? " --zone example.zone" : ""));
        CAPTURE(line, run.err);
        CHECK(run.status <= 1);
        ++count;
    }
    CHECK(count >= 5);
}

TEST_CASE("the documentation of lint lists all codes as the program does", "[cli][lint]") {
    std::ostringstream text;
    text << std::ifstream(SPF_SOURCE_DIR "/examples/spfcheck/lint/lint.md").rdbuf();
    const Run run = lint({"--list-codes"});
    CHECK(run.status == 0);
    CHECK_THAT(text.str(), Contains("```\n" + run.out + "```\n"));
}

TEST_CASE("lint concludes nothing from names that no zone file holds", "[cli][lint][zone]") {
    const TemporaryFile own(
        "example.com. TXT \"v=spf1 include:_spf.example.net a:www.example.net mx:gone.example.com "
        "-all\"\n"
        "broken.example. TXT \"v=spf1 include:_spf.example.net ipv4:192.0.2.1 -all\"\n"
        "whole.example. TXT \"v=spf1 include:gone.example.com -all\"\n");
    const Run run = lint({"example.com", "--zone", own.path()});
    CHECK(run.status == 5);
    CHECK_THAT(run.out, Contains("_spf.example.net is not in") && Contains("[not_in_zone]"));
    CHECK_THAT(run.out, !Contains("include_without_record") && !Contains("dns_failure"));
    const auto json = read(lint({"example.com", "--zone", own.path(), "--json"}));
    std::vector<std::string> codes;
    for (const auto& finding : json["findings"]) {
        codes.push_back(finding["code"]);
        if (finding["code"] == "not_in_zone")
            CHECK_THAT(finding["message"].get<std::string>(), Contains("no name server was asked"));
    }
    CHECK(std::count(codes.begin(), codes.end(), "not_in_zone") == 2);
    CHECK(std::count(codes.begin(), codes.end(), "void_lookup") == 1);
    CHECK(std::count(codes.begin(), codes.end(), "include_without_record") == 0);
    CHECK(lint({"broken.example", "--zone", own.path()}).status == 1);
    const Run whole = lint({"whole.example", "--zone", own.path()});
    CHECK(whole.status == 1);
    CHECK_THAT(whole.out, Contains("include_without_record") && !Contains("not_in_zone"));
}
