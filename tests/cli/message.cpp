// `spfcheck check --message`: which client of a message is checked, and what untrusted senders
// cannot change.

#include "support/catch.hpp"
#include "support/spfcheck.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;
using namespace std::string_literals;

namespace {

const std::string by_backup =
    "Received: from backup.receiver.example (backup.receiver.example [198.51.100.25])\n"
    "\tby mx.receiver.example (Postfix) with ESMTPS id 1; Tue, 3 Jun 2025 09:00:10 +0000\n";
const std::string by_stranger =
    "Received: from relay.example (relay.example [198.51.100.7])\n"
    "\tby backup.receiver.example (Postfix) with ESMTP id 2; Tue, 3 Jun 2025 09:00:05 +0000\n";
const std::string forged =
    "Received: from mx.example.com (mx.example.com [192.0.2.33])\n"
    "\tby backup.receiver.example (Postfix) with ESMTPS id 3; Tue, 3 Jun 2025 09:00:00 +0000\n";
const std::string return_path = "Return-Path: <alice@example.com>\n";
const std::string rest = "From: alice@example.com\nSubject: x\n\nReceived: in the body\n";

const std::vector<std::string> trusted{"--trusted-relay", "198.51.100.25"};

std::string message(const std::string& name) { return SPF_SOURCE_DIR "/examples/messages/" + name; }

/// Checks a message with the backup trusted, and more arguments.
Run check_text(const std::string& text, std::vector<std::string> more = {}) {
    const TemporaryFile file(text);
    more.insert(more.end(), {"--message", file.path()});
    more.insert(more.end(), trusted.begin(), trusted.end());
    return check(more);
}

nlohmann::json json_of(const std::string& text, std::vector<std::string> more = {}) {
    more.emplace_back("--json");
    const Run run = check_text(text, std::move(more));
    CAPTURE(run.out, run.err);
    REQUIRE(run.err.empty());
    return nlohmann::json::parse(run.out);
}

}  // namespace

TEST_CASE("for mail through a trusted relay, the client of the relay is checked",
          "[cli][relayed]") {
    const Run direct = check({"--message", message("relayed.eml")});
    CHECK(direct.status == 1);
    CHECK_THAT(direct.out, StartsWith("fail: 198.51.100.25 may not send mail for example.com"));
    CHECK_THAT(direct.out, Contains("\nevaluated 198.51.100.25, the client of "
                                    "mx.receiver.example (Received line 1)\n"));

    const Run run =
        check({"--message", message("relayed.eml"), "--trusted-relay", "198.51.100.25"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, StartsWith("pass: 192.0.2.33 may send mail for example.com"));
    CHECK_THAT(run.out, Contains("\nevaluated 192.0.2.33, the client of "
                                 "198.51.100.25 (Received line 2)\n"));
    CHECK_THAT(run.out, Contains("MAIL FROM <alice@example.com>"));
}

TEST_CASE("JSON says which Received line was evaluated, only if there is a message",
          "[cli][relayed][json]") {
    const auto json = check_json({"--message", message("relayed.eml"), trusted[0], trusted[1]});
    CHECK(json["ip"] == "192.0.2.33");
    CHECK(json["received"]["line"] == 2);
    CHECK(json["received"]["ip"] == "192.0.2.33");
    CHECK(json["received"]["helo"] == "mx.example.com");
    CHECK(json["received"]["by"] == "backup.receiver.example");
    CHECK(json["received"]["protocol"] == "ESMTPS");
    CHECK(json["received"]["relay"] == "198.51.100.25");
    CHECK_THAT(json["received_spf"].get<std::string>(), Contains("client-ip=192.0.2.33;"));
    const auto direct = check_json({"--message", message("relayed.eml")});
    CHECK(direct["received"]["line"] == 1);
    CHECK(direct["received"]["relay"].is_null());
    CHECK_FALSE(
        check_json({"--ip", "192.0.2.33", "--helo", "mx.example.com"}).contains("received"));
}

TEST_CASE("forged Received lines have no effect on the verdict", "[cli][relayed][spoof]") {
    // The advice names the file, and says that there are further lines below.
    const auto verdict_of = [](const std::string& text) {
        nlohmann::json json = json_of(text);
        json.erase("advice");
        return json;
    };
    const Run example = check({"--message", message("forged.eml"), trusted[0], trusted[1]});
    CHECK(example.status == 1);
    CHECK_THAT(example.out, StartsWith("fail: 198.51.100.7 "));

    const auto honest = verdict_of(return_path + by_backup + by_stranger + rest);
    CHECK(honest["result"] == "fail");
    CHECK(honest["ip"] == "198.51.100.7");
    for (const std::string& below :
         {forged, by_backup + forged, std::string("Received: garbage\n"), std::string("no field\n"),
          "Received: from x ([198.51.100.25]) by y\n\0\r\x1b\n"s,
          std::string("Received: ((((((((\n"), std::string("Return-Path: <ann@neutral.example>\n"),
          std::string(100'000, '(') + "\n", "X: " + std::string(100'000, '(') + "\n",
          std::string(" \n\t\n\v\f\n")}) {
        CAPTURE(below.substr(0, 100));
        CHECK(verdict_of(return_path + by_backup + by_stranger + below + rest) == honest);
        CHECK(verdict_of(return_path + by_backup + by_stranger + below + forged + rest) == honest);
    }
}

TEST_CASE("a line of the chain that cannot be read is an error with its place, not a guess",
          "[cli][relayed]") {
    const Run no_client =
        check_text(return_path + by_backup + "Received: by x\n\t with y; z\n" + forged);
    CHECK(no_client.status == 65);
    CHECK(no_client.out.empty());
    CHECK_THAT(no_client.err, StartsWith("spfcheck: /tmp/spfcheck-test-") &&
                                  Contains(": Received line 2: the line does not begin with "
                                           "\"from\"") &&
                                  Contains("\n  by x with y; z\n  ^\n"));

    const Run imitated = check_text(
        return_path + by_backup +
        "Received: from a ([192.0.2.33]) (relay.example [198.51.100.7])\n\tby backup; x\n");
    CHECK(imitated.status == 65);
    CHECK_THAT(imitated.err,
               Contains("Received line 2: the line can be read in more than one way"));

    const Run nul =
        check_text(return_path + "Received: from a ([192.0.2.33]) by b\0 (x [198.51.100.7]); x\n"s);
    CHECK(nul.status == 65);
    CHECK_THAT(nul.err, Contains("Received line 1: the line holds a control character"));
    const Run lone_return =
        check_text(return_path + "Received: from a ([192.0.2.33]) b\ry b (x [198.51.100.7]); x\n");
    CHECK(lone_return.status == 65);
}

TEST_CASE("a line may be folded anywhere", "[cli][relayed][rfc5322-2.2.3]") {
    const std::string line = GENERATE(values<std::string>(
        {"Received: from relay.example (relay.example\n\t[198.51.100.7]) by b (Halon) with SMTP; "
         "x\n",
         "Received: from relay.example (relay.example\r\n        [198.51.100.7])\r\n by b; x\r\n",
         "Received:\n from x (relay.example [198.51.100.7]\n    (may be forged))\n by b; x\n",
         "Received: from unknown (HELO\n relay.example) ([198.51.100.7])\n  by b with SMTP; x\n"}));
    CAPTURE(line);
    CHECK(json_of(return_path + line + forged)["ip"] == "198.51.100.7");
    // Lines that an untrusted sender has folded are still that sender's.
    CHECK(json_of(return_path + by_backup + by_stranger + line)["received"]["line"] == 2);
}

TEST_CASE("a line of a program on the host names no client, and the message says so",
          "[cli][relayed]") {
    for (const std::string line :
         {"Received: by mx (Postfix, from userid 110)\n\tid 1; x\n",
          "Received: from www-data by mx with local (Exim 4.96)\n\tid 1; x\n",
          "Received: (qmail 1234 invoked by uid 89); x\n",
          "Received: from pop.example ([198.51.100.7]) by pc with POP3 (fetchmail-6.4.2); x\n"}) {
        const Run run = check_text(return_path + line + forged);
        CHECK(run.status == 65);
        CHECK(run.out.empty());
        CHECK_THAT(run.err, Contains("Received line 1: no server handed the message over here"));
        CHECK_THAT(run.err, Contains("a filter of your own"));
    }
    // An alias was expanded on the host: the next line shows it.
    const Run alias = check_text(return_path + "Received: by mx (Postfix)\n\tid 1; x\n" + forged);
    CHECK(alias.status == 0);
    CHECK_THAT(alias.out, Contains("(Received line 2)") && !Contains("no server handed"));
}

TEST_CASE("a message without a way through trusted relays is an error", "[cli][relayed]") {
    const auto [text, problem] = GENERATE(table<std::string, std::string>({
        {"", "there is no header"},
        {"\n" + by_stranger, "there is no header"},
        {" x\n" + by_stranger, "there is no header"},
        {std::string(1000, '\0'), "there is no header"},
        {return_path + rest, "no Received line"},
        {"no field\n" + by_stranger, "there is no header"},
        {return_path + "no field\n" + by_stranger, "no Received line"},
        {return_path + by_backup + rest, "every Received line names a trusted client"},
        {by_stranger + "X: " + std::string(2'000'000, 'x'), "the header is longer than 1 MiB"},
    }));
    const Run run = check_text(text);
    CAPTURE(text.substr(0, 100), run.err);
    CHECK(run.status == 65);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, StartsWith("spfcheck: /tmp/spfcheck-test-") && Contains(": " + problem));
}

TEST_CASE("a message that cannot be opened is an error that names it", "[cli][relayed]") {
    for (const std::string path : {"/nonexistent/message", "/tmp"}) {
        const Run run = check({"--message", path});
        CHECK(run.status == 65);
        CHECK_THAT(run.err, StartsWith("spfcheck: " + path + ": cannot be read: "));
    }
    CHECK_THAT(check({"--message", "-"}).err, StartsWith("spfcheck: standard input: "));
}

TEST_CASE("a message may come from standard input, have CRLF, and come from an mbox",
          "[cli][relayed]") {
    const Run piped =
        shell("\"$SPFCHECK\" check --zone '" + zone("example.zone") +
              "' --message - --trusted-relay 198.51.100.25 < '" + message("relayed.eml") + "'");
    CHECK(piped.status == 0);
    const std::string text = return_path + by_backup + forged + rest;
    std::string crlf;
    for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(check_text(crlf).status == 0);
    CHECK(check_text("From alice@example.com Tue Jun  3 09:00:10 2025\n" + text).status == 0);
    CHECK(check_text("\xef\xbb\xbf" + text).status == 0);
    CHECK(check_text(return_path + by_backup + forged).status == 0);  // only a header
    CHECK(check_text(text + std::string(3'000'000, 'x')).status == 0);
}

TEST_CASE("the sender is that of the Return-Path which a trusted server wrote",
          "[cli][relayed][rfc5321-4.4]") {
    const std::string chain = by_backup + forged;
    CHECK(json_of(return_path + chain + rest)["sender"] == "alice@example.com");
    CHECK(json_of(by_backup + return_path + forged + rest)["sender"] == "alice@example.com");
    CHECK(json_of("return-path :\n <alice@example.com>\n" + chain)["sender"] ==
          "alice@example.com");
    CHECK(json_of(return_path + "Return-Path: <ann@neutral.example>\n" + chain)["sender"] ==
          "alice@example.com");
    CHECK(json_of(return_path + chain, {"--sender", "ann@neutral.example"})["domain"] ==
          "neutral.example");

    const auto bounce = json_of("Return-Path: <>\n" + chain);
    CHECK(bounce["identity"] == "mailfrom");
    CHECK(bounce["sender"] == "postmaster@mx.example.com");

    for (const std::string& text : {chain + rest, chain + return_path + rest}) {
        const auto json = json_of(text);
        CHECK(json["identity"] == "helo");
        CHECK(json["domain"] == "mx.example.com");
        CHECK_THAT(check_text(text).out,
                   Contains("\nthe HELO name is checked, because there is neither "));
    }
}

TEST_CASE("HELO is that of the Received line, unless it is given", "[cli][relayed]") {
    const std::string text = return_path + by_backup + forged;
    CHECK(json_of(text)["helo"] == "mx.example.com");
    const auto json = json_of(text, {"--helo", "mail.mailer.example", "--identity", "helo"});
    CHECK(json["domain"] == "mail.mailer.example");
    CHECK(json["received"]["helo"] == "mx.example.com");
}

TEST_CASE("with --ip, the first Received line is that client's, if it is trusted",
          "[cli][relayed]") {
    const auto relay = json_of(return_path + forged + rest, {"--ip", "198.51.100.25"});
    CHECK(relay["ip"] == "192.0.2.33");
    CHECK(relay["received"]["line"] == 1);
    CHECK(relay["received"]["relay"] == "198.51.100.25");
    CHECK(relay["sender"] == "alice@example.com");

    // Nothing in an untrusted sender's message is believed: neither its lines nor its Return-Path.
    const std::vector<std::string> stranger{"--ip", "198.51.100.7", "--sender", "a@example.com"};
    const auto direct = json_of(return_path + forged + rest, stranger);
    CHECK(direct["ip"] == "198.51.100.7");
    CHECK(direct["received"].is_null());
    CHECK_THAT(
        check_text(return_path + forged + rest, stranger).out,
        Contains(
            "\nevaluated 198.51.100.7, the client itself, because it is not a trusted relay\n"));
    const Run nobody = check_text(return_path + forged + rest, {"--ip", "198.51.100.7"});
    CHECK(nobody.status == 64);
    CHECK_THAT(nobody.err, Contains("--sender or --helo is missing"));
}

TEST_CASE("trusted relays are networks, in one option or in several", "[cli][relayed]") {
    const std::string path = message("relayed.eml");
    for (const std::vector<std::string>& options :
         {std::vector<std::string>{"--trusted-relay", "198.51.100.0/24"},
          {"--trusted-relay", "2001:db8::/32,198.51.100.25"},
          {"--trusted-relay", "2001:db8::/32", "198.51.100.25"},
          {"--trusted-relay", "2001:db8::/32", "--trusted-relay", "198.51.100.25"}}) {
        std::vector<std::string> arguments{"--message", path};
        arguments.insert(arguments.end(), options.begin(), options.end());
        CHECK(check_json(arguments)["ip"] == "192.0.2.33");
    }
}

TEST_CASE("a HELO name cannot steer the terminal, nor break the JSON", "[cli][relayed][hostile]") {
    const std::string line = "Received: from \xff\xc3+\x9b (x [198.51.100.7]) by b\xff; x\n";
    const Run run = check_text(return_path + line);
    CHECK(run.status == 1);
    CHECK(run.out.find('\x9b') == std::string::npos);
    CHECK(json_of(return_path + line)["received"]["line"] == 1);
    const Run direct = check_text(return_path + "Received: by \x9b[2J\x1b[2J; x\n");
    CHECK(direct.status == 65);
    CHECK(direct.err.find('\x1b') == std::string::npos);
    CHECK(direct.err.find('\x9b') == std::string::npos);
}

TEST_CASE("a header of very many fields is read soon", "[cli][relayed][hostile]") {
    std::string many;
    for (int i = 0; i < 200'000; ++i) many += "a:\n";
    CHECK(check_text(return_path + by_backup + forged + many + rest).status == 0);
    std::string received;
    for (int i = 0; i < 50'000; ++i) received += "Received: x\n";
    CHECK(check_text(return_path + by_backup + forged + received + rest).status == 0);
}
