// diagnose calls a server ours only on proof: not one that forwards mail for the recipient, not a
// customer's computer, and not one that only the report's way suggests. What will be tried again,
// and what nobody knows, is said as such.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/suggested.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

namespace {

const std::string zone_text =
    "example.com. MX 10 mx.hoster.example.\n"
    "example.com. TXT \"v=spf1 ip4:192.0.2.0/28 -all\"\n"
    "mail.example.com. A 192.0.2.5\n"
    "5.2.0.192.in-addr.arpa. PTR mail.example.com.\n"
    "mail2.example.com. A 192.0.2.50\n"
    "50.2.0.192.in-addr.arpa. PTR mail2.example.com.\n"
    // Shared by the sender and a recipient.
    "mx.hoster.example. A 203.0.113.99\n"
    "shared.example. MX 10 mx.hoster.example.\n"
    // A recipient at a service, which forwards from the networks of its record.
    "hosted.example. MX 1 aspmx.l.google.com.\n"
    "aspmx.l.google.com. A 203.0.113.200\n"
    "_spf.google.com. TXT \"v=spf1 ip4:203.0.113.0/28 ~all\"\n"
    "mail-sor-f41.google.com. A 203.0.113.4\n"
    "4.113.0.203.in-addr.arpa. PTR mail-sor-f41.google.com.\n"
    // A recipient whose provider forwards from another host than the mail server.
    "partner.example. MX 10 mx.partner.example.\n"
    "mx.partner.example. A 203.0.113.98\n"
    "out.fwd.example. A 198.51.100.7\n"
    "7.100.51.198.in-addr.arpa. PTR out.fwd.example.\n"
    "final.example. MX 10 mx.final.example.\n"
    "mx.final.example. A 203.0.113.150\n"
    // A provider, which is a sender itself, with its customers.
    "telecom.example. TXT \"v=spf1 ip4:192.0.2.0/28 -all\"\n"
    "host-203-0-113-77.dyn.telecom.example. A 203.0.113.77\n"
    "77.113.0.203.in-addr.arpa. PTR host-203-0-113-77.dyn.telecom.example.\n"
    "cb00714e.dyn.telecom.example. A 203.0.113.78\n"
    "78.113.0.203.in-addr.arpa. PTR cb00714e.dyn.telecom.example.\n"
    "smtp-77-2.telecom.example. A 203.0.113.79\n"
    "79.113.0.203.in-addr.arpa. PTR smtp-77-2.telecom.example.\n";

const TemporaryFile& desk() {
    static const TemporaryFile file(zone_text);
    return file;
}

Run diagnose(std::vector<std::string> words) {
    words.insert(words.begin(), "diagnose");
    words.insert(words.end(), {"--zone", desk().path()});
    return spfcheck(words);
}

nlohmann::json json_of(std::vector<std::string> words) {
    words.emplace_back("--json");
    const Run run = diagnose(words);
    CAPTURE(words, run.err, run.out);
    return nlohmann::json::parse(run.out);
}

/// A report of a server about one recipient, for whom `fields` are given, with the topmost Received
/// field of the message of anna@example.com.
std::string report(const std::string& server, const std::string& fields,
                   const std::string& received) {
    return "From: MAILER-DAEMON@" + server +
           "\nTo: anna@example.com\nMIME-Version: 1.0\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
           "--b\nContent-Type: text/plain\n\nUndelivered.\n"
           "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; " +
           server + "\n\n" + fields +
           "\n--b\nContent-Type: message/rfc822\n\nReturn-Path: <anna@example.com>\nReceived: " +
           received +
           "; Tue, 5 May 2026 10:00:01 +0200\n"
           "From: <anna@example.com>\nSubject: x\n\nHello.\n--b--\n";
}

/// The fields of a recipient that a server refused.
std::string refused(const std::string& recipient, const std::string& server,
                    const std::string& words) {
    return "Final-Recipient: rfc822; " + recipient +
           "\nAction: failed\nStatus: 5.7.23\nRemote-MTA: dns; " + server +
           "\nDiagnostic-Code: smtp; 550 5.7.23 " + words + '\n';
}

std::string spf_failed(const std::string& ip) {
    return "SPF validation failed: " + ip + " may not send for example.com";
}

/// The step of this name; null if it was not reached.
nlohmann::json step(const nlohmann::json& json, const std::string& name) {
    for (const auto& each : json["steps"]) {
        if (each["step"] == name) return each;
    }
    return {};
}

}  // namespace

TEST_CASE("mail that failed behind the recipient's domain was forwarded, and nothing is authorized",
          "[cli][diagnose]") {
    if (lacks_gmime() || lacks_psl()) return;
    // The address as the sender wrote it is in the report, or only the server tells.
    const auto [recipient, forwarder, ip, knows_end] =
        GENERATE(table<std::string, std::string, std::string, bool>({
            {"ugo@hosted.example", "mail-sor-f41.google.com", "203.0.113.4", true},
            {"ugo@hosted.example", "mail-sor-f41.google.com", "203.0.113.4", false},
            {"ugo@partner.example", "out.fwd.example", "198.51.100.7", true},
            {"ugo@partner.example", "out.fwd.example", "198.51.100.7", false},
            {"ugo@shared.example", "mx.hoster.example", "203.0.113.99", true},
            {"ugo@shared.example", "mx.hoster.example", "203.0.113.99", false},
        }));
    CAPTURE(recipient, knows_end);
    const std::string original = "Original-Recipient: rfc822; " + recipient + '\n';
    const TemporaryFile mail(report(
        forwarder,
        (knows_end ? original : std::string()) +
            refused(knows_end ? "u@final.example" : recipient, "mx.final.example", spf_failed(ip)),
        "from mail.example.com (mail.example.com [192.0.2.5]) by " + forwarder +
            " with ESMTPS id 1"));
    const auto json = json_of({"--bounce", mail.path()});
    CHECK(json["situation"] == "forwarded");
    CHECK(json["side"] == "theirs");
    CHECK(json["client"]["tie"] == "forwarder");
    CHECK_THAT(diagnose({"--bounce", mail.path()}).out, !Contains("authorize"));
}

TEST_CASE("a server of ours stays ours, whatever the recipient's server is called",
          "[cli][diagnose]") {
    if (lacks_gmime()) return;
    const TemporaryFile mail(
        report("mail2.example.com",
               refused("ugo@partner.example", "mx.final.example", spf_failed("192.0.2.50")),
               "from pc (pc [192.0.2.9]) by mail2.example.com with ESMTPSA id 1"));
    CHECK(json_of({"--bounce", mail.path()})["situation"] == "own_server_missing");
}

TEST_CASE("a service is not taken for ours where it serves the recipient, too", "[cli][diagnose]") {
    const TemporaryFile pasted("550 5.7.23 " + spf_failed("203.0.113.4") + '\n');
    const auto about = [&](const std::string& recipient) {
        return json_of({"--bounce", pasted.path(), "--to", recipient});
    };
    CHECK(about("ugo@hosted.example")["client"]["tie"] == "none");
    CHECK_THAT(about("ugo@hosted.example")["verdict"].get<std::string>(),
               EndsWith("says the recipient's server"));
    CHECK(about("ugo@partner.example")["client"]["tie"] == "service");
}

TEST_CASE("a name that is made from an address does not make a customer's computer ours",
          "[cli][diagnose]") {
    const auto [ip, helo, situation] = GENERATE(table<std::string, std::string, std::string>({
        {"203.0.113.77", "", "not_authorized"},
        {"203.0.113.77", "host-203-0-113-77.dyn.telecom.example", "not_authorized"},
        {"203.0.113.78", "", "not_authorized"},
        {"203.0.113.79", "", "own_server_missing"},
    }));
    CAPTURE(ip, helo);
    const TemporaryFile pasted("550 5.7.23 SPF validation failed: " + ip +
                               " may not send for telecom.example\n");
    std::vector<std::string> words{"--bounce", pasted.path()};
    if (!helo.empty()) words.insert(words.end(), {"--helo", helo});
    const auto json = json_of(words);
    CHECK(json["situation"] == situation);
    CHECK((step(json, "whose")["state"] == "ok") == (situation == "own_server_missing"));
}

TEST_CASE("a temporary refusal for SPF is to be repaired while the server still tries",
          "[cli][diagnose]") {
    const auto [words, situation, status] = GENERATE(table<std::string, std::string, int>({
        {"451 4.7.23 SPF validation failed: 192.0.2.50 may not send for example.com",
         "own_server_missing", 1},
        {"421-4.7.26 Your email has been rate limited because SPF did not pass "
         "421 4.7.26 for 192.0.2.50 example.com",
         "own_server_missing", 1},
        {"451 4.7.23 SPF validation failed: 192.0.2.5 may not send for example.com", "delayed", 0},
        {"451 4.7.23 SPF validation failed", "delayed", 0},
        {"451 4.7.23 SPF validation failed: 192.0.2.50 may not send for elsewhere.test", "delayed",
         0},
        {"450 4.1.1 <bob@partner.example>: Recipient address rejected: unverified address: "
         "Address verification in progress",
         "delayed", 0},
        {"550 5.1.1 <bob@partner.example>: user unknown", "mailbox_unknown", 2},
    }));
    CAPTURE(words);
    const TemporaryFile pasted(words + '\n');
    const std::vector<std::string> all{
        "--bounce", pasted.path(), "--sender",
        words.find("elsewhere") == std::string::npos ? "anna@example.com" : "anna@elsewhere.test"};
    const Run run = diagnose(all);
    CAPTURE(run.out);
    CHECK(run.status == status);
    const auto json = json_of(all);
    CHECK(json["situation"] == situation);
    const std::string next = json["next"][0]["why"];
    CHECK((next.find("Your server still tries") == 0) == (situation == "own_server_missing"));
}

TEST_CASE("a client that only the way of the report suggests is called probable",
          "[cli][diagnose]") {
    if (lacks_gmime()) return;
    const std::string fields =
        refused("ugo@partner.example", "mx.partner.example", "SPF validation failed");
    const TemporaryFile mail(report(
        "out.fwd.example", fields, "from x (x [198.51.100.9]) by out.fwd.example with ESMTP id 1"));
    const Run run = diagnose({"--bounce", mail.path()});
    CHECK(run.status == 5);
    CHECK_THAT(run.out, StartsWith("SPF: 198.51.100.7 (out.fwd.example), which probably sent"));
    // Without words of a server that names it, a user of that relay is taken for the sender.
    const TemporaryFile signed_in(
        report("out.fwd.example", fields,
               "from x (x [198.51.100.9]) by out.fwd.example with ESMTPSA id 1"));
    const auto json = json_of({"--bounce", signed_in.path()});
    CHECK(json["situation"] == "relay_missing");
    CHECK(json["client"]["tie"] == "handed_on");
}

TEST_CASE("a final recipient that is no mail address does not hide what the server said",
          "[cli][diagnose][rfc3464-2.3.2]") {
    if (lacks_gmime()) return;
    const auto about = [](const std::string& reply) {
        const TemporaryFile mail(report(
            "mail.example.com", "Final-Recipient: rfc822; root@localhost\nAction: failed\n" + reply,
            "from mail.example.com (mail.example.com [192.0.2.5]) by mx.partner.example with "
            "ESMTP id 1"));
        return json_of({"--bounce", mail.path()});
    };
    const auto full = about("Status: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full\n");
    CHECK(full["situation"] == "mailbox_full");
    CHECK(full["side"] == "theirs");
    CHECK(step(full, "recipient")["state"] == "note");
    CHECK(json_of({"--to", "root@localhost"})["situation"] == "bad_address");
}

TEST_CASE("what is missing for a check is asked for: the client, or the sender",
          "[cli][diagnose]") {
    const TemporaryFile without_sender("550 5.7.23 SPF validation failed for 192.0.2.50\n");
    const TemporaryFile without_both("550 5.7.23 SPF validation failed\n");
    const auto next = [](const nlohmann::json& json) {
        CHECK(json["situation"] == "spf_unchecked");
        CHECK(json["next"][0]["command"].is_null());
        return json["next"][0]["why"].get<std::string>();
    };
    const auto known = json_of({"--bounce", without_sender.path()});
    CHECK_THAT(known["verdict"].get<std::string>(), Contains("192.0.2.50"));
    CHECK_THAT(next(known), Contains("--sender") && EndsWith("."));
    CHECK_THAT(next(json_of({"--bounce", without_both.path()})), Contains("--ip") && EndsWith("."));
    const Run piped =
        shell("$SPFCHECK diagnose - --zone " + desk().path() + " <" + without_sender.path());
    CHECK(piped.status == 5);
    CHECK_THAT(piped.out, EndsWith("--sender.\n"));
    // What was asked for leads on.
    CHECK(json_of({"--bounce", without_sender.path(), "--sender",
                   "anna@example.com"})["situation"] == "own_server_missing");
}

TEST_CASE("what is redacted is not kept as evidence", "[cli][diagnose]") {
    const Run run =
        spfcheck({"diagnose", "bob@example.com", "--redact", "--evidence", "/nonexistent/x.json"});
    CHECK(run.status == 64);
    CHECK_THAT(run.err, Catch::Contains("--evidence"));
}
