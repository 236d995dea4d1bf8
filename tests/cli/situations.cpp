// What check, lint, the overview, authorize and fix say about the same domain: the same next
// command, and nothing of it about a domain without the mistake.

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;

namespace {

/// The records of the zone that all domains here use.
const std::string others =
    "_spf.example.net. TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n"
    "host.example. A 192.0.2.77\n"
    "host.example. TXT \"hello\"\n"
    "target.example. TXT \"hello\"\n";

nlohmann::json json_of(std::vector<std::string> arguments, const std::string& zone) {
    arguments.insert(arguments.end(), {"--json", "--zone", zone});
    const Run run = spfcheck(arguments);
    CAPTURE(run.err);
    return nlohmann::json::parse(run.out);
}

/// The commands in a list of advice or of next steps, one per line.
std::string commands(const nlohmann::json& list) {
    std::string out;
    for (const auto& each : list) {
        if (each["command"].is_string()) out += each["command"].get<std::string>() + '\n';
    }
    return out;
}

/// What the sub-commands suggest for example.com in a zone.
struct Said {
    std::string check;
    std::string lint;
    std::string overview;
    std::string authorize;
    std::string fix;
};

Said said_of(const std::string& zone) {
    const std::vector<std::string> check{"check", "--ip", "192.0.2.200", "--sender",
                                         "u@example.com"};
    return {commands(json_of(check, zone)["advice"]),
            commands(json_of({"lint", "example.com"}, zone)["next"]),
            commands(json_of({"example.com"}, zone)["next"]),
            commands(json_of({"authorize", "example.com", "192.0.2.200"}, zone)["next"]),
            commands(json_of({"fix", "example.com"}, zone)["next"])};
}

}  // namespace

TEST_CASE("check, lint and the overview suggest the same command, which runs", "[cli][advice]") {
    const auto [record, command, twin] = GENERATE(table<std::string, std::string, std::string>({
        // a missing space, quotes, a semicolon: not a record
        {"TXT \"v=spf1include:_spf.example.net -all\"", "spfcheck fix example.com",
         "TXT \"v=spf1 include:_spf.example.net -all\""},
        {"TXT \"v=spf1; include:_spf.example.net -all\"", "spfcheck fix example.com",
         "TXT \"some text\""},
        {"TXT \"\\\"v=spf1 include:_spf.example.net -all\\\"\"", "spfcheck fix example.com",
         "TXT \"v=spf1 -all\""},
        // two records
        {"TXT \"v=spf1 mx:host.example -all\"\nexample.com. TXT \"v=spf1 a:host.example -all\"",
         "spfcheck fix example.com", "TXT \"v=spf1 a:host.example -all\""},
        // a loop
        {"TXT \"v=spf1 include:example.com -all\"", "spfcheck fix example.com",
         "TXT \"v=spf1 include:_spf.example.net -all\""},
        // an include of a host
        {"TXT \"v=spf1 include:host.example -all\"",
         "spfcheck example.com --record 'v=spf1 a:host.example -all'",
         "TXT \"v=spf1 a:host.example -all\""},
        // a record of type SPF without one of type TXT
        {"SPF \"v=spf1 -all\"", "spfcheck example.com --record 'v=spf1 -all'",
         "TXT \"v=spf1 -all\"\nexample.com. SPF \"v=spf1 -all\""},
    }));
    CAPTURE(record);
    const TemporaryFile zone("example.com. " + record + '\n' + others);
    const Said said = said_of(zone.path());
    CHECK_THAT(said.check, Contains(command));
    CHECK_THAT(said.lint, Contains(command));
    CHECK_THAT(said.overview, Contains(command));
    // The command runs as printed.
    const std::string line = said.lint.substr(0, said.lint.find('\n'));
    const Run run = shell("$SPFCHECK" + line.substr(std::string("spfcheck").size()));
    CAPTURE(line, run.out, run.err);
    CHECK(run.status < 64);
    CHECK_FALSE(run.out.empty());

    const TemporaryFile good("example.com. " + twin + '\n' + others);
    const Said other = said_of(good.path());
    for (const std::string& each : {other.check, other.lint, other.overview, other.fix}) {
        CHECK_THAT(each, !Contains(command));
    }
}

TEST_CASE("authorize leads to fix if the record has to be fixed first", "[cli][advice]") {
    const auto [record, is_broken] = GENERATE(table<std::string, bool>({
        {"TXT \"v=spf1 ip4:192.0.2.0/33 -all\"", true},
        {"TXT \"v=spf1 mx:host.example -all\"\nexample.com. TXT \"v=spf1 -all\"", true},
        {"TXT \"v=spf1 include:host.example -all\"", true},
        {"TXT \"v=spf1 a:host.example -all\"", false},
    }));
    const TemporaryFile zone("example.com. " + record + '\n' + others);
    const Said said = said_of(zone.path());
    CHECK((said.authorize.find("spfcheck fix example.com --zone ") == 0) == is_broken);
    const std::string text =
        spfcheck({"authorize", "example.com", "192.0.2.200", "--zone", zone.path()}).out;
    CHECK((text.find("A record that works:\n  spfcheck fix example.com") != std::string::npos ||
           text.find("A record that works: spfcheck fix example.com") != std::string::npos) ==
          is_broken);
}

TEST_CASE("a domain without a record, and one that is an alias, lead to what helps",
          "[cli][advice][rfc1034-3.6.2]") {
    const TemporaryFile none("example.com. TXT \"hello\"\nexample.com. MX 1 host.example.\n" +
                             others);
    const Said said = said_of(none.path());
    CHECK_THAT(said.check, Contains("authorize example.com 192.0.2.200 --from-scratch"));
    CHECK_THAT(said.authorize, Contains("authorize example.com 192.0.2.200 --from-scratch"));
    CHECK_THAT(said.lint, Contains("authorize example.com host.example --from-scratch"));
    CHECK_THAT(said.overview, Contains("authorize example.com host.example --from-scratch"));
    CHECK_THAT(said.fix, Contains("spfcheck example.com --zone"));

    const TemporaryFile alias("example.com. CNAME target.example.\n" + others);
    const Said of_alias = said_of(alias.path());
    CHECK_THAT(of_alias.authorize, Contains("authorize target.example 192.0.2.200"));
    for (const std::string& each : {of_alias.check, of_alias.lint, of_alias.overview}) {
        CHECK_THAT(each, !Contains("authorize"));
    }
    const auto check = [](const std::string& zone) {
        return json_of({"check", "--ip", "192.0.2.200", "--sender", "u@example.com"}, zone).dump();
    };
    const auto lint = [](const std::string& zone) {
        return json_of({"lint", "example.com"}, zone).dump();
    };
    const std::string words =
        "example.com is an alias (CNAME) of target.example, which has no SPF "
        "record";
    CHECK_THAT(check(alias.path()), Contains(words));
    CHECK_THAT(lint(alias.path()), Contains(words));
    CHECK_THAT(check(none.path()) + lint(none.path()), !Contains("alias"));
    const TemporaryFile dangling(
        "example. SOA ns.example. h.example. 1 2 3 4 5\n"
        "example.com. CNAME gone.example.\n" +
        others);
    const std::string gone =
        "example.com is an alias (CNAME) of gone.example, which does not exist";
    CHECK_THAT(check(dangling.path()), Contains(gone));
    CHECK_THAT(lint(dangling.path()), Contains(gone));
}

TEST_CASE("both of two records are shown by check and lint", "[cli][advice][rfc7208-4.5]") {
    const TemporaryFile zone(
        "example.com. TXT \"v=spf1 mx:host.example -all\"\n"
        "example.com. TXT \"v=spf1 a:host.example -all\"\n" +
        others);
    for (const std::vector<std::string>& each :
         {std::vector<std::string>{"check", "192.0.2.1", "u@example.com"},
          {"lint", "example.com"},
          {"example.com"}}) {
        std::vector<std::string> arguments = each;
        arguments.insert(arguments.end(), {"--zone", zone.path()});
        const std::string out = spfcheck(arguments).out;
        CAPTURE(out);
        CHECK_THAT(out, Contains("v=spf1 mx:host.example"));
        CHECK_THAT(out, Contains("v=spf1 a:host.example"));
    }
}
