// `spfcheck DOMAIN`: a domain on one screen of 80 columns and 24 lines.

#include <algorithm>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.push_back(line);
    return out;
}

/// The screen of a domain. No line may be wider than a terminal.
Run overview(const std::string& domain, const std::string& zone_file,
             const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{domain, "--zone", zone_file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Run run = spfcheck(arguments);
    for (const std::string& line : lines_of(run.out)) {
        CAPTURE(line);
        CHECK(line.size() <= 80);
    }
    return run;
}

/// The commands in a screen, with their continuation lines, as a person would copy them.
std::vector<std::string> commands_in(const std::string& out) {
    std::vector<std::string> found;
    bool is_continued = false;
    for (const std::string& line : lines_of(out)) {
        const std::size_t begin = line.find("spfcheck ");
        if (is_continued) {
            found.back() += '\n' + line;
        } else if (begin != std::string::npos) {
            found.push_back(line.substr(begin));
        } else {
            continue;
        }
        is_continued = line.ends_with('\\');
    }
    return found;
}

/// Runs each command of a screen. None may be wrong usage, and each must print something.
std::size_t run_commands(const std::string& out) {
    const std::vector<std::string> commands = commands_in(out);
    for (const std::string& command : commands) {
        const Run run = shell("\"$SPFCHECK\"" + command.substr(std::string("spfcheck").size()));
        CAPTURE(command, run.err);
        CHECK(run.status < 64);
        CHECK_FALSE(run.out.empty());
    }
    return commands.size();
}

/// A text without the line ends that only the width of the screen made.
std::string unwrapped(std::string text) {
    for (std::size_t at = 0; (at = text.find("\n  ", at)) != std::string::npos;)
        text.replace(at, 3, " ");
    return text;
}

bool is_one_screen(const Run& run) { return lines_of(run.out).size() <= 23; }

/// A name of 253 octets, the longest that there is.
std::string longest_name() {
    const std::string label(61, 'a');
    return label + '.' + label + '.' + label + '.' + std::string(59, 'b') + ".example";
}

/// Zones in which much is wrong, or large.
const TemporaryFile& hard_zones() {
    std::string text = "twelve.example. TXT \"v=spf1\"";
    std::string records;
    for (int i = 0; i < 12; ++i) {
        const std::string name = "_spf" + std::to_string(i) + ".customers.mail-service.example";
        text += " \" include:" + name + "\"";
        records += name + ". TXT \"v=spf1 ip4:192.0.2." + std::to_string(i) + " ~all\"\n";
    }
    text += " \" ~all\"\n" + records;
    text += "long.example. TXT \"v=spf1";
    for (int i = 0; i < 250; ++i) {
        if (i % 10 == 0) text += "\" \"";
        text += " ip4:10." + std::to_string(i) + ".0.0/24";
    }
    text += "\" \" -all\"\n";
    const std::string name = longest_name();
    text += name + ". TXT \"v=spf1 \" \"include:\" \"b." + name.substr(2) + "\" \" -all\"\n";
    text += "b." + name.substr(2) + ". TXT \"v=spf1 ip4:192.0.2.1 -all\"\n";
    text +=
        "two.example. TXT \"v=spf1 mx -all\"\n"
        "two.example. TXT \"v=spf1 ip4:192.0.2.0/28 -all\"\n"
        "odd.example. TXT \"v=spf1 ip4:192.0.2.1 exists:%{ir}.l.example -ip6:2001:db8::/32 "
        "include:_spf.google.com ptr:x.example foo=bar ~all mx redirect=b.example\"\n"
        "_spf.google.com. TXT \"v=spf1 ip4:203.0.113.0/24 ~all\"\n"
        "open.example. TXT \"v=spf1 +all\"\n"
        "six.example. TXT \"v=spf1 ip6:2001:db8::/32 ?all\"\n"
        "moved.example. TXT \"v=spf1 redirect=six.example\"\n";
    static const TemporaryFile file(text);
    return file;
}

}  // namespace

TEST_CASE("a clean domain is one screen: the verdict, each term with meaning and cost, commands",
          "[cli][overview]") {
    const Run run = overview("example.com", zone("example.zone"));
    CHECK(run.status == 0);
    CHECK(run.err.empty());
    CHECK_THAT(
        run.out,
        StartsWith("example.com: no errors; 2 of 10 lookups, 81 addresses may send, others "
                   "refused\n"
                   "\n"
                   "  term                         lookups  meaning\n"
                   "  mx                                 1  the mail servers: 1 IPv4, 1 "
                   "IPv6\n"
                   "  ip4:192.0.2.0/28                      16 addresses\n"
                   "  include:_spf.mailer.example        1  its senders: 64 IPv4, 2^80 IPv6\n"
                   "  -all                                  all others are refused (fail)\n"
                   "  exp=explain.example.com               the text for those that are "
                   "refused\n"
                   "\n"
                   "Lookups: 2 of 10, void 0 of 2. May send: 81 IPv4, about 2^80 IPv6."));
    CHECK_THAT(run.out, !Contains("hint") && !Contains("warning"));
    CHECK(is_one_screen(run));
    CHECK(run_commands(run.out) == 2);
    CHECK(spfcheck({"overview", "example.com", "--zone", zone("example.zone")}).out == run.out);
}

TEST_CASE("the verdict is in the first line, and the exit status that of lint", "[cli][overview]") {
    const auto [domain, verdict] = GENERATE(table<std::string, std::string>({
        {"toomany.example", "1 error; 11 of 10 lookups, 10 addresses may send,"},
        {"twice.example", "2 SPF records, so receivers can use none (permerror)"},
        {"norecord.example", "no SPF record, so nothing is known about its senders"},
        {"broken.example", "1 error; receivers cannot use the record (permerror)"},
        {"void.example", "1 error; receivers cannot use the record (permerror)"},
        {"absent.example.com", "there is no such domain"},
        {"absent.example", "no zone file has it, and no name server was asked"},
        {"servfail.example", "DNS gave no answer, so nothing is known"},
        {"nomail.example", "no errors; 0 of 10 lookups, no address may send, others refused"},
        {"softfail.example", "no errors; 1 of 10 lookups, 1 address may send, others suspicious"},
        {"moved.example", "no errors; 1 of 10 lookups, 64 addresses may send, others refused"},
    }));
    CAPTURE(domain);
    const std::string zones = zone(domain == "servfail.example" ? "failing.zone" : "example.zone");
    const Run run = overview(domain, zones);
    const Run lint = spfcheck({"lint", domain, "--zone", zones});
    CHECK(run.status == lint.status);
    CHECK_THAT(unwrapped(run.out), StartsWith(domain + ": " + verdict));
    CHECK(is_one_screen(run));
    run_commands(run.out);
}

TEST_CASE("two records are both shown, and the record that replaces them", "[cli][overview]") {
    const Run run = overview("two.example", hard_zones().path());
    CHECK(run.status == 1);
    CHECK_THAT(run.out, Contains("\n  v=spf1 mx -all\n  v=spf1 ip4:192.0.2.0/28 -all\n"));
    CHECK_THAT(run.out, Contains("; write v=spf1"));
    CHECK(run_commands(run.out) == 2);
}

TEST_CASE("for a domain without a record the next step is a first one", "[cli][overview]") {
    const Run run = overview("norecord.example", zone("example.zone"));
    CHECK_THAT(run.out, Contains("spfcheck authorize norecord.example mx.norecord.example"));
    const Run first = shell("\"$SPFCHECK\"" + commands_in(run.out).front().substr(8));
    CHECK_THAT(first.out, Contains("v=spf1 ip4:192.0.2.35 ~all"));
}

TEST_CASE("a broken record is shown with what to write instead", "[cli][overview]") {
    const TemporaryFile file("example.com. TXT \"v=spf1 ip:192.0.2.1 -all\"\n");
    const Run run = overview("example.com", file.path());
    CHECK(run.status == 1);
    CHECK_THAT(run.out, Contains("\n  v=spf1 ip:192.0.2.1 -all\n"));
    CHECK_THAT(run.out, Contains("error: ip:192.0.2.1: the name of this term is misspelt; write "
                                 "ip4:192.0.2.1\n"));
}

TEST_CASE("large domains are one screen first, and what is left out is one command away",
          "[cli][overview]") {
    const std::string domain = GENERATE(as<std::string>(), "twelve.example", "long.example",
                                        longest_name(), "odd.example");
    CAPTURE(domain);
    const Run run = overview(domain, hard_zones().path());
    CHECK(is_one_screen(run));
    CHECK_THAT(first_line(run.out), Contains(": ") && Contains("error"));
    CHECK(run_commands(run.out) >= 2);
    const Run whole = overview(domain, hard_zones().path(), {"--all"});
    CHECK_THAT(whole.out, !Contains(" more term"));
    CHECK(lines_of(whole.out).size() >= lines_of(run.out).size());
}

TEST_CASE("what is left out of a screen is counted, and --all shows it", "[cli][overview]") {
    const Run run = overview("long.example", hard_zones().path());
    CHECK_THAT(run.out, Contains(" more terms:\n  spfcheck long.example --all --zone "));
    const Run whole = overview("long.example", hard_zones().path(), {"--all"});
    CHECK_THAT(whole.out, Contains("ip4:10.0.0.0/24") && Contains("ip4:10.249.0.0/24"));
    const Run twelve = overview("twelve.example", hard_zones().path(), {"--all"});
    CHECK_THAT(twelve.out, Contains("12 of 10 lookups"));
    CHECK_THAT(twelve.out, Contains("include:_spf11.customers.mail-service.example"));
}

TEST_CASE("each kind of term has its meaning, and a known service its name", "[cli][overview]") {
    const Run run = overview("odd.example", hard_zones().path(), {"--all"});
    CHECK_THAT(run.out, Contains("one address") || Contains("1 address"));
    CHECK_THAT(run.out, Contains("a list in DNS, asked for each message"));
    CHECK_THAT(run.out, Contains("refused (fail): 2^96 addresses"));
    CHECK_THAT(run.out, Contains("Google Workspace"));
    CHECK_THAT(run.out, Contains("clients with such reverse names"));
    CHECK_THAT(run.out, Contains("no meaning: receivers ignore it"));
    CHECK_THAT(run.out, Contains("never reached"));
    CHECK_THAT(run.out, Contains("ignored, because there is an \"all\""));
    CHECK_THAT(first_line(overview("open.example", hard_zones().path()).out),
               Contains("1 error; 0 of 10 lookups, every address may send"));
    CHECK_THAT(overview("six.example", hard_zones().path()).out,
               Contains("only IPv6 may send, others undecided"));
    CHECK_THAT(unwrapped(overview("moved.example", hard_zones().path()).out),
               Contains("that record decides about the others") &&
                   Contains("neutral (?all of six.example)"));
}

TEST_CASE("the overview as JSON has the keys of the contract", "[cli][overview]") {
    const Run run = spfcheck({"odd.example", "--json", "--zone", hard_zones().path()});
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["domain"] == "odd.example");
    CHECK(json["terms"].size() == 9);
    CHECK(json["terms"][3]["service"] == "Google Workspace");
    CHECK(json["terms"][3]["dns_lookups"] == 1);
    CHECK(json["terms"][0]["service"].is_null());
    CHECK(json["terms"][0]["addresses"]["ip4"] == 1);
    CHECK(json["all"]["result"].is_null());  // exists: and ptr: depend on the message
    CHECK(json["next"][0]["command"] == "spfcheck lint odd.example --zone " + hard_zones().path());
    const auto clean = nlohmann::json::parse(
        spfcheck({"example.com", "--json", "--zone", zone("example.zone")}).out);
    CHECK(clean["findings"].empty());
    CHECK(clean["addresses"]["ip4"] == 81);
    CHECK(clean["addresses"]["ip6"] == "1208925819614629174706177");
    CHECK(clean["all"]["result"] == "fail");
    CHECK(clean["all"]["term"] == "-all");
    CHECK(clean["complete"] == true);
}

TEST_CASE("a domain of which DNS says nothing exits with 69 and says whom it asked",
          "[cli][overview]") {
    const Run run = spfcheck({"example.com", "--nameserver", "127.0.0.1:9", "--timeout", "2"});
    CHECK(run.status == 69);
    CHECK_THAT(run.out, StartsWith("example.com: DNS gave no answer, so nothing is known\n"));
    CHECK_THAT(run.err, Contains("127.0.0.1:9"));
}

TEST_CASE("a hostile record neither steers the terminal nor leaves the columns",
          "[cli][overview][hostile]") {
    const TemporaryFile file(
        "example.com. TXT \"v=spf1 x=\\027[2J include:$(id).example a:';id'.example -all\"\n");
    for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--all"}}) {
        const Run run = overview("example.com", file.path(), more);
        CHECK(run.status == 1);
        CHECK(run.out.find('\x1b') == std::string::npos);
        run_commands(run.out);
    }
}
