// The answers of `spfcheck check`, for people and for programs.

#include <sstream>
#include <utility>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("the exit status tells the result, and so does the first line", "[cli][rfc7208-2.6]") {
    const auto [sender, ip, status, result] =
        GENERATE(table<std::string, std::string, int, std::string>({
            {"alice@example.com", "192.0.2.10", 0, "pass"},
            {"alice@example.com", "192.0.2.33", 0, "pass"},
            {"alice@example.com", "203.0.113.25", 0, "pass"},
            {"alice@example.com", "2001:db8:25::1", 0, "pass"},
            {"alice@example.com", "198.51.100.7", 1, "fail"},
            {"alice@nomail.example", "198.51.100.7", 1, "fail"},
            {"alice@moved.example", "198.51.100.7", 1, "fail"},
            {"alice@softfail.example", "198.51.100.7", 2, "softfail"},
            {"alice@neutral.example", "198.51.100.7", 3, "neutral"},
            {"alice@broken.example", "192.0.2.10", 4, "permerror"},
            {"alice@twice.example", "192.0.2.10", 4, "permerror"},
            {"alice@void.example", "192.0.2.10", 4, "permerror"},
            {"alice@toomany.example", "192.0.2.10", 4, "permerror"},
            {"alice@norecord.example", "192.0.2.10", 6, "none"},
            {"alice@nosuch.example.com", "192.0.2.10", 6, "none"},
            {"alice@nosuch.example", "192.0.2.10", 5, "temperror"},
            {"alice@localhost", "192.0.2.10", 6, "none"},
        }));
    CAPTURE(sender, ip);
    const Run run = check({"--ip", ip, "--sender", sender, "--helo", "relay.example"});
    CHECK(run.status == status);
    CHECK_THAT(run.out, StartsWith(result + ": "));
    CHECK(run.err.empty());
    const nlohmann::json json = check_json({"--ip", ip, "--sender", sender});
    CHECK(json["result"] == result);
}

TEST_CASE("failing name servers give temperror", "[cli][rfc7208-2.6.6]") {
    for (const std::string domain : {"slow.example", "servfail.example", "partner.example"}) {
        const Run run = spfcheck({"check", "--zone", zone("failing.zone"), "--ip", "192.0.2.10",
                                  "--sender", "alice@" + domain});
        CHECK(run.status == 5);
        CHECK_THAT(run.out, StartsWith("temperror: "));
    }
}

TEST_CASE("the first line is a sentence that suffices", "[cli]") {
    CHECK(first_line(check({"--ip", "192.0.2.10", "--sender", "alice@example.com"}).out) ==
          "pass: 192.0.2.10 may send mail for example.com (listed as \"ip4:192.0.2.0/28\")");
    CHECK(first_line(check({"--ip", "198.51.100.7", "--sender", "alice@example.com"}).out) ==
          "fail: 198.51.100.7 may not send mail for example.com (its record ends in \"-all\")");
}

TEST_CASE("output for people fits into 80 columns", "[cli]") {
    for (const std::string domain :
         {"example.com", "broken.example", "toomany.example", "void.example", "norecord.example",
          "nosuch.example", "softfail.example"}) {
        const Run run = check({"--ip", "198.51.100.7", "--sender", "alice@" + domain, "--trace"});
        std::istringstream lines(run.out);
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(line);
            CHECK(line.size() <= 86);  // the first line is never broken
        }
    }
}

TEST_CASE("a fail shows the domain's words, and asks whose server that is", "[cli]") {
    const Run run = check({"--ip", "198.51.100.7", "--sender", "alice@example.com"});
    CHECK_THAT(run.out, Contains("example.com says: 198.51.100.7 is not one of the mail servers"));
    CHECK_THAT(run.out, Contains("Whose server is 198.51.100.7?"));
    CHECK_THAT(run.out, Contains("  spfcheck authorize example.com 198.51.100.7"));
    CHECK_THAT(run.out, !Contains("ip4:198.51.100.7"));
}

TEST_CASE("a broken record is shown with the place underlined", "[cli]") {
    const Run run = check({"--ip", "192.0.2.10", "--sender", "alice@broken.example"});
    CHECK_THAT(run.out, Contains("  v=spf1 mx ip4:192.0.2.0/33 -all\n"
                                 "                                    ^^^\n"));
}

TEST_CASE("--trace shows each step in ASCII, or with boxes where the locale is UTF-8", "[cli]") {
    const std::vector<std::string> arguments{"--ip", "198.51.100.7", "--sender", "a@example.com",
                                             "--trace"};
    CHECK_THAT(check(arguments).out, Contains("\n|- mx: no match\n|  |- MX example.com: "));
    CHECK_THAT(check(arguments).out, Contains("\n|- -all: match\n"));
    CHECK_THAT(check(arguments, {"LC_ALL=C.UTF-8"}).out, Contains("\n\u251c\u2500 mx: no match\n"));
}

TEST_CASE("there are no colours but on a terminal or on request", "[cli]") {
    const std::vector<std::string> arguments{"--ip", "198.51.100.7", "--sender", "a@example.com",
                                             "--trace"};
    CHECK(check(arguments).out.find('\033') == std::string::npos);
    auto always = arguments;
    always.insert(always.end(), {"--color", "always"});
    CHECK_THAT(check(always).out, StartsWith("\033[1;31mfail\033[0m: "));
    always.back() = "never";
    CHECK(check(always).out == check(arguments).out);
}

TEST_CASE("JSON has all keys with their types, in a stable order", "[cli][json]") {
    const Run run = check({"--ip", "198.51.100.7", "--sender", "a@example.com", "--json"});
    const auto ordered = nlohmann::ordered_json::parse(run.out);
    std::vector<std::string> keys;
    for (const auto& [key, value] : ordered.items()) keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"result", "ip", "sender", "helo", "identity", "domain",
                                           "mechanism", "mechanism_domain", "explanation",
                                           "dns_lookups", "void_lookups", "ttl", "problem",
                                           "received_spf", "authentication_results", "smtp_reply",
                                           "helo_check", "advice"});
    CHECK(ordered["helo_check"].is_null());
    CHECK(ordered["explanation"].is_string());
    CHECK(ordered["mechanism"] == "-all");
    CHECK(ordered["dns_lookups"] == 2);
    CHECK(ordered["void_lookups"] == 0);
    CHECK(ordered["ttl"] == 3600);
    CHECK(ordered["problem"].is_null());
    CHECK_THAT(ordered["received_spf"].get<std::string>(), StartsWith("Received-SPF: fail ("));
    CHECK_THAT(ordered["authentication_results"].get<std::string>(),
               StartsWith("Authentication-Results: unknown; spf=fail"));
    CHECK(ordered["smtp_reply"]["code"] == 550);
    CHECK(ordered["smtp_reply"]["enhanced"] == "5.7.23");
    CHECK_THAT(ordered["smtp_reply"]["text"].get<std::string>(),
               Contains("The domain example.com explains:"));
    CHECK(run.out.find('\n') == run.out.size() - 1);
}

TEST_CASE("HELO is checked beside MAIL FROM, which alone decides the exit status",
          "[cli][rfc7208-2.3]") {
    const std::vector<std::string> both{"--ip",   "192.0.2.10",    "--sender", "alice@example.com",
                                        "--helo", "mx.example.com"};
    const Run run = check(both);
    CHECK(run.status == 0);
    CHECK_THAT(run.out, StartsWith("pass: 192.0.2.10 may send mail for example.com"));
    CHECK_THAT(run.out,
               Contains("\nHELO fail: 192.0.2.10 may not use the HELO name mx.example.com"));
    const auto json = check_json(both);
    CHECK(json["result"] == "pass");
    CHECK(json["helo_check"]["result"] == "fail");
    CHECK(json["helo_check"]["identity"] == "helo");
    CHECK(json["helo_check"]["domain"] == "mx.example.com");
}

TEST_CASE("a HELO name that was not checked is not shown as if it had been", "[cli][rfc7208-2.3]") {
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{"--helo", "[192.0.2.10]"},
          {"--helo", "localhost"},
          {"--helo", "mx.example.com", "--identity", "mailfrom"}}) {
        std::vector<std::string> arguments{"--ip", "192.0.2.10", "--sender", "alice@example.com"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        CAPTURE(more);
        CHECK_THAT(check(arguments).out, !Contains("HELO"));
        CHECK(check_json(arguments)["helo_check"].is_null());
    }
    // A bounce is one check, of postmaster at the HELO name (2.4).
    const auto bounce =
        check_json({"--ip", "192.0.2.10", "--sender", "", "--helo", "mx.example.com"});
    CHECK(bounce["domain"] == "mx.example.com");
    CHECK(bounce["helo_check"].is_null());
}

TEST_CASE("JSON tells a syntax error with its place, and a pass with nulls", "[cli][json]") {
    const auto broken = check_json({"--ip", "192.0.2.10", "--sender", "a@broken.example"});
    CHECK(broken["problem"]["code"] == "syntax_error");
    CHECK(broken["problem"]["domain"] == "broken.example");
    CHECK(broken["problem"]["text"] == "v=spf1 mx ip4:192.0.2.0/33 -all");
    CHECK(broken["problem"]["offset"].get<std::size_t>() +
              broken["problem"]["length"].get<std::size_t>() ==
          26);
    CHECK(broken["problem"]["rfc"] == "RFC 7208, 5.6");
    CHECK(broken["problem"]["message"].is_string());
    CHECK(broken["problem"]["remedy"].is_string());
    CHECK(broken["mechanism"].is_null());
    CHECK(broken["smtp_reply"]["enhanced"] == "5.7.24");

    const auto pass = check_json({"--ip", "192.0.2.10", "--sender", "a@example.com"});
    for (const char* key : {"explanation", "problem", "smtp_reply"}) CHECK(pass[key].is_null());

    const auto missing = check_json({"--ip", "192.0.2.10", "--sender", "a@norecord.example"});
    CHECK(missing["problem"]["code"] == "no_record");
    CHECK(missing["problem"]["offset"].is_null());
}

TEST_CASE("JSON has the trace only where it is asked for", "[cli][json]") {
    CHECK_FALSE(check_json({"--ip", "192.0.2.10", "--sender", "a@example.com"}).contains("trace"));
    const auto json = check_json({"--ip", "192.0.2.10", "--sender", "a@example.com", "--trace"});
    REQUIRE(json["trace"].is_array());
    CHECK(json["trace"][0]["kind"] == "check_host");
    CHECK(json["trace"][0]["result"] == "pass");
}

TEST_CASE("octets that are no UTF-8 are no error, neither here nor in header fields",
          "[cli][json]") {
    const auto json = check_json(
        {"--ip", "192.0.2.10", "--sender", "\xff\xfe@example.com", "--helo", "\xc3\x28\r\nX: y"});
    CHECK(json["result"] == "pass");
    CHECK(json["received_spf"].get<std::string>().find('\n') == std::string::npos);
}

TEST_CASE("the identity is the sender, or HELO where there is none", "[cli][rfc7208-2.4]") {
    const std::string helo = "mx.example.com";
    CHECK(check_json({"--ip", "192.0.2.33", "--helo", helo})["identity"] == "helo");
    for (const auto& sender :
         {std::vector<std::string>{"--sender", ""}, {"--sender="}, {"--sender", "<>"}}) {
        std::vector<std::string> arguments{"--ip", "192.0.2.33", "--helo", helo};
        arguments.insert(arguments.end(), sender.begin(), sender.end());
        const auto json = check_json(arguments);
        CHECK(json["result"] == "pass");
        CHECK(json["identity"] == "mailfrom");
        CHECK(json["domain"] == helo);
        CHECK(json["sender"] == "postmaster@" + helo);
        CHECK_THAT(json["authentication_results"].get<std::string>(),
                   Contains("smtp.helo=" + helo));
    }
    const auto both = check_json({"--ip", "192.0.2.33", "--helo", helo, "--sender",
                                  "a@softfail.example", "--identity", "helo"});
    CHECK(both["domain"] == helo);
    const auto domain = check_json({"--ip", "192.0.2.10", "--sender", "example.com"});
    CHECK(domain["sender"] == "postmaster@example.com");
}

TEST_CASE("U-labels become A-labels before anything is asked", "[cli][rfc8616-4]") {
    if (cli_test::lacks_idn2()) return;
    const TemporaryFile data("xn--bcher-kva.example. TXT \"v=spf1 ip4:192.0.2.10 -all\"\n");
    for (const std::string sender :
         {"a@b\u00fccher.example", "<a@B\u00dcCHER.example>", "b\u00fccher.example"}) {
        const Run run =
            spfcheck({"check", "--zone", data.path(), "--ip", "192.0.2.10", "--sender", sender});
        CAPTURE(sender, run.out);
        CHECK(run.status == 0);
        CHECK_THAT(run.out, Contains("xn--bcher-kva.example"));
    }
}

TEST_CASE("--limits changes the limits, and the output tells them", "[cli][rfc7208-4.6.4]") {
    const Run run = check({"--ip", "192.0.2.33", "--sender", "a@toomany.example", "--limits",
                           "dns_lookups=20,void_lookups=3"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, Contains("DNS 10 of 20, void 0 of 3"));
}

TEST_CASE("a name that no zone file holds is not known, and check says so", "[cli][zone]") {
    const TemporaryFile own(
        "example.com. TXT \"v=spf1 include:_spf.example.net a:gone.example.com -all\"\n"
        "example.com. A 192.0.2.1\nwww.sub.example.org. A 192.0.2.1\nalias.example.com. CNAME "
        "x.example.net.\n");
    const auto ask = [&own](const std::string& sender, std::vector<std::string> more = {}) {
        std::vector<std::string> all{"check",     "--zone",   own.path(), "--ip",
                                     "192.0.2.1", "--sender", sender};
        all.insert(all.end(), more.begin(), more.end());
        return spfcheck(all);
    };
    // The text without its line breaks.
    const auto in_one_line = [](const std::string& text) {
        std::istringstream words(text);
        std::string line;
        for (std::string word; words >> word;) line.append(line.empty() ? "" : " ").append(word);
        return line;
    };
    const std::string said = "is not in " + own.path() + ", and no name server was asked";
    for (const auto& [sender, name] : {std::pair{"a@example.net", "example.net"},
                                       {"a@example.com", "_spf.example.net"},
                                       {"a@alias.example.com", "x.example.net"},
                                       {"a@mail.sub.example.org", "mail.sub.example.org"}}) {
        CAPTURE(sender);
        const Run run = ask(sender);
        CHECK(run.status == 5);
        CHECK_THAT(in_one_line(run.out),
                   StartsWith("temperror: ") && Contains(std::string(name) + ' ' + said));
        CHECK_THAT(run.out, !Contains("does not exist") && !Contains("DNS failed"));
        const auto json = nlohmann::json::parse(ask(sender, {"--json"}).out);
        CHECK(json["result"] == "temperror");
        CHECK(json["problem"]["code"] == "not_in_zone");
        CHECK(json["problem"]["domain"] == name);
        CHECK_THAT(json["problem"]["message"].get<std::string>(), Contains(said));
    }
    // Names that do not exist in a zone of the file.
    for (const std::string sender :
         {"a@gone.example.com", "a@example.org", "a@x.www.sub.example.org"}) {
        CAPTURE(sender);
        const Run run = ask(sender);
        CHECK(run.status == 6);
        CHECK_THAT(run.out, !Contains("no name server was asked"));
    }
    // If there is a name server, too, the file says nothing about such a name.
    const Run asked = ask("a@example.net", {"--nameserver", "127.0.0.1:9", "--timeout", "2"});
    CHECK(asked.status == 69);
    CHECK_THAT(asked.out + asked.err, !Contains("no name server was asked"));
}

TEST_CASE("ptr and %{p} conclude nothing from reverse names that no zone file holds",
          "[cli][zone][rfc7208-5.5]") {
    const std::string policies =
        "example.com. TXT \"v=spf1 ptr -all\"\nexample.net. TXT \"v=spf1 exists:%{p}.example.net "
        "-all\"\nexample.org. TXT \"v=spf1 -all exp=why.%{p}.example\"\n";
    const auto status = [&](const std::string& reverse, const std::string& sender) {
        const TemporaryFile file(policies + reverse);
        const Run run = spfcheck(
            {"check", "--zone", file.path(), "--ip", "192.0.2.1", "--sender", sender, "--json"});
        const auto json = nlohmann::json::parse(run.out);
        if (run.status == 5) CHECK(json["problem"]["code"] == "not_in_zone");
        return run.status;
    };
    CHECK(status("", "a@example.com") == 5);
    CHECK(status("", "a@example.net") == 5);
    CHECK(status("", "a@example.org") == 1);  // an explanation decides nothing
    const std::string zone = "2.0.192.in-addr.arpa. SOA a. b. 1 2 3 4 5\n";
    CHECK(status(zone, "a@example.com") == 1);
    CHECK(status(zone, "a@example.net") == 1);
    const std::string name = "1.2.0.192.in-addr.arpa. PTR mail.example.com.\n";
    CHECK(status(name, "a@example.com") == 1);  // the file owns example.com, and mail is not in it
    CHECK(status("1.2.0.192.in-addr.arpa. PTR a.other.example.\n", "a@example.com") == 5);
    CHECK(status(name + "mail.example.com. A 192.0.2.1\n", "a@example.com") == 0);
    CHECK(status(name + "mail.example.com. A 192.0.2.2\n", "a@example.com") == 1);
}

TEST_CASE("a zone file is read up to a bound", "[cli][zone]") {
    const std::string check = "$SPFCHECK check --ip 192.0.2.1 --sender a@example.com --zone ";
    const Run zero = shell(check + "/dev/zero");
    CHECK(zero.status == 65);
    CHECK_THAT(zero.err, Contains("/dev/zero:1: a NUL octet"));
    CHECK(shell(check + "/dev/urandom").status == 65);
    const Run endless = shell("yes '; more' 2>/dev/null | " + check + "/dev/stdin");
    CHECK(endless.status == 65);
    CHECK_THAT(endless.err, Contains("is larger than 64 MiB"));
    const Run folder = shell(check + "/tmp");
    CHECK(folder.status == 65);
    CHECK_THAT(folder.err, Contains("is a directory"));
}

TEST_CASE("several zone files are one zone", "[cli]") {
    const TemporaryFile one("alias.example. CNAME real.example.\n");
    const TemporaryFile two("$ORIGIN example.\nreal TXT \"v=spf1 ip4:192.0.2.1 -all\"\n");
    const Run run = spfcheck({"check", "--zone", one.path(), "--zone", two.path(), "--ip",
                              "192.0.2.1", "--sender", "a@alias.example"});
    CHECK(run.status == 0);
}

TEST_CASE("a zone file may be a pipe, which can be read only once", "[cli][batch]") {
    const TemporaryFile other("other.example. TXT \"v=spf1 -all\"\n");
    const TemporaryFile input(
        "{\"id\": 1, \"ip\": \"192.0.2.10\", \"sender\": \"alice@example.com\"}\n");
    const std::string several = " --zone /dev/fd/3 --zone " + other.path();
    for (const std::string& arguments :
         {"check --ip 192.0.2.10 --sender alice@example.com --json" + several,
          "batch --json" + several, std::string("batch --json --jobs 3 --zone /dev/fd/3")}) {
        CAPTURE(arguments);
        const Run run = shell("cat " + zone("example.zone") + " | $SPFCHECK " + arguments +
                              " 3<&0 < " + input.path());
        CHECK(run.status == 0);
        CHECK_THAT(run.out, Contains("\"result\":\"pass\""));
    }
}

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

TEST_CASE("a command of the advice can be run as it stands", "[cli][advice]") {
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

TEST_CASE("where more Received lines follow, --trusted-relay comes next", "[cli][advice]") {
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

TEST_CASE("what is wrong with a record is told by its name", "[cli][advice]") {
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
    CHECK_THAT(said("v=spf1 include:x.example ?all"), Contains("spfcheck lint example.com"));
    CHECK_THAT(said("\"some text\""), !Contains("spfcheck lint"));
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
