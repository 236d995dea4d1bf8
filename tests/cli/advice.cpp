// What `spfcheck check` says to do next.

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

/// The commands of the advice, one per line.
std::string commands(const nlohmann::json& json) {
    std::string out;
    for (const auto& each : json["advice"]) {
        if (each["command"].is_string()) out += each["command"].get<std::string>() + '\n';
    }
    return out;
}

/// A message with these Received fields.
std::string message(const std::vector<std::string>& received) {
    std::string out = "Return-Path: <alice@example.com>\n";
    for (const std::string& each : received) out += "Received: " + each + '\n';
    return out + "Subject: x\n\nx\n";
}

nlohmann::json message_json(const std::string& path, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"--message", path};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return check_json(arguments);
}

}  // namespace

TEST_CASE("a command of the advice can be run as it is", "[cli][advice]") {
    const auto json = check_json({"--ip", "198.51.100.7", "--sender", "alice@example.com"});
    const std::string command = commands(json);
    REQUIRE_THAT(command, StartsWith("spfcheck authorize example.com 198.51.100.7 --zone "));
    const Run run = shell("$SPFCHECK" + command.substr(std::string("spfcheck").size()));
    CHECK(run.status == 1);
    CHECK_THAT(run.out, Contains("this record lets it"));
}

TEST_CASE("a private client is said to be none of the internet", "[cli][advice]") {
    for (const char* ip : {"172.18.0.1", "127.0.0.1", "fe80::1", "192.168.7.7"}) {
        const Run run = check({"--ip", ip, "--sender", "alice@example.com"});
        CHECK(run.status == 1);
        CHECK_THAT(run.out, Contains("no mail comes from it"));
        CHECK_THAT(run.out, !Contains("spfcheck authorize"));
        CHECK_THAT(run.out, !Contains("reject"));
    }
    CHECK_THAT(check({"--ip", "198.51.100.7", "--sender", "alice@example.com"}).out,
               !Contains("no mail comes from"));
}

TEST_CASE("if more Received lines follow, --trusted-relay comes next", "[cli][advice]") {
    if (cli_test::lacks_gmime()) return;
    const std::string relay = "from gw (gw [198.51.100.203]) by mx with ESMTP id 1; x";
    const std::string inside = "from localhost (localhost [127.0.0.1]) by mx with ESMTP id 2; x";
    const std::string origin = "from mail (mail [192.0.2.10]) by gw with ESMTPS id 3; x";
    const TemporaryFile relayed(message({relay, origin}));
    CHECK_THAT(commands(message_json(relayed.path())),
               Contains("--trusted-relay 198.51.100.203 --zone"));
    CHECK(message_json(relayed.path(), {"--trusted-relay", "198.51.100.203"})["result"] == "pass");
    const TemporaryFile filtered(message({inside, origin}));
    CHECK_THAT(commands(message_json(filtered.path())), Contains("--trusted-relay 127.0.0.1"));
    const TemporaryFile direct(message({relay}));
    CHECK_THAT(commands(message_json(direct.path())), !Contains("--trusted-relay"));
}

TEST_CASE("a client that had signed in is a user", "[cli][advice][rfc3848]") {
    if (cli_test::lacks_gmime()) return;
    const auto said = [](const std::string& protocol) {
        const TemporaryFile file(
            message({"from [203.0.113.155] (unknown [203.0.113.155]) by mail.example.com with " +
                     protocol + " id 1; x"}));
        return check({"--message", file.path()}).out;
    };
    CHECK_THAT(said("ESMTPSA"), Contains("signed in (\"with ESMTPSA\""));
    CHECK_THAT(said("esmtpa"), Contains("signed in (\"with esmtpa\""));
    CHECK_THAT(said("UTF8SMTPSA"), Contains("signed in"));
    CHECK_THAT(said("ESMTPSA"), !Contains("spfcheck authorize"));
    CHECK_THAT(said("ESMTPS"), !Contains("signed in"));
    CHECK_THAT(said("ESMTPS"), Contains("spfcheck authorize"));
}

TEST_CASE("what is wrong with a record is reported by its name", "[cli][advice]") {
    const auto said = [](const std::string& record, std::vector<std::string> more = {}) {
        const TemporaryFile file("example.com. TXT " + record +
                                 "\nb.example.com. TXT \"v=spf1 include:example.com -all\"\n");
        std::vector<std::string> arguments{"check",      "--zone",   file.path(),    "--ip",
                                           "192.0.2.89", "--sender", "u@example.com"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return spfcheck(arguments).out;
    };
    CHECK_THAT(said(R"("v=spf1 ip4:192.0.2.4\010 -all")"), Contains("line feed, 0x0a"));
    CHECK_THAT(said(R"("v=spf1 ip4:192.0.2.4 -all")"), !Contains("line feed"));
    CHECK_THAT(said("v=spf1 include:x.example ?all"), Contains("spfcheck fix example.com"));
    CHECK_THAT(said("\"some text\""), !Contains("spfcheck fix"));
    CHECK_THAT(said("\"v=spf1 include:b.example.com -all\""), Contains("leads back to itself"));
    CHECK_THAT(said("\"v=spf1 include:c.example.com -all\""), !Contains("leads back to itself"));
    const std::string macro = "\"v=spf1 exists:%{h}.x.example ~all\"";
    CHECK_THAT(said(macro), Contains("--helo NAME"));
    CHECK_THAT(said(macro, {"--helo", "mx.example"}), !Contains("--helo NAME"));
}

TEST_CASE("--json has the octet, the loop and the text that looks like a record", "[cli][advice]") {
    const TemporaryFile file(
        "example.com. TXT \"v=spf1 include:b.example.com -all\"\n"
        "b.example.com. TXT \"v=spf1 include:example.com -all\"\n"
        "c.example.com. TXT v=spf1 -all\n");
    const auto json = [&file](const std::string& domain) {
        return nlohmann::json::parse(spfcheck({"check", "--zone", file.path(), "--ip", "192.0.2.1",
                                               "--sender", "u@" + domain, "--json"})
                                         .out);
    };
    CHECK(json("example.com")["problem"]["loop"].is_string());
    CHECK(json("c.example.com")["problem"]["loop"].is_null());
    CHECK(json("c.example.com")["problem"]["text"] == "v=spf1-all");
}

TEST_CASE("a pass is compared with the domain in From:", "[cli][advice][rfc7489-3.1.2]") {
    if (cli_test::lacks_gmime()) return;
    const auto said = [](const std::string& from) {
        const TemporaryFile file(
            "From: " + from + '\n' +
            message({"from mail (mail [192.0.2.10]) by mx with ESMTPS id 3; x"}));
        return check({"--message", file.path()}).out;
    };
    for (const char* from :
         {"Shop <news@customer.example>", "\"a@example.com\" <b@customer.example>",
          "=?utf-8?q?a=40example=2Ecom?= <b@CUSTOMER.example>",
          "a@customer.example, b@customer.example"}) {
        CAPTURE(from);
        CHECK_THAT(said(from),
                   StartsWith("pass") && Contains("readers see customer.example") &&
                       Contains("spfcheck check --ip 192.0.2.10 --sender customer.example --zone"));
    }
    for (const char* from : {"Alice <alice@example.com>", "<a@news.Example.COM>", "nobody",
                             "a@customer.example, b@other.example", "group: a@customer.example;"}) {
        CAPTURE(from);
        CHECK_THAT(said(from), StartsWith("pass") && !Contains("DMARC"));
    }
}

TEST_CASE("a HELO name that no zone file has is said not to be checked", "[cli][advice]") {
    const auto said = [](const std::string& helo) {
        return check({"--ip", "192.0.2.10", "--sender", "alice@example.com", "--helo", helo}).out;
    };
    CHECK_THAT(said("no.such.name.invalid"),
               StartsWith("pass") &&
                   Contains("\nHELO no.such.name.invalid was not "
                            "checked: no.such.name.invalid is not in") &&
                   !Contains("temperror"));
    CHECK_THAT(said("mx.example.com"), Contains("\nHELO ") && !Contains("not checked"));
}
