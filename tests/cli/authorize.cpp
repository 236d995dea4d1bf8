// What `spfcheck authorize` proposes, for people, for programs and for nsupdate.

#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::EndsWith;

namespace {

Run authorize(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"authorize", "--zone", zone("example.zone")});
    return spfcheck(arguments);
}

nlohmann::json authorize_json(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const Run run = authorize(arguments);
    CHECK(run.err.empty());
    nlohmann::json json = nlohmann::json::parse(run.out);
    CHECK(run.status == (json["advice"] == "none_needed" ? 0 : 1));
    return json;
}

}  // namespace

TEST_CASE("authorize proposes one term more, and proves it", "[cli][authorize]") {
    const Run run = authorize({"example.com", "relay.example"});
    CHECK(run.status == 1);
    CHECK(run.err.empty());
    CHECK(first_line(run.out) ==
          "relay.example may not send mail for example.com yet; this record lets it");
    CHECK_THAT(run.out, Contains("\n  v=spf1 mx ip4:192.0.2.0/28 include:_spf.mailer.example "
                                 "ip4:198.51.100.7 -all exp=explain.example.com\n"));
    CHECK_THAT(run.out, Contains("\n  example.com. IN TXT \"v=spf1 mx "));
    // It ends with what to publish, and three lines of proof.
    CHECK_THAT(run.out, EndsWith("DNS lookups: 2 of 10, void 0 of 2\n"
                                 "\n"
                                 "Proved by evaluating the record for all addresses (--proof shows "
                                 "more):\n"
                                 "  198.51.100.7   pass      the relay\n"
                                 "  192.0.2.0      pass      as before\n"
                                 "  203.0.113.199  fail      another sender, as before\n"));
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') <= 24);
}

TEST_CASE("authorize --proof prints every address that was checked", "[cli][authorize]") {
    const Run run = authorize({"example.com", "relay.example", "--proof"});
    CHECK(run.status == 1);
    CHECK_THAT(run.out, !Contains("shows more"));
    for (const auto& entry : authorize_json({"example.com", "relay.example"})["proposal"]["proof"])
        CHECK_THAT(run.out, Contains("  " + entry["address"].get<std::string>() + " "));
    // Also of the other ways.
    const Run ways = authorize({"toomany.example", "_spf.mailer.example", "--proof"});
    CHECK_THAT(ways.out, Contains("Cost: ") && Contains("Proved by evaluating"));
    CHECK_THAT(authorize({"toomany.example", "_spf.mailer.example"}).out,
               !Contains("Proved by evaluating"));
}

TEST_CASE("the sub-domain that gets the record can be named", "[cli][authorize]") {
    for (const char* name : {"mail", "mail.example.com", "MAIL.example.com."}) {
        CAPTURE(name);
        const auto json = authorize_json({"example.com", "198.51.100.7", "--sub-domain", name});
        CHECK(json["domain"] == "mail.example.com");
        CHECK(json["proposal"]["name"] == "mail.example.com");
        CHECK(json["proposal"]["record"] == "v=spf1 ip4:198.51.100.7 ~all");
    }
    for (const char* name : {"*", ".", "a..b", "example.com.", "a b"}) {
        CAPTURE(name);
        const Run run = authorize({"example.com", "198.51.100.7", "--sub-domain", name});
        CHECK(run.status == 64);
        CHECK_THAT(run.err, Contains("--sub-domain"));
    }
}

TEST_CASE("authorize says so if nothing is needed", "[cli][authorize]") {
    const Run run = authorize({"example.com", "192.0.2.3", "_spf.mailer.example"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("  192.0.2.3 may send, by ip4:192.0.2.0/28\n"));
    CHECK_THAT(run.out, Contains("may send, by include:_spf.mailer.example\n"));
    CHECK(authorize_json({"example.com", "192.0.2.3"})["proposal"].is_null());
}

TEST_CASE("authorize --json has relays, advice and a proposal with its proof", "[cli][authorize]") {
    const auto json = authorize_json({"example.com", "192.0.2.0/27", "203.0.113.7"});
    CHECK(json["relays"][0]["relay"] == "192.0.2.0/27");
    CHECK(json["relays"][0]["status"] == "part");
    CHECK(json["relays"][0]["missing"] == nlohmann::json({"192.0.2.16/28"}));
    CHECK(json["relays"][0]["by"] == nlohmann::json({"ip4:192.0.2.0/28"}));
    CHECK(json["relays"][1]["status"] == "whole");
    CHECK(json["advice"] == "add_at_domain");
    const auto& proposal = json["proposal"];
    CHECK(proposal["name"] == "example.com");
    CHECK(proposal["dns_lookups"] == 2);
    CHECK(proposal["txt_strings"].size() == 1);
    CHECK(proposal["proof"].size() > 4);
    for (const auto& entry : proposal["proof"]) CHECK(entry["expected"] == entry["result"]);
}

TEST_CASE("authorize withholds what breaks a limit and offers what does not", "[cli][authorize]") {
    const auto json = authorize_json({"toomany.example", "_spf.mailer.example"});
    CHECK(json["proposal"].is_null());
    CHECK_THAT(json["problem"].get<std::string>(), Contains("4.6.4"));
    CHECK(json["alternatives"][0]["kind"] == "hosts_to_addresses");
    CHECK(json["alternatives"][0]["txt_strings"].size() == 2);
    CHECK(json["alternatives"][1]["name"] == "news.toomany.example");
}

TEST_CASE("authorize fixes nothing that is broken, and begins nothing unasked",
          "[cli][authorize]") {
    for (const char* domain : {"broken.example", "twice.example", "norecord.example"}) {
        const auto json = authorize_json({domain, "192.0.2.35"});
        CHECK(json["proposal"].is_null());
        CHECK(json["problem"].is_string());
    }
    CHECK(authorize_json({"norecord.example", "192.0.2.35",
                          "--from-scratch"})["proposal"]["record"] == "v=spf1 ip4:192.0.2.35 ~all");
}

TEST_CASE("authorize --apply prints a script for nsupdate that keeps other records",
          "[cli][authorize][rfc2136-2.4.2]") {
    const TemporaryFile file(
        "example.com. 600 TXT \"v=spf1 -all\"\nexample.com. 600 TXT \"a \\\"token\\\"\"\n");
    const Run run =
        spfcheck({"authorize", "--zone", file.path(), "example.com", "192.0.2.1", "--apply"});
    CHECK(run.status == 1);
    CHECK_THAT(run.out, Contains("prereq yxrrset example.com. TXT \"a \\\"token\\\"\"\n"));
    CHECK_THAT(run.out, Contains("prereq yxrrset example.com. TXT \"v=spf1 -all\"\n"));
    CHECK_THAT(run.out, Contains("update delete example.com. TXT\n"
                                 "update add example.com. 600 TXT \"a \\\"token\\\"\"\n"
                                 "update add example.com. 600 TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
                                 "send\n"));
}

TEST_CASE("authorize --apply for a name without TXT demands that there is none still",
          "[cli][authorize][rfc2136-2.4.3]") {
    const TemporaryFile file("example.com. 600 A 192.0.2.9\n");
    const Run run = spfcheck({"authorize", "--zone", file.path(), "example.com", "192.0.2.1",
                              "--from-scratch", "--apply"});
    CHECK_THAT(run.out, Contains("prereq nxrrset example.com. TXT\n"
                                 "update add example.com. 3600 TXT"));
    CHECK_THAT(run.out, !Contains("update delete"));
}

TEST_CASE("authorize --json has the same keys if the domain cannot be evaluated",
          "[cli][authorize]") {
    const Run run = spfcheck({"authorize", "--zone", zone("failing.zone"), "SLOW.example.",
                              "Google Workspace", "--json"});
    CHECK(run.status == 5);
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["complete"] == false);
    CHECK(json["domain"] == "slow.example");
    CHECK(json["advice"] == "add_at_domain");
    CHECK(json["provider"]["name"] == "Google Workspace");
    CHECK_THAT(json["problem"].get<std::string>(), Contains("slow.example"));
    CHECK(authorize_json({"example.com", "192.0.2.3"}).contains("provider"));
}

TEST_CASE("authorize distinguishes wrong usage from missing DNS", "[cli][authorize]") {
    CHECK(authorize({"example.com", "192.0.2.300"}).status == 64);
    CHECK(authorize({"localhost", "192.0.2.3"}).status == 64);
    CHECK(authorize({"example.com"}).status == 64);
    CHECK(spfcheck({"authorize", "--zone", "/nonexistent", "example.com", "192.0.2.3"}).status ==
          65);
    const Run run = spfcheck({"authorize", "example.com", "192.0.2.3", "--nameserver",
                              "127.0.0.1:9", "--timeout", "2", "--json"});
    CHECK(run.status == 69);
    CHECK_THAT(run.err, Contains("no name server can be reached"));
}

TEST_CASE("authorize never looks up a word that is not a relay", "[cli][authorize]") {
    for (const char* word : {"Foo Mailer", "Googel Workspace", "bob@relay.example", "https://x/",
                             "include:%{d}.x.example", "a:relay.example/24", "203.0.113.7/8"}) {
        CAPTURE(word);
        const Run run = authorize({"example.com", word});
        CHECK(run.status == 64);
        CHECK(run.out.empty());
    }
    CHECK_THAT(authorize({"example.com", "Googel Workspace"}).err,
               Contains("perhaps \"Google Workspace\"?"));
    CHECK_THAT(authorize({"example.com", "sendgird"}).err, Contains("SendGrid"));
    CHECK_THAT(authorize({"example.com", "qqqqqq zzzzzz"}).err, !Contains("perhaps"));
    CHECK_THAT(authorize({"example.com", "203.0.113.7/8"}).err,
               Contains("the address 203.0.113.7 or the network 203.0.0.0/8"));
}

TEST_CASE("authorize --apply escapes names, and compares the strings as they were published",
          "[cli][authorize][rfc1035-5.1][rfc2136-2.4.2]") {
    const TemporaryFile file(R"(x\\y.example. 600 TXT "v=spf1 " "-all"
x\\y.example. 600 TXT "one" "two; \"three\""
\;x.example. 600 TXT "v=spf1 -all"
plain.example. 600 TXT "v=spf1 -all"
)");
    const auto apply = [&file](const std::string& domain) {
        return spfcheck({"authorize", "--zone", file.path(), domain, "192.0.2.1", "--apply"}).out;
    };
    const std::string script = apply("x\\y.example");
    CHECK_THAT(script, Contains(R"(prereq yxrrset x\\y.example. TXT "v=spf1 " "-all")"));
    CHECK_THAT(script, Contains(R"(prereq yxrrset x\\y.example. TXT "one" "two; \"three\"")"));
    CHECK_THAT(script, Contains(R"(update add x\\y.example. 600 TXT "one" "two; \"three\"")"));
    CHECK_THAT(apply(";x.example"), Contains("\nupdate add \\;x.example. 600 TXT"));
    CHECK_THAT(apply("plain.example"),
               Contains("prereq yxrrset plain.example. TXT \"v=spf1 -all\"\n"));
}

TEST_CASE("authorize --apply takes no TTL from a negative answer, nor one of a second",
          "[cli][authorize][rfc2308-5]") {
    const TemporaryFile file(
        "example.com. 1 SOA ns hostmaster 1 3600 600 86400 1\n"
        "example.com. 7200 TXT \"v=spf1 -all\"\n"
        "short.example.com. 1 TXT \"v=spf1 -all\"\n"
        "none.example.com. 60 A 192.0.2.7\n");
    const auto apply = [&file](const std::string& domain, std::vector<std::string> more = {}) {
        std::vector<std::string> all{"authorize", "--zone",         file.path(), domain,
                                     "192.0.2.1", "--from-scratch", "--apply"};
        all.insert(all.end(), more.begin(), more.end());
        return spfcheck(all).out;
    };
    CHECK_THAT(apply("example.com"), Contains("update add example.com. 7200 TXT"));
    CHECK_THAT(apply("short.example.com"), Contains("update add short.example.com. 300 TXT"));
    CHECK_THAT(apply("none.example.com"), Contains("update add none.example.com. 3600 TXT"));
    CHECK_THAT(apply("example.com", {"--ttl", "86400"}), Contains(" 86400 TXT"));
    CHECK_THAT(apply("short.example.com"),
               Contains("; TTL 300: the published records have only 1"));
}

TEST_CASE("authorize says of an alias that no record can exist there", "[cli][authorize]") {
    const TemporaryFile file(
        "em1.example.com. CNAME u9.prov.example.\nu9.prov.example. TXT \"v=spf1 -all\"\n");
    const std::vector<std::string> arguments{"authorize", "--zone", file.path(), "em1.example.com",
                                             "192.0.2.1"};
    const Run run = spfcheck(arguments);
    CHECK(run.status == 1);
    CHECK_THAT(run.out, Contains("is an alias (CNAME) of u9.prov.example"));
    CHECK_THAT(run.out, !Contains("Publish"));
    auto with_json = arguments;
    with_json.emplace_back("--json");
    CHECK(nlohmann::json::parse(spfcheck(with_json).out)["alias_of"] == "u9.prov.example");
    CHECK(authorize_json({"example.com", "192.0.2.99"})["alias_of"].is_null());
}

TEST_CASE("authorize exits with 5 if a relay cannot be looked up", "[cli][authorize]") {
    const TemporaryFile file("example.com. TXT \"v=spf1 -all\"\n$STATUS relay.example. servfail\n");
    const Run run =
        spfcheck({"authorize", "--zone", file.path(), "example.com", "relay.example", "--json"});
    CHECK(run.status == 5);
    const auto json = nlohmann::json::parse(run.out);
    CHECK(json["complete"] == false);
    CHECK(json["proposal"].is_null());
}

TEST_CASE("flatten escapes names and texts in the lines it prints, too", "[cli][rfc1035-5.1]") {
    const TemporaryFile file(
        "\\;x.example. TXT \"v=spf1 a -all\"\n\\;x.example. A 192.0.2.9\n"
        "x\\\\y.example. TXT \"v=spf1 a -all\"\nx\\\\y.example. A 192.0.2.9\n");
    const auto flat = [&file](const std::string& domain) {
        return spfcheck({"flatten", "--zone", file.path(), domain}).out;
    };
    CHECK_THAT(flat(";x.example"), Contains("\\;x.example. IN TXT \"v=spf1 ip4:192.0.2.9 -all\""));
    CHECK_THAT(flat("x\\y.example"), Contains("x\\\\y.example. IN TXT \"v=spf1 "));
}
