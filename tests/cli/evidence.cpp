// --evidence keeps what a result follows from, and spfcheck verify evaluates it again.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/temporary_folder.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

/// Evidence files in a folder of their own.
class Evidence {
public:
    /// Runs a command on the example zone and keeps its evidence.
    const std::string& of(std::vector<std::string> arguments) {
        path_ = (folder_.path() / ("e" + std::to_string(++count_) + ".json")).string();
        arguments.insert(arguments.end(), {"--zone", zone("example.zone"), "--evidence", path_});
        run_ = spfcheck(arguments);
        CAPTURE(run_.err);
        CHECK(run_.err == "spfcheck: evidence with " + std::to_string(json()["answers"].size()) +
                              (json()["answers"].size() == 1 ? " answer" : " answers") + " is in " +
                              path_ + "; see: spfcheck verify " + path_ + "\n");
        return path_;
    }
    [[nodiscard]] const Run& run() const { return run_; }
    [[nodiscard]] std::string text() const {
        std::ostringstream out;
        out << std::ifstream(path_).rdbuf();
        return out.str();
    }
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(text()); }
    void replace(const std::string& from, const std::string& to) const {
        std::string all = text();
        const std::size_t at = all.find(from);
        REQUIRE(at != std::string::npos);
        std::ofstream(path_) << all.replace(at, from.size(), to);
    }
    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_.path() / name).string();
    }

private:
    spf::test::TemporaryFolder folder_;
    int count_ = 0;
    std::string path_;
    Run run_;
};

const std::vector<std::vector<std::string>> commands{
    {"check", "--ip", "192.0.2.10", "--sender", "alice@example.com"},
    {"check", "--ip", "198.51.100.7", "--sender", "alice@example.com", "--trace"},
    {"check", "--ip", "192.0.2.10", "--sender", "a@broken.example"},
    {"check", "--ip", "192.0.2.10", "--sender", "a@absent.test", "--json"},
    {"lint", "example.com"},
    {"lint", "twice.example"},
    {"networks", "example.com"},
    {"diff", "example.com", "softfail.example"},
    {"flatten", "example.com"},
    {"authorize", "example.com", "relay.example"},
    {"authorize", "example.com", "198.51.100.9", "--apply"}};

}  // namespace

TEST_CASE("Evidence of each command gives the same result again, without DNS", "[cli][evidence]") {
    Evidence evidence;
    for (const auto& command : commands) {
        CAPTURE(command);
        const std::string& path = evidence.of(command);
        const Run again = spfcheck({"verify", path});
        CHECK(again.status == 0);
        CHECK(again.err.empty());
        const std::size_t count = evidence.json()["answers"].size();
        CHECK(first_line(again.out) == "the same: the result in " + path + " follows from its " +
                                           std::to_string(count) +
                                           (count == 1 ? " answer" : " answers"));
    }
}

TEST_CASE("Keeping evidence changes neither the output nor the exit status", "[cli][evidence]") {
    Evidence evidence;
    for (auto command : commands) {
        CAPTURE(command);
        evidence.of(command);
        command.insert(command.end(), {"--zone", zone("example.zone")});
        const Run plain = spfcheck(command);
        CHECK(evidence.run().out == plain.out);
        CHECK(evidence.run().status == plain.status);
        CHECK(evidence.json()["exit_status"] == plain.status);
    }
}

TEST_CASE("An answer that was altered gives another result", "[cli][evidence]") {
    Evidence evidence;
    evidence.of({"check", "--ip", "192.0.2.10", "--sender", "a@neutral.example"});
    evidence.replace("ip4:192.0.2.0/28", "ip4:192.0.3.0/28");
    const Run again = spfcheck({"verify", evidence.path("e1.json")});
    CHECK(again.status == 1);
    CHECK_THAT(again.out, Contains("different: another result follows from the 1 answer in "));
    CHECK_THAT(again.out, Contains("  /result: was pass, is neutral\n"));
}

TEST_CASE("A result that was altered is noticed", "[cli][evidence]") {
    Evidence evidence;
    evidence.of({"check", "--ip", "198.51.100.7", "--sender", "alice@example.com"});
    evidence.replace("\"result\": \"fail\"", "\"result\": \"pass\"");
    const Run again = spfcheck({"verify", evidence.path("e1.json"), "--json"});
    CHECK(again.status == 1);
    const auto json = nlohmann::json::parse(again.out);
    CHECK(json["same"] == false);
    CHECK(json["changes"] ==
          nlohmann::json::array({{{"path", "/result"}, {"was", "pass"}, {"is", "fail"}}}));
    CHECK(json["result"]["result"] == "fail");
}

TEST_CASE("A question without answer in the evidence is reported", "[cli][evidence]") {
    Evidence evidence;
    evidence.of({"check", "--ip", "192.0.2.33", "--sender", "alice@example.com"});
    auto json = evidence.json();
    json["answers"].erase(json["answers"].size() - 1);
    std::ofstream(evidence.path("e1.json")) << json;
    const Run again = spfcheck({"verify", evidence.path("e1.json")});
    CHECK(again.status == 1);
    CHECK_THAT(again.out, Contains("  1 question has no answer in the file\n"));
}

TEST_CASE("A result that needs an answer beyond the evidence is not proved by it",
          "[cli][evidence]") {
    Evidence evidence;
    evidence.of({"lint", "norecord.example"});
    auto json = evidence.json();
    for (std::size_t i = 0; i < json["answers"].size(); ++i) {
        if (json["answers"][i]["type"] == "SPF") json["answers"].erase(i);
    }
    std::ofstream(evidence.path("e1.json")) << json;
    const Run again = spfcheck({"verify", evidence.path("e1.json")});
    CHECK(again.status == 1);
    CHECK_THAT(again.out, Catch::StartsWith("incomplete: the same came out again, but not from the "
                                            "2 answers in "));
    const Run as_json = spfcheck({"verify", evidence.path("e1.json"), "--json"});
    CHECK(as_json.status == 1);
    CHECK(nlohmann::json::parse(as_json.out)["same"] == false);
}

TEST_CASE("Octets that are not UTF-8 are kept", "[cli][evidence]") {
    Evidence evidence;
    const TemporaryFile latin1(
        "caf\xe9.example. TXT \"v=spf1 -all\" \n"
        "e.example. TXT \"v=spf1 exp=why.example -all\"\n"
        "why.example. TXT \"caf\xe9 closed\"\n");
    const std::string path = evidence.path("latin1.json");
    const Run run = spfcheck({"check", "--ip", "192.0.2.1", "--sender", "a@e.example", "--zone",
                              latin1.path(), "--evidence", path});
    CHECK(run.status == 1);
    CHECK(spfcheck({"verify", path}).status == 0);
}

TEST_CASE("The message of a check is kept with its evidence", "[cli][evidence]") {
    if (lacks_gmime()) return;
    Evidence evidence;
    const std::string message = evidence.path("m.eml");
    std::filesystem::copy_file(SPF_SOURCE_DIR "/examples/messages/relayed.eml", message);
    evidence.of({"check", "--message", message, "--trusted-relay", "198.51.100.25"});
    std::filesystem::remove(message);
    CHECK(spfcheck({"verify", evidence.path("e1.json")}).status == 0);
}

TEST_CASE("Evidence is never overwritten", "[cli][evidence]") {
    Evidence evidence;
    const std::string path = evidence.of({"lint", "example.com"});
    const Run again =
        spfcheck({"lint", "example.com", "--zone", zone("example.zone"), "--evidence", path});
    CHECK(again.status == 65);
    CHECK(again.err == "spfcheck: evidence cannot be written to " + path + ": File exists\n");
}

TEST_CASE("A file that is no evidence is an error that says so", "[cli][evidence]") {
    CHECK(spfcheck({"verify", "/nowhere"}).err ==
          "spfcheck: evidence /nowhere cannot be used: No such file or directory\n");
    const TemporaryFile no_json("hello");
    CHECK(spfcheck({"verify", no_json.path()}).err ==
          "spfcheck: evidence " + no_json.path() + " cannot be used: it is not JSON\n");
    const TemporaryFile other("{\"format\": \"x\"}");
    const Run run = spfcheck({"verify", other.path()});
    CHECK(run.status == 65);
    CHECK_THAT(run.err, Contains("is not an evidence file"));
    Evidence evidence;
    evidence.of({"lint", "example.com"});
    evidence.replace("\"status\": \"ok\"", "\"status\": \"fine\"");
    CHECK_THAT(spfcheck({"verify", evidence.path("e1.json")}).err,
               Contains("it is damaged: an answer has an unknown status"));
}

TEST_CASE("Evidence and its verification are as their schemas say", "[cli][schema][evidence]") {
    if (shell("python3 -c 'import jsonschema'").status != 0) {
        WARN("SKIPPED: python3-jsonschema is not installed");
        return;
    }
    Evidence evidence;
    const std::string validate = "python3 " SPF_SOURCE_DIR "/tests/cli/validate.py " SPF_SOURCE_DIR
                                 "/examples/spfcheck/schemas/";
    std::string kept;
    std::string verified;
    for (const auto& command : commands) {
        const std::string& path = evidence.of(command);
        kept += evidence.json().dump() + "\n";
        verified += spfcheck({"verify", path, "--json"}).out;
    }
    const TemporaryFile kept_file(kept);
    const TemporaryFile verified_file(verified);
    const Run first = shell(validate + "evidence.schema.json < " + kept_file.path());
    CHECK(first.out + first.err == "");
    const Run second = shell(validate + "verify.schema.json < " + verified_file.path());
    CHECK(second.out + second.err == "");
}

TEST_CASE("A supposed record is not kept as an answer of DNS, but supposed again",
          "[cli][evidence][with]") {
    Evidence evidence;
    const std::string record = "v=spf1 ip4:198.51.100.7 a:mx.example.com -all";
    const std::string path =
        evidence.of({"check", "--ip", "192.0.2.33", "--sender", "a@example.com", "--with",
                     "example.com TXT " + record, "--with", "other.example A 192.0.2.1"});
    CHECK(evidence.run().status == 0);
    CHECK_THAT(evidence.json()["answers"].dump(), !Contains("v=spf1"));
    CHECK(evidence.json()["answers"].size() == 1);
    CHECK(spfcheck({"verify", path}).status == 0);
}

TEST_CASE("A supposed record replaces those of DNS", "[cli][with]") {
    const auto check = [](const std::vector<std::string>& with) {
        std::vector<std::string> arguments{"--ip", "198.51.100.7", "--sender", "alice@example.com"};
        for (const std::string& each : with) arguments.insert(arguments.end(), {"--with", each});
        return cli_test::check(arguments).status;
    };
    CHECK(check({}) == 1);
    CHECK(check({"example.com TXT v=spf1 ip4:198.51.100.0/24 -all"}) == 0);
    CHECK(check({"example.com. txt \"v=spf1 ip4:198.51.100.0/24\" \" -all\""}) == 0);
    CHECK(check({"_spf.mailer.example TXT v=spf1 ip4:198.51.100.7 -all"}) == 0);
    CHECK(check({"mx.example.com A 198.51.100.7"}) == 0);
    CHECK(check({"example.com MX 5 relay.example."}) == 0);
    CHECK(check({"example.com TXT v=spf1 a:new.example -all", "new.example A 192.0.2.1",
                 "new.example A 198.51.100.7"}) == 0);
    CHECK(check({"example.com TXT v=spf1 " + std::string(300, ' ') + "ip4:198.51.100.7 -all"}) ==
          0);
}

TEST_CASE("A supposed record that is malformed says what to write", "[cli][with]") {
    for (const char* wrong : {"", "example.com", "example.com TXT", "example.com A x", "a..b TXT x",
                              "example.com TXT \"v=spf1"}) {
        const Run run = spfcheck({"lint", "example.com", "--with", wrong});
        CAPTURE(wrong, run.err);
        CHECK(run.status == 64);
        CHECK_THAT(run.err, Contains("is not a record: "));
        CHECK_THAT(run.err, Contains("write NAME TYPE DATA"));
    }
}
