// The schemas describe exactly what the programs print. python3-jsonschema validates the output
// (validate.py); to show that it can also refuse, each document is damaged, too, and must then be
// refused.

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::Equals;

namespace {

const std::string folder = SPF_SOURCE_DIR "/examples/spfcheck/";

/// Domains of the two example zones: every result, most problems, and invalid names.
const std::vector<std::string> domains{
    "example.com",     "mx.example.com",     "_spf.mailer.example", "softfail.example",
    "neutral.example", "nomail.example",     "norecord.example",    "moved.example",
    "broken.example",  "twice.example",      "void.example",        "toomany.example",
    "absent.example",  "absent.example.com", "slow.example",        "servfail.example",
    "partner.example", "more.example",       "strange.example",     "weak.example",
    "lax.example",     "includes.example",   "redirect.example"};

/// Data that the example zones do not have.
const std::string more =
    "more.example. 60 TXT \"v=spf1 mx:many.example -all\"\n"
    "strange.example. 60 TXT \"v=spf1 ip4:192.0.2.7 exists:%{i}.list.example a:%{l}.example "
    "-all\"\n"
    "weak.example. 60 TXT \"v=spf1 ptr mx a +all ip4:192.0.2.0/24 ip4:192.0.2.1 exp=no.example\"\n"
    "lax.example. 60 TXT \"v=spf1 ip4:10.0.0.0/8 ?ip6:2001:db8::/32 ~all\"\n"
    "includes.example. 60 TXT \"v=spf1 include:norecord.example -all\"\n"
    "redirect.example. 60 TXT \"v=spf1 redirect=norecord.example\"\n"
    "list.example. A 192.0.2.1\n"
    "_spf.google.com. TXT \"v=spf1 ip4:203.0.113.0/24 ~all\"\n"
    "mailgun.org. TXT \"v=spf1 ip4:198.51.100.0/25 ~all\"\n";

/// All zones in one file.
const TemporaryFile& all_zones() {
    std::string text = shell("cat " + zone("*.zone")).out + more;
    for (int i = 0; i < 11; ++i) {
        const std::string host = "h" + std::to_string(i) + ".example.";
        text.append("many.example. MX 10 ").append(host).append("\n");
        text.append(host).append(" A 192.0.2.1\n");
    }
    static const TemporaryFile file(text);
    return file;
}

/// Runs `spfcheck` on these zones with --json; `out` is its output.
Run ask(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--zone", all_zones().path(), "--json"});
    return spfcheck(arguments);
}

bool can_judge() {
    static const bool can = shell("python3 -c 'import jsonschema'").status == 0;
    if (can) return true;
    WARN("SKIPPED: python3-jsonschema is not installed");
    return false;
}

/// The output of validate.py.
std::string judged(const std::string& arguments, const std::string& documents) {
    const TemporaryFile input(documents);
    const Run run = shell("python3 " SPF_SOURCE_DIR "/tests/cli/validate.py " + arguments + " < " +
                          input.path());
    CAPTURE(run.err);
    CHECK(run.err.empty());
    CHECK(run.status == (run.out.empty() ? 0 : 1));
    return run.out;
}

std::string path_of(const std::string& schema) {
    return folder + "schemas/" + schema + ".schema.json";
}

/// Checks that the documents, one per line, match the schema, and do not match it when they are
/// damaged.
void hold(const std::string& schema, const std::string& documents) {
    CAPTURE(schema);
    REQUIRE_FALSE(documents.empty());
    CHECK_THAT(judged(path_of(schema), documents), Equals(""));
    CHECK_THAT(judged("--refuses " + path_of(schema), documents), Equals(""));
}

/// The values of one key of all documents.
std::set<std::string> values(const std::string& documents, const std::string& pointer) {
    std::set<std::string> out;
    std::istringstream lines(documents);
    for (std::string line; std::getline(lines, line);) {
        const nlohmann::json json = nlohmann::json::parse(line);
        const nlohmann::json::json_pointer place(pointer);
        if (json.contains(place) && json[place].is_string()) out.insert(json[place]);
    }
    return out;
}

}  // namespace

TEST_CASE("every schema is one, and says what each key is", "[cli][schema]") {
    if (!can_judge()) return;
    CHECK_THAT(
        judged("--schemas " + folder + "data/providers.schema.json " + folder + "schemas/*.json",
               ""),
        Equals(""));
}

TEST_CASE("the validator names what is wrong with a document, and where", "[cli][schema]") {
    if (!can_judge()) return;
    const std::string good = ask({"diff", "v=spf1 -all", "v=spf1 ?all"}).out;
    CHECK_THAT(judged(path_of("diff"), good), Equals(""));
    const std::string bad = good + R"({"changes": [{"network": "192.0.2.0/33", "from": "fail"}]})";
    const std::string out = judged(path_of("diff"), bad);
    CHECK_THAT(out, Contains("2: changes/0/network: '192.0.2.0/33' does not match"));
    CHECK_THAT(out, Contains("2: changes/0: 'to' is a required property"));
    CHECK_THAT(out, Contains("2: (document): 'complete' is a required property"));
}

TEST_CASE("check --json is as its schema says, whatever the result", "[cli][schema][check]") {
    if (cli_test::lacks_gmime()) return;
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) {
        for (const char* ip : {"192.0.2.10", "198.51.100.7", "2001:db8:ffff::1"}) {
            out += ask({"check", "--ip", ip, "--sender", "ann@" + domain}).out;
        }
        out += ask({"check", "--ip", "198.51.100.7", "--helo", domain, "--trace"}).out;
    }
    for (const char* sender : {"", "nobody", "a@", "a@b", "a@[192.0.2.1]", "\xff@x\xc3\xa9.example",
                               "a@b..example", "a@exa mple.com"}) {
        out += ask({"check", "--ip", "::ffff:192.0.2.1", "--sender", sender, "--trace"}).out;
    }
    const Run unreachable = spfcheck({"check", "--ip", "192.0.2.1", "--sender", "a@example.com",
                                      "--nameserver", "127.0.0.1:9", "--timeout", "2", "--json"});
    CHECK(unreachable.status == 69);
    const std::string message = SPF_SOURCE_DIR "/examples/messages/relayed.eml";
    out += ask({"check", "--message", message, "--trusted-relay", "198.51.100.25"}).out;
    out += ask({"check", "--message", message}).out;
    out += ask({"check", "--message", message, "--ip", "192.0.2.1"}).out;
    hold("check", out + unreachable.out);
    CHECK(values(out, "/received/relay") == std::set<std::string>{"198.51.100.25"});
    CHECK(values(out, "/result") == std::set<std::string>{"none", "neutral", "pass", "fail",
                                                          "softfail", "temperror", "permerror"});
    CHECK(values(out, "/problem/code").size() == 12);  // all but the deadline
    CHECK(values(out, "/explanation").size() >= 2);
}

TEST_CASE("batch --json answers as its schema says, to good lines and to bad ones",
          "[cli][schema][batch]") {
    if (!can_judge()) return;
    std::string input = "nonsense\n[1]\n{}\n{\"id\": {\"a\": [1]}, \"ip\": \"1.2.3\"}\n";
    for (const std::string& domain : domains) {
        input += R"({"id": 1.5, "ip": "192.0.2.10", "sender": "ann@)" + domain + "\"}\n";
        input += R"({"ip": "2001:db8::1", "helo": ")" + domain + "\"}\n";
    }
    const TemporaryFile file(input);
    const Run run =
        shell("$SPFCHECK batch --json --zone " + all_zones().path() + " < " + file.path());
    CHECK(run.status == 0);
    hold("batch", run.out);
}

TEST_CASE("batch takes the lines that the schema of its input allows, and no others",
          "[cli][schema][batch]") {
    if (!can_judge()) return;
    const auto [line, good] = GENERATE(table<std::string, bool>({
        {R"({"id": 1, "ip": "192.0.2.1", "sender": "a@example.com", "helo": "b.example"})", true},
        {R"({"ip": "192.0.2.1", "sender": "", "more": [1]})", true},
        {R"({"id": null, "ip": "192.0.2.1", "sender": null, "helo": "b.example"})", true},
        {R"({"id": [], "ip": "192.0.2.1", "sender": "a@example.com", "helo": null})", true},
        {R"({"id": 1, "ip": "192.0.2.1"})", false},
        {R"({"id": 1, "ip": "192.0.2.1", "sender": null})", false},
        {R"({"id": 1, "ip": null, "sender": "a@example.com"})", false},
        {R"({"id": 1, "sender": "a@example.com"})", false},
        {R"({"id": 1, "ip": 7, "sender": "a@example.com"})", false},
        {R"({"id": 1, "ip": "192.0.2.1", "sender": "a@example.com", "helo": 7})", false},
        {R"(["192.0.2.1"])", false},
    }));
    CAPTURE(line);
    const TemporaryFile file(line);
    const Run run =
        shell("$SPFCHECK batch --json --zone " + all_zones().path() + " < " + file.path());
    CHECK(nlohmann::json::parse(run.out).contains("result") == good);
    CHECK(judged(path_of("batch-input"), line).empty() == good);
}

TEST_CASE("lint --json is as its schema says, of domains and of texts", "[cli][schema][lint]") {
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) out += ask({"lint", domain}).out;
    out += ask({"lint", "localhost"}).out;
    for (const char* text : {"", "hello", "v=spf1 mx -all", "v=spf1ip4:192.0.2.1 -all",
                             "v=spf1 ip:192.0.2.1 include:_spf.mailer.example~all",
                             "v=spf1 ip4:192.0.2.0/255.255.255.0 192.0.2.1 a:192.0.2.1 +all mx",
                             "v=spf1 \xe2\x80\x93 \xff\" redirect:b.example exp=%{z}"}) {
        out += spfcheck({"lint", "--json", "--record", text}).out;
    }
    out += spfcheck({"lint", "--json", "--record", "v=spf1 a", "--record", "mx -all"}).out;
    hold("lint", out);
    CHECK(values(out, "/findings/0/severity").size() == 3);
}

TEST_CASE("the overview as JSON is as its schema says, whatever is wrong",
          "[cli][schema][overview]") {
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) out += ask({domain}).out;
    out += ask({"overview", "localhost"}).out;
    hold("overview", out);
    CHECK_FALSE(values(out, "/all/term").empty());
    CHECK_FALSE(values(out, "/problem/code").empty());
}

TEST_CASE("survey --json is as its schema says, of domains and of lines without one",
          "[cli][schema][survey]") {
    if (!can_judge()) return;
    std::string input = "no domain\n{}\n";
    for (const std::string& domain : domains) input += domain + '\n';
    const TemporaryFile file(input);
    const Run run =
        shell("$SPFCHECK survey --json --zone " + all_zones().path() + " < " + file.path());
    CHECK(run.status == 0);
    hold("survey", run.out);
}

TEST_CASE("networks --json is as its schema says, also if much is unknown",
          "[cli][schema][networks]") {
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) out += ask({"networks", domain}).out;
    out += ask({"networks", "a..example"}).out;
    hold("networks", out);
    CHECK_FALSE(values(out, "/unknown/0").empty());
    CHECK(values(out, "/domain").count("strange.example") == 1);
    // The name of the domain has the same form as in the other sub-commands.
    CHECK(values(ask({"networks", "EXAMPLE.com."}).out, "/domain") ==
          std::set<std::string>{"example.com"});
}

TEST_CASE("diff --json and flatten --check --json are as their schema says",
          "[cli][schema][diff][flatten]") {
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) out += ask({"diff", "example.com", domain}).out;
    out += ask({"diff", "v=spf1 ptr exists:%{i}.x.example -all", "v=spf1 mx ?all", "--domain",
                "example.com"})
               .out;
    out += ask({"diff", "v=spf1 -all", "v=spf1 a:servfail.example -all"}).out;
    out += ask({"flatten", "example.com", "--check", "lax.example"}).out;
    hold("diff", out);
}

TEST_CASE("flatten --json is as its schema says, flattened or not", "[cli][schema][flatten]") {
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) out += ask({"flatten", domain}).out;
    out += ask({"flatten", "example.com", "--max-length", "90"}).out;
    hold("flatten", out);
    CHECK(values(out, "/error").size() >= 2);
    CHECK_FALSE(values(out, "/records/1/name").empty());
    CHECK_FALSE(values(out, "/kept/0").empty());
}

TEST_CASE("fix --json is as its schema says, whatever has to be fixed", "[cli][schema][fix]") {
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) out += ask({"fix", domain}).out;
    out += ask({"fix", "example.com", "--flatten", "_spf.mailer.example"}).out;
    out += ask({"fix", "example.com", "--drop", "_spf.mailer.example"}).out;
    out += ask({"fix", "example.com", "--keep", "absent.example"}).out;
    hold("fix", out);
    CHECK(values(out, "/steps/0/kind").size() >= 5);
    CHECK(values(out, "/problem_code").size() >= 4);
    CHECK_FALSE(values(out, "/no_longer_pass/0").empty());
}

TEST_CASE("authorize --json is as its schema says, whatever the advice",
          "[cli][schema][authorize]") {
    if (!can_judge()) return;
    std::string out;
    for (const std::string& domain : domains) {
        out += ask({"authorize", domain, "198.51.100.7", "_spf.mailer.example"}).out;
        out += ask({"authorize", domain, "192.0.2.0/27"}).out;
    }
    for (const char* relay : {"Google Workspace", "Mailgun", "SendGrid", "Mailchimp", "Mimecast",
                              "Fastmail", "IONOS", "nowhere.example", "0.0.0.0/0"}) {
        out += ask({"authorize", "example.com", relay}).out;
        out += ask({"authorize", "slow.example", relay}).out;
    }
    out += ask({"authorize", "norecord.example", "mx.norecord.example", "--from-scratch"}).out;
    out += ask({"authorize", "EXAMPLE.com.", "192.0.2.3"}).out;
    hold("authorize", out);
    CHECK(values(out, "/advice").size() == 6);
    CHECK(values(out, "/relays/0/status").size() == 3);
    CHECK(values(out, "/proposal/kind").size() >= 2);
    CHECK_FALSE(values(out, "/alternatives/0/kind").empty());
    CHECK(values(out, "/problem").size() >= 4);
}

TEST_CASE("providers --json is as its schema says, all of them and one",
          "[cli][schema][providers]") {
    if (!can_judge()) return;
    const TemporaryFile file(
        R"({"version": 1, "providers": [{"name": "Plain", "advice": "leave_alone"}]})");
    const std::string out =
        spfcheck({"providers", "--json"}).out + spfcheck({"providers", "Mailgun", "--json"}).out +
        spfcheck({"providers", "plain", "--json", "--providers", file.path()}).out +
        spfcheck({"providers", "google", "mailjet", "--json"}).out +
        ask({"providers", "--verify"}).out;
    hold("providers", out);
}

TEST_CASE("whose --json is as its schema says, for a service, for none and without DNS",
          "[cli][schema][whose]") {
    if (!can_judge()) return;
    const Run found = ask({"whose", "203.0.113.9", "198.51.100.200", "2001:db8::1", "10.0.0.1"});
    CHECK(found.status == 1);
    const Run none = spfcheck({"whose", "192.0.2.1", "--json", "--nameserver", "127.0.0.1:1"});
    CHECK(none.status == 69);
    hold("whose", found.out + none.out);
}

TEST_CASE("diagnose --json is as its schema says, of messages, bounces and pasted words",
          "[cli][schema][diagnose]") {
    if (cli_test::lacks_gmime()) return;
    if (!can_judge()) return;
    const std::string desk = SPF_SOURCE_DIR "/tests/cli/diagnose/";
    std::string out;
    for (const char* name :
         {"own-server.eml", "forwarded.eml", "helo-wrong-message.eml", "not-aligned.eml",
          "private-address.eml", "reverse-dns.eml", "typo.eml", "two-records.eml", "pasted.txt",
          "complaint.eml", "vacation.eml", "sent.log"}) {
        out += spfcheck({"diagnose", desk + name, "--json", "--zone", desk + "desk.zone"}).out;
    }
    out += ask({"diagnose", "--ip", "198.51.100.7", "--sender", "a@example.com", "--redact"}).out;
    out += ask({"diagnose", "--to", "no address"}).out;
    hold("diagnose", out);
    CHECK(values(out, "/situation").size() >= 8);
    CHECK_FALSE(values(out, "/received/by").empty());
}

TEST_CASE("providers.json is as its schema says", "[cli][schema][providers]") {
    if (!can_judge()) return;
    const std::string text = shell("tr '\\n' ' ' < " + folder + "data/providers.json").out;
    CHECK_THAT(judged(folder + "data/providers.schema.json", text), Equals(""));
}

TEST_CASE("a file of services is refused exactly if its schema refuses it, with the path",
          "[cli][schema][providers]") {
    if (!can_judge()) return;
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"({"version": 1, "providers": []})", ""},
        {R"({"$schema": "x", "version": 1, "providers": [{"name": "x", "advice": "leave_alone"}]})",
         ""},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "add_at_domain", "trust": "weak",
            "mechanisms": ["a:b.example"], "aliases": ["y"], "note": ""}]})",
         ""},
        {"[]", "the file must be an object"},
        {R"({"providers": []})", "version "},
        {R"({"version": 2, "providers": []})", "version "},
        {R"({"version": 1})", "providers "},
        {R"({"version": 1, "providers": {}})", "providers "},
        {R"({"version": 1, "providers": [], "more": 1})", "more "},
        {R"({"version": 1, "providers": [3]})", "providers[0] "},
        {R"({"version": 1, "providers": [{"advice": "leave_alone"}]})",
         "providers[0].name is missing"},
        {R"({"version": 1, "providers": [{"name": "-", "advice": "leave_alone"}]})",
         "providers[0].name "},
        {R"({"version": 1, "providers": [{"name": "x"}]})", "providers[0].advice is missing"},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "leave_alone"},
            {"name": "x", "advice": "y"}]})",
         "providers[1].advice is \"y\", but must be one of add_at_domain, "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "add_at_domain"}]})",
         "providers[0].mechanisms "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "add_at_domain", "mechanisms": ["a:b", "mx"]}]})",
         "providers[0].mechanisms[1] is \"mx\", but must be include:"},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "add_at_domain", "mechanisms": ["include:"]}]})",
         "providers[0].mechanisms[0] "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "add_at_domain", "mechanism": ["a:b"]}]})",
         "providers[0].mechanism is not a known key"},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "add_at_subdomain", "mechanisms": ["a:b"]}]})",
         "providers[0].sub_domain "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "leave_alone", "aliases": "y"}]})",
         "providers[0].aliases "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "leave_alone", "aliases": ["y", ""]}]})",
         "providers[0].aliases[1] "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "leave_alone", "also": ["a.example", "com"]}]})",
         "providers[0].also[1] is \"com\", but must be a name of DNS"},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "leave_alone", "also": ["a..example"]}]})",
         "providers[0].also[0] "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "leave_alone", "trust": "some"}]})",
         "providers[0].trust "},
        {R"({"version": 1, "providers": [{"name": "x", "advice": "leave_alone", "note": 1}]})",
         "providers[0].note "},
    };
    std::string documents;
    for (const auto& [text, path] : cases) {
        std::string line = text;
        std::replace(line.begin(), line.end(), '\n', ' ');
        documents += line + '\n';
    }
    std::istringstream verdicts(judged(folder + "data/providers.schema.json", documents));
    std::set<std::size_t> refused;
    for (std::string verdict; std::getline(verdicts, verdict);) refused.insert(std::stoul(verdict));
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto& [text, path] = cases[i];
        CAPTURE(text);
        CHECK(refused.contains(i + 1) == !path.empty());
        const TemporaryFile file(text);
        const Run run = spfcheck({"providers", "--providers", file.path()});
        CAPTURE(run.err);
        CHECK(run.status == (path.empty() ? 0 : 65));
        if (!path.empty()) CHECK_THAT(run.err, Contains(file.path() + ": " + path));
    }
}

TEST_CASE("every sub-command with JSON has its schema", "[cli][schema]") {
    for (const char* command :
         {"check", "batch", "batch-input", "lint", "networks", "diff", "flatten", "fix",
          "authorize", "providers", "whose", "survey", "diagnose"}) {
        CHECK(std::filesystem::exists(path_of(command)));
    }
}
