// How spfcheck behaves as a program: options, help, exit status, pipes.

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

/// The sub-commands that --help lists.
std::vector<std::string> listed_commands() {
    std::vector<std::string> out;
    const std::string help = spfcheck({"--help"}).out;
    std::istringstream lines(help.substr(help.find("\nCommands:\n") + 11));
    for (std::string line; std::getline(lines, line) && !line.empty();) {
        if (line[2] != ' ') out.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return out;
}

const std::vector<std::string>& commands() {
    static const std::vector<std::string> out = listed_commands();
    return out;
}

/// The long options that a help text lists, each with the line that describes it.
std::vector<std::pair<std::string, std::string>> options_in(const std::string& help) {
    std::vector<std::pair<std::string, std::string>> out;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find("--");
        const bool listed = line.starts_with("  -") && begin != std::string::npos && begin < 8;
        if (!listed) continue;
        const std::size_t end = line.find_first_of(" ,", begin);
        std::string name = line.substr(begin, end - begin);
        // The text after a long name and the name of its value is in the next line.
        if (line.find("  ", begin) == std::string::npos) std::getline(lines, line);
        out.emplace_back(std::move(name), line.size() > 28 ? line.substr(28) : std::string());
    }
    return out;
}

}  // namespace

TEST_CASE("every option has help", "[cli][help]") {
    for (const std::string& command : commands()) {
        const Run run = spfcheck({command, "--help"});
        CHECK(run.status == 0);
        CHECK(run.err.empty());
        CHECK_THAT(run.out, Contains("Examples:") && Contains("Exit status:"));
        const auto options = options_in(run.out);
        CHECK(options.size() >= (command == "completion" ? 1U : 4U));
        std::set<std::string> names;
        for (const auto& [name, text] : options) {
            CAPTURE(command, name);
            CHECK(names.insert(name).second);
            CHECK_FALSE(text.empty());
        }
    }
}

TEST_CASE("help fits into 80 columns", "[cli][help]") {
    std::vector<std::vector<std::string>> all{{"--help"}};
    for (const std::string& command : commands()) all.push_back({command, "--help"});
    for (const std::vector<std::string>& arguments : all) {
        std::istringstream lines(spfcheck(arguments).out);
        std::string line;
        for (int i = 0; std::getline(lines, line); ++i) {
            CAPTURE(arguments, line);
            CHECK(line.size() <= 80);
            // What to type is on the first screen.
            if (line == "Examples:") CHECK(i < 24);
        }
    }
}

TEST_CASE("the examples in the help work on the bundled zone", "[cli][help]") {
    if (cli_test::lacks_gmime()) return;
    std::istringstream lines(spfcheck({"check", "--help"}).out);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("  spfcheck ")) continue;
        const bool message = line.find("--message") != std::string::npos;
        const std::string folder = message ? "messages" : "zones";
        const bool zone = line.find("--zone") != std::string::npos;
        const Run run = shell("cd " SPF_SOURCE_DIR "/examples/" + folder + " && \"$SPFCHECK\"" +
                              line.substr(10) + (zone ? "" : " --zone ../zones/example.zone"));
        CAPTURE(line, run.out, run.err);
        CHECK(run.status <= 6);
        ++count;
    }
    CHECK(count >= 4);
}

TEST_CASE("the version is printed", "[cli]") {
    const Run run = spfcheck({"--version"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Catch::Matches("spfcheck [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_CASE("wrong usage is reported in one line with a hint, and exits with 64", "[cli][usage]") {
    const auto [arguments, message] = GENERATE(table<std::vector<std::string>, std::string>({
        {std::vector<std::string>{}, "a sub-command is missing"},
        {{"frobnicate"}, "there is no sub-command \"frobnicate\""},
        {{"--frobnicate"}, "there is no option \"--frobnicate\""},
        {{"check"}, "--ip is required without --message"},
        {{"check", "--ip"}, "the value of --ip is missing: write --ip IP"},
        {{"check", "--ip", "--sender", "a@example.com"},
         "the value of --ip is missing before \"--sender\""},
        {{"check", "--ip", "192.0.2.1", "--ip", "192.0.2.2", "--helo", "a.example"},
         "--ip is given more than once"},
        {{"fix"}, "DOMAIN is missing: the domain whose record is to be fixed"},
        {{"authorize", "example.com"}, "RELAY is missing"},
        {{"networks", "a.example", "b.example"},
         "\"b.example\" is one word too many: networks takes DOMAIN"},
        {{"completion", "bash", "x"}, "\"x\" is one word too many"},
        {{"fix", "example.com", "--ttl", "300"}, "--ttl requires --apply"},
        {{"fix", "example.com", "--apply", "--ttl", "soon"},
         "\"soon\" is not a whole number from 0"},
        {{"batch", "--jobs", "0"}, "\"0\" is not a whole number from 1 to 256"},
        {{"flatten", "a.example", "--max-length", "9"}, "\"9\" is not a whole number from 64"},
        {{"check", "--frobnicate"}, "check has no option \"--frobnicate\""},
        {{"check", "-x"}, "check has no option \"-x\""},
        {{"check", "-vx"}, "check has no option \"-vx\""},
        {{"check", "--jsn"}, "check has no option \"--jsn\"; did you mean \"--json\"?"},
        {{"check", "-json"}, "check has no option \"-json\"; did you mean \"--json\"?"},
        {{"check", "--sarif"}, "check has no option \"--sarif\", but lint has it"},
        {{"--frobnicate", "example.com"}, "overview has no option \"--frobnicate\""},
        {{"lint", "v=spf1", "mx", "-all"}, "\"-all\" is no option; if it belongs to a record, put"},
        {{"check", "--color", "alwas"}, "did you mean always?"},
        {{"lint", "a.example", "--fail-on", "warn"}, "did you mean warning?"},
        {{"--json"}, "a sub-command is missing"},
        {{"check", "--ip", "192.0.2.300", "--sender", "a@example.com"}, "192.0.2.300"},
        {{"check", "--ip", "192.0.2.1", "--helo", "a.example", "--trusted-relay", "192.0.2.9"},
         "--trusted-relay requires --message"},
        {{"check", "--message", "a", "--trusted-relay", "192.0.2.0/33"}, "192.0.2.0/33"},
        {{"check", "--message", "a", "--trusted-relay", "relay.example"}, "relay.example"},
        {{"check", "--ip", "192.0.2.1"}, "--sender or --helo is missing"},
        {{"check", "--ip", "192.0.2.1", "--helo", "a.example", "--identity", "mailfrom"},
         "--identity mailfrom requires --sender"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--identity", "helo"},
         "--identity helo requires --helo"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--identity", "pra"},
         "--identity"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--timeout", "0"}, "--timeout"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--timeout", "nan"},
         "--timeout"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--timeout", "soon"},
         "--timeout"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--nameserver", "dns.example"},
         "--nameserver"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--nameserver", "192.0.2.1:0"},
         "--nameserver"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--limits", "frobs=1"},
         "\"frobs\" is not a limit"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--limits", "mx_names=-1"},
         "mx_names must be a number"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--limits", "mx_names"},
         "mx_names must be a number"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--color", "blue"}, "--color"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "--frob"}, "--frob"},
        {{"check", "--ip", "192.0.2.1", "--sender", "a@a.example", "stray\033[31m"},
         "stray\\x1b[31m"},
    }));
    const Run run = spfcheck(arguments);
    CAPTURE(run.err);
    CHECK(run.status == 64);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, StartsWith("spfcheck: ") && Contains(message));
    CHECK_THAT(run.err, Contains("\nTry \"spfcheck") && Catch::EndsWith("--help\".\n"));
    // The words of the library that parses the command line.
    CHECK_THAT(run.err, !Contains("expected") && !Contains("required but") &&
                            !Contains("convert") && !Contains("TEXT") && !Contains("not in range"));
    CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 2);
}

TEST_CASE("a misspelt sub-command is told which one was probably meant", "[cli][usage]") {
    const auto [word, meant] = GENERATE(table<std::string, std::string>({
        {"netwroks", "networks"},
        {"chekc", "check"},
        {"LINT", "lint"},
        {"auth", "authorize"},
        {"flattn", "flatten"},
        {"frobnicate", ""},
        {"x", ""},
    }));
    CAPTURE(word);
    const Run run = spfcheck({word, "example.com"});
    CHECK(run.status == 64);
    CHECK_THAT(run.err, StartsWith("spfcheck: there is no sub-command \"" + word + '"'));
    const std::string question = "did you mean \"" + meant + "\"?";
    if (meant.empty()) {
        CHECK_THAT(run.err, !Contains("did you mean"));
    } else {
        CHECK_THAT(run.err, Contains(question));
    }
}

TEST_CASE("options may stand before the domain or the sub-command", "[cli][usage]") {
    const std::string file = zone("example.zone");
    const Run domain = spfcheck({"example.com", "--zone", file, "--json"});
    CHECK(domain.status == 0);
    CHECK(spfcheck({"--json", "--zone", file, "example.com"}).out == domain.out);
    CHECK(spfcheck({"--zone=" + file, "example.com", "--json"}).out == domain.out);
    const Run check = spfcheck({"check", "--zone", file, "192.0.2.10", "a@example.com"});
    CHECK_THAT(check.out, StartsWith("pass"));
    CHECK(spfcheck({"--zone", file, "check", "192.0.2.10", "a@example.com"}).out == check.out);
    const Run record = spfcheck({"--json", "v=spf1 mx -all"});
    CHECK(record.out == spfcheck({"lint", "--record", "v=spf1 mx -all", "--json"}).out);
    CHECK(spfcheck({"--help", "check"}).out == spfcheck({"check", "--help"}).out);
}

TEST_CASE("an option takes a value in all sub-commands that have it, or in none", "[cli][usage]") {
    std::map<std::string, std::pair<bool, std::string>> known;
    for (const std::string& command : commands()) {
        std::istringstream lines(spfcheck({command, "--help"}).out);
        for (std::string line; std::getline(lines, line);) {
            const std::size_t begin = line.find("--");
            if (!line.starts_with("  -") || begin > 8) continue;
            const std::size_t end = std::min(line.find(' ', begin), line.size());
            const bool has_value = end + 1 < line.size() && line[end + 1] != ' ';
            const auto [first, is_new] =
                known.try_emplace(line.substr(begin, end - begin), has_value, command);
            CAPTURE(line, command, first->second.second);
            CHECK(first->second.first == has_value);
        }
    }
    CHECK(known.size() > 30);
}

TEST_CASE("help COMMAND is the same as COMMAND --help", "[cli][help]") {
    CHECK(spfcheck({"help"}).out == spfcheck({"--help"}).out);
    for (const std::string& command : commands()) {
        const Run run = spfcheck({"help", command});
        CHECK(run.status == 0);
        CHECK(run.out == spfcheck({command, "--help"}).out);
    }
    CHECK(spfcheck({"help", "--help"}).out == spfcheck({"--help"}).out);
    CHECK_THAT(spfcheck({"help", "netwroks"}).err, Contains("did you mean \"networks\"?"));
}

TEST_CASE("a zone file that cannot be read exits with 65 and names file and line", "[cli]") {
    const TemporaryFile broken("example.com. TXT \"v=spf1 -all\"\nexample.com. A 192.0.2.300\n");
    const TemporaryFile fine("example.org. TXT \"v=spf1 -all\"\n");
    const std::vector<std::string> arguments{"check", "--ip", "192.0.2.1", "--sender",
                                             "a@example.com"};
    auto with = [&arguments](std::vector<std::string> more) {
        more.insert(more.begin(), arguments.begin(), arguments.end());
        return spfcheck(more);
    };
    for (const Run& run : {with({"--zone", broken.path()}),
                           with({"--zone", fine.path(), "--zone", broken.path()})}) {
        CHECK(run.status == 65);
        CHECK(run.out.empty());
        CHECK_THAT(run.err, StartsWith("spfcheck: ") && Contains(broken.path() + ":2: "));
    }
    const Run absent = with({"--zone", "/nonexistent/zone"});
    CHECK(absent.status == 65);
    CHECK_THAT(absent.err, Contains("/nonexistent/zone"));
}

TEST_CASE("no DNS at all exits with 69 and says whom it tried", "[cli]") {
    const Run run = spfcheck({"check", "--ip", "192.0.2.1", "--sender", "a@example.com",
                              "--nameserver", "127.0.0.1:9", "--timeout", "2", "--json"});
    CHECK(run.status == 69);
    CHECK_THAT(run.err, Contains("no name server can be reached") && Contains("127.0.0.1:9"));
    CHECK(nlohmann::json::parse(run.out)["result"] == "temperror");
}

TEST_CASE("with a zone and a name server, only unknown names are asked there", "[cli]") {
    const std::vector<std::string> server{"--nameserver", "127.0.0.1:9", "--timeout", "2",
                                          "--ip",         "192.0.2.10"};
    auto known = server;
    known.insert(known.end(), {"--sender", "a@example.com"});
    CHECK(check(known).status == 0);
    auto unknown = server;
    unknown.insert(unknown.end(), {"--sender", "a@elsewhere.example"});
    CHECK(check(unknown).status == 69);
}

TEST_CASE("a closed pipe is not an error, a full disk is", "[cli]") {
    const std::string arguments =
        " check --zone '" + zone("example.zone") + "' --ip 198.51.100.7 --sender a@example.com";
    const Run closed = shell("(\"$SPFCHECK\"" + arguments + "; echo $? >&2) | true");
    CHECK(closed.err == "1\n");
    const Run full = shell("\"$SPFCHECK\"" + arguments + " > /dev/full");
    CHECK(full.status == 70);
    CHECK_THAT(full.err, Contains("the output cannot be written"));
}

TEST_CASE("-v reports the outcome, -vv each question, on standard error", "[cli]") {
    const std::vector<std::string> arguments{"--ip", "192.0.2.33", "--sender", "a@example.com"};
    auto with = [&arguments](const std::string& option) {
        auto all = arguments;
        all.push_back(option);
        return check(all);
    };
    CHECK(check(arguments).err.empty());
    CHECK_THAT(with("-v").err, StartsWith("spfcheck: info: SPF pass: "));
    CHECK(with("-v").err.find("DNS TXT") == std::string::npos);
    CHECK_THAT(with("-vv").err, Contains("spfcheck: debug: DNS MX example.com: ok, 1 record, "));
    CHECK(with("-vv").out == check(arguments).out);
}
