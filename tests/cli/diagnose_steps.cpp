// diagnose walks from the recipient's address to the server that sent the mail, and stops at what
// decides. The verdicts about whole situations are in diagnose.cpp.

#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/spfcheck.hpp"
#include "support/suggested.hpp"

using namespace cli_test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

const std::string zone_text =
    "example.com. MX 10 mx.example.com.\n"
    "example.com. TXT \"v=spf1 ip4:192.0.2.0/28 include:_spf.google.com -all\"\n"
    "_dmarc.example.com. TXT \"v=DMARC1; p=reject\"\n"
    "mx.example.com. A 192.0.2.3\n"
    "news.example.com. TXT \"v=spf1 ip4:192.0.2.0/28 -all\"\n"
    "strict.example. TXT \"v=spf1 -all\"\n"
    "_dmarc.strict.example. TXT \"v=DMARC1; p=quarantine; aspf=s\"\n"
    "mail.strict.example. TXT \"v=spf1 ip4:192.0.2.0/28 -all\"\n"
    "out.example.com. A 192.0.2.40\n"
    "40.2.0.192.in-addr.arpa. PTR out.example.com.\n"
    "old.example.com. A 192.0.2.41\n"
    "41.2.0.192.in-addr.arpa. PTR nothing.example.com.\n"
    "stranger.example. A 198.51.100.9\n"
    "9.100.51.198.in-addr.arpa. PTR stranger.example.\n"
    "_spf.google.com. TXT \"v=spf1 ip4:203.0.113.0/28 ~all\"\n"
    "sendgrid.net. TXT \"v=spf1 ip4:198.51.100.128/25 ~all\"\n"
    "partner.example. MX 10 mx.partner.example.\n"
    "mx.partner.example. A 203.0.113.99\n"
    "plain.example. A 192.0.2.80\n"
    "silent.example. MX 0 .\n"
    "both.example. MX 0 .\nboth.example. MX 5 mx.partner.example.\n"
    "dead.example. MX 5 gone.dead.example.\n"
    "gone.dead.example. TXT \"no address\"\n"
    "text.example. TXT \"no mail here\"\n"
    "hotmial.it. MX 10 park.example.\npark.example. A 192.0.2.99\n"
    "gmial.com. TXT \"nothing\"\n"
    "gmx.at. TXT \"well known, whatever DNS says\"\n"
    "xn--bcher-kva.example. MX 10 mx.partner.example.\n";

const TemporaryFile& desk() {
    static const TemporaryFile file(zone_text);
    return file;
}

Run diagnose(std::vector<std::string> words, const std::vector<std::string>& environment = {}) {
    words.insert(words.begin(), "diagnose");
    words.insert(words.end(), {"--zone", desk().path()});
    return spfcheck(words, environment);
}

nlohmann::json json_of(std::vector<std::string> words) {
    words.emplace_back("--json");
    const Run run = diagnose(words);
    CAPTURE(words, run.err, run.out);
    return nlohmann::json::parse(run.out);
}

/// A message that a client handed to mx.partner.example.
std::string message(const std::string& client, const std::string& return_path,
                    const std::string& from) {
    return "Return-Path: <" + return_path + ">\nReceived: from " + client +
           "\n\tby mx.partner.example (Postfix) with ESMTP id 1;\n\tTue, 5 May 2026 10:00:02 "
           "+0200\n"
           "From: <" +
           from + ">\nTo: <ugo@partner.example>\nSubject: Offer 17\n\nHello.\n";
}

Run diagnose_message(const std::string& text, std::vector<std::string> words = {}) {
    const TemporaryFile file(text);
    words.insert(words.begin(), {"--message", file.path()});
    return diagnose(words);
}

nlohmann::json json_of_message(const std::string& text) {
    const TemporaryFile file(text);
    return json_of({"--message", file.path()});
}

/// The step of this name; null if it was not reached.
nlohmann::json step(const nlohmann::json& json, const std::string& name) {
    for (const auto& each : json["steps"]) {
        if (each["step"] == name) return each;
    }
    return {};
}

}  // namespace

TEST_CASE("the first step tells whether the recipient's domain takes mail",
          "[cli][diagnose][rfc5321-5.1][rfc7505]") {
    const auto [address, status, situation, evidence] =
        GENERATE(table<std::string, int, std::string, std::string>({
            {"ugo@partner.example", 0, "address_fine", "partner.example MX 10 mx.partner.example"},
            {"Ugo <ugo@PARTNER.example>", 0, "address_fine", "partner.example MX 10 "},
            {"ugo@plain.example", 0, "address_fine", "plain.example A 192.0.2.80"},
            {"ugo@silent.example", 2, "null_mx", "silent.example MX 0 ."},
            {"ugo@both.example", 0, "address_fine", "both.example MX 5 mx.partner.example"},
            {"ugo@dead.example", 2, "no_server", "dead.example MX 5 gone.dead.example"},
            {"ugo@text.example", 2, "no_server", "text.example MX no data"},
            {"ugo@no.partner.example", 1, "no_domain", "no.partner.example MX nxdomain"},
            {"ugo@elsewhere.test", 5, "dns_failure", ""},
            {"ugo@b\xc3\xbc"
             "cher.example",
             0, "address_fine", "xn--bcher-kva.example MX 10 "},
        }));
    CAPTURE(address);
    if (address.find('\xc3') != std::string::npos && lacks_idn2()) return;
    const Run run = diagnose({address});
    CHECK(run.status == status);
    const auto json = json_of({"--to", address});
    CHECK(json["situation"] == situation);
    CHECK(json["spf"].is_null());
    const auto shown = step(json, "recipient")["evidence"];
    CHECK_THAT(shown.is_null() ? std::string() : shown.get<std::string>(), Contains(evidence));
}

TEST_CASE("an address that cannot be one is refused with the reason",
          "[cli][diagnose][rfc5321-4.1.2]") {
    const auto [address, reason] = GENERATE(table<std::string, std::string>({
        {"@partner.example", "nothing before the \"@\""},
        {".ugo@partner.example", "a dot too many"},
        {"u..go@partner.example", "a dot too many"},
        {"u go@partner.example", "needs quotes"},
        {"\"ugo@partner.example", "quotes that are not closed"},
        {"ugo@partner..example", "no domain"},
        {"ugo@partner", "no domain"},
        {"ugo@par tner.example", "no domain"},
        {"ugo@[192.0.2]", "no IP address"},
        {std::string(65, 'u') + "@partner.example", "more than 64 octets"},
        {"u\xff@partner.example", "not UTF-8"},
    }));
    CAPTURE(address);
    const Run run = diagnose({"--to", address});
    CHECK(run.status == 1);
    const auto json = json_of({"--to", address});
    CHECK(json["situation"] == "bad_address");
    CHECK_THAT(step(json, "recipient")["text"].get<std::string>(), Contains(reason));
}

TEST_CASE("unusual addresses that are allowed are not refused",
          "[cli][diagnose][rfc5321-4.1.2][rfc6531]") {
    const std::string address =
        GENERATE(as<std::string>(), "\"u go\"@partner.example", "o'neil+x=y@partner.example",
                 "ugo@[192.0.2.1]", "ugo@[IPv6:2001:db8::1]", "j\xc3\xbcrg@partner.example");
    CAPTURE(address);
    const auto json = json_of({"--to", address});
    CHECK(json["situation"] == "address_fine");
    const std::string text = step(json, "recipient")["text"];
    CHECK((text.find("SMTPUTF8") != std::string::npos) ==
          (address.find('\xc3') != std::string::npos));
}

TEST_CASE("a likely typo is named only for a domain that takes no mail, or is known as one",
          "[cli][diagnose]") {
    CHECK_THAT(diagnose({"ugo@gmial.com"}).out,
               StartsWith("gmial.com receives no mail; did you mean gmail.com?\n") &&
                   Contains("spfcheck diagnose ugo@gmail.com --zone"));
    // A speculator has registered it, with an MX record.
    CHECK(json_of({"ugo@hotmial.it"})["situation"] == "typo");
    CHECK_THAT(diagnose({"ugo@hotmial.it"}).out,
               StartsWith("hotmial.it is probably a typing mistake; did you mean hotmail.it?\n"));
    // Well known itself, although gmx.de and others are near.
    CHECK(json_of({"ugo@gmx.at"})["situation"] == "no_server");
    // Takes mail, so it was meant.
    CHECK(json_of({"ugo@plain.example"})["situation"] == "address_fine");
}

TEST_CASE("the second step shows the Received line that names the client",
          "[cli][diagnose][message]") {
    if (lacks_gmime()) return;
    const Run run = diagnose_message(message("mx.example.com (mx.example.com [192.0.2.3])",
                                             "anna@example.com", "anna@example.com"),
                                     {"--to", "ugo@partner.example"});
    CHECK(run.status == 0);
    CHECK_THAT(run.out, StartsWith("Nothing wrong on your side: SPF passes for example.com"));
    CHECK_THAT(run.out, Contains("> Received: from mx.example.com (mx.example.com [192.0.2.3])"));
    CHECK_THAT(run.out, Contains("partner.example takes mail"));
}

TEST_CASE("a message without Return-Path is checked for the domain in From", "[cli][diagnose]") {
    if (lacks_gmime()) return;
    std::string text = message("a (a [192.0.2.3])", "x@y.example", "anna@example.com");
    text.erase(0, text.find('\n') + 1);
    const auto json = json_of_message(text);
    CHECK(json["spf"]["sender"] == "postmaster@example.com");
    CHECK_THAT(step(json, "spf")["text"].get<std::string>(), Contains("MAIL FROM is not known"));
    // So nothing is known about alignment.
    CHECK(json["dmarc"].is_null());
    CHECK_THAT(json["verdict"].get<std::string>(), !Contains("aligned"));
}

TEST_CASE("a copy that the sender kept shows no server, so the address is asked for",
          "[cli][diagnose]") {
    if (lacks_gmime()) return;
    const TemporaryFile copy("From: <anna@example.com>\nTo: <ugo@partner.example>\n\nHello.\n");
    const Run run = diagnose({"--message", copy.path(), "--to", "ugo@partner.example"});
    CHECK(run.status == 5);
    CHECK_THAT(run.out, StartsWith("Nothing shows which server sent the mail for example.com"));
    REQUIRE(suggested_in(run.out).size() == 1);
    // The address that a person gives stands for the one that the message does not show.
    CHECK(run_suggested(suggested_in(run.out).front()).status < 64);
    const auto json = json_of({"--message", copy.path(), "--ip", "192.0.2.3"});
    CHECK(json["situation"] == "nothing_wrong");
    CHECK(json["client"]["source"] == "given");
}

TEST_CASE("what cannot be told without DNS is not called ours or theirs", "[cli][diagnose]") {
    const TemporaryFile pasted(
        "550 5.7.23 SPF validation failed: 192.0.2.3 may not send for elsewhere.test\n");
    const Run run = diagnose({"--bounce", pasted.path()});
    CHECK(run.status == 5);
    CHECK_THAT(run.out, StartsWith("SPF, says the recipient's server; whether rightly, DNS does "));
}

TEST_CASE("each recipient of a bounce has a verdict, and the page is about the one to repair",
          "[cli][diagnose]") {
    if (lacks_gmime()) return;
    const auto part = [](const std::string& to, const std::string& status,
                         const std::string& words) {
        return "\nFinal-Recipient: rfc822; " + to + "\nAction: failed\nStatus: " + status +
               "\nRemote-MTA: dns; mx.partner.example\nDiagnostic-Code: smtp; 550 " + status + ' ' +
               words + '\n';
    };
    const TemporaryFile mail(
        "From: MAILER-DAEMON@mx.example.com\nTo: anna@example.com\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nUndelivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n" +
        part("ugo@partner.example", "5.2.2", "mailbox full") +
        part("ada@partner.example", "5.7.23",
             "SPF validation failed: 192.0.2.40 may not send for example.com") +
        "\n--b\nContent-Type: message/rfc822\n\nReturn-Path: <anna@example.com>\n"
        "From: <anna@example.com>\nSubject: x\n\nHello.\n--b--\n");
    const auto json = json_of({"--bounce", mail.path()});
    CHECK(json["situation"] == "own_server_missing");
    REQUIRE(json["recipients"].size() == 2);
    CHECK(json["recipients"][0]["situation"] == "mailbox_full");
    CHECK(json["recipients"][1]["situation"] == "own_server_missing");
    const Run run = diagnose({"--bounce", mail.path()});
    CHECK(run.status == 1);
    CHECK_THAT(run.out, Contains("Others    The mailbox of ugo@partner.example is full"));
}

TEST_CASE("alignment is relaxed or strict, as the policy of the domain in From says",
          "[cli][diagnose][rfc7489-3.1.2]") {
    if (lacks_gmime() || lacks_psl()) return;
    const auto [sender, author, alignment, counts, situation] =
        GENERATE(table<std::string, std::string, std::string, bool, std::string>({
            {"a@example.com", "a@example.com", "strict", true, "nothing_wrong"},
            {"a@news.example.com", "a@example.com", "relaxed", true, "nothing_wrong"},
            {"a@mail.strict.example", "a@strict.example", "relaxed", false, "not_aligned"},
            {"a@example.com", "a@strict.example", "none", false, "not_aligned"},
        }));
    CAPTURE(sender, author);
    const auto json = json_of_message(message("a (a [192.0.2.3])", sender, author));
    CHECK(json["dmarc"]["alignment"] == alignment);
    CHECK(json["dmarc"]["counts"] == counts);
    CHECK(json["situation"] == situation);
    CHECK(json["side"] == (counts ? "nobody" : "ours"));
}

TEST_CASE("a policy at the organizational domain holds for sub-domains, with its sp",
          "[cli][diagnose][rfc7489-6.6.3]") {
    if (lacks_gmime() || lacks_psl()) return;
    const TemporaryFile mail(
        message("a (a [192.0.2.3])", "a@news.example.com", "a@news.example.com"));
    const auto policy = [&](const std::string& record) {
        return json_of({"--message", mail.path(), "--with",
                        "_dmarc.example.com TXT " + record})["dmarc"]["policy"];
    };
    CHECK(policy("v=DMARC1; p=reject") == "reject");
    CHECK(policy("v=DMARC1; p=reject; sp=none") == "none");
    CHECK(policy("v=DMARC1;p=nonsense") == "none");
    CHECK(policy("v=DMARC2; p=reject").is_null());
}

TEST_CASE("whose server it is, is answered before it is proposed to add it", "[cli][diagnose]") {
    const auto [ip, situation, tie, status] =
        GENERATE(table<std::string, std::string, std::string, int>({
            {"192.0.2.40", "own_server_missing", "name", 1},
            {"192.0.2.200", "forgery", "none", 0},
            {"198.51.100.9", "forgery", "none", 0},
            {"198.51.100.130", "service_missing", "service", 1},
            {"203.0.113.99", "forwarded", "forwarder", 2},
        }));
    CAPTURE(ip);
    const std::vector<std::string> words{"--to",     "ugo@partner.example", "--ip", ip,
                                         "--sender", "anna@example.com"};
    const auto json = json_of(words);
    CHECK(json["situation"] == situation);
    CHECK(json["client"]["tie"] == tie);
    CHECK(diagnose(words).status == status);
    const bool proposes = !json["next"][0]["command"].is_null();
    CHECK(proposes == (situation != "forwarded"));
    if (proposes)
        CHECK_THAT(json["next"][0]["command"].get<std::string>(),
                   StartsWith("spfcheck authorize example.com " + ip));
}

TEST_CASE("a reverse name that does not lead back proves nothing", "[cli][diagnose][rfc7208-5.5]") {
    const auto json = json_of({"--ip", "192.0.2.41", "--sender", "anna@example.com"});
    CHECK(json["situation"] == "forgery");
    CHECK(json["client"]["name"].is_null());
}

TEST_CASE("what a server says is compared with what DNS says now, for the address it names",
          "[cli][diagnose]") {
    const auto [words, situation, agrees] = GENERATE(table<std::string, std::string, bool>({
        {"550 5.7.23 SPF validation failed: 192.0.2.3 may not send for example.com", "repaired",
         false},
        {"550 5.7.23 SPF validation failed: 192.0.2.40 may not send for example.com",
         "own_server_missing", true},
    }));
    const TemporaryFile pasted(words);
    const auto json = json_of({pasted.path()});
    CHECK(json["situation"] == situation);
    CHECK(json["kind"] == "bounce");
    CHECK(json["recipients"][0]["cause"] == "spf");
    CHECK(json["spf"]["ip"] == json["recipients"][0]["claimed_ip"]);
    CHECK_THAT(step(json, "spf")["text"].get<std::string>(),
               Contains(agrees ? "their server says so, too" : "their server said otherwise"));
}

TEST_CASE("pasted words are about the address of --to, and may come from standard input",
          "[cli][diagnose]") {
    const TemporaryFile pasted("550 5.1.1 <bob>: user unknown\n");
    const std::string command = "$SPFCHECK diagnose --to bob@partner.example --bounce - --zone " +
                                desk().path() + " <" + pasted.path();
    const Run run = shell(command);
    CHECK(run.status == 2);
    CHECK_THAT(run.out, StartsWith("bob@partner.example does not exist; check the address\n"));
    const Run implied = shell("$SPFCHECK diagnose --zone " + desk().path() + " <" + pasted.path());
    CHECK(implied.status == 2);
}

TEST_CASE("--redact leaves no name of a user, no inner host and no subject in text and JSON",
          "[cli][diagnose]") {
    const TemporaryFile pasted(
        "550 5.7.23 <bob.smith@partner.example>: SPF fail, 192.0.2.40 may not send for "
        "example.com (anna.rossi@example.com via pc7.office.lan), Subject: Secret plan\n");
    const std::vector<std::string> words{"--bounce", pasted.path(),
                                         "--to",     "bob.smith@partner.example",
                                         "--sender", "anna.rossi@example.com",
                                         "--redact"};
    std::vector<std::string> as_json = words;
    as_json.emplace_back("--json");
    const Run text = diagnose(words);
    const Run json = diagnose(as_json);
    for (const std::string& out : {text.out, json.out}) {
        CAPTURE(out);
        for (const char* secret : {"bob", "smith", "anna", "rossi", "pc7", "office", "Secret"})
            CHECK_THAT(out, !Contains(secret));
        CHECK_THAT(out, Contains("@partner.example"));
        CHECK_THAT(out, Contains("192.0.2.40"));
    }
    // The same person has the same placeholder.
    const auto parsed = nlohmann::json::parse(json.out);
    const std::string recipient = parsed["recipients"][0]["recipient"];
    CHECK_THAT(recipient, StartsWith("user-"));
    CHECK_THAT(parsed["recipients"][0]["text"].get<std::string>(), Contains(recipient));
    CHECK_THAT(diagnose({"--to", "bob@partner.example"}).out, Contains("bob@"));
}

TEST_CASE("hostile texts of a mail do not reach the terminal", "[cli][diagnose]") {
    if (lacks_gmime()) return;
    const std::string odd = "\x1b[31mx\x07\xe2\x80\xae";
    const Run run = diagnose_message(
        message(odd + " (" + odd + " [192.0.2.40])", odd + "@example.com", odd + "@example.com"));
    const Run other = diagnose({"--to", "a" + odd + "@partner.example"});
    const TemporaryFile pasted("550 5.7.1 SPF fail " + odd + " for 192.0.2.40 example.com\n");
    const Run third = diagnose({"--bounce", pasted.path()});
    for (const Run& each : {run, other, third}) {
        CAPTURE(each.out, each.err);
        for (const char c : each.out + each.err) CHECK((c == '\n' || (c >= ' ' && c <= '~')));
    }
}

TEST_CASE("a page fits on a screen, and its commands run as printed", "[cli][diagnose][screen]") {
    const auto [words, options] = GENERATE(table<std::string, std::vector<std::string>>({
        {"", {"--to", "ugo@gmial.com"}},
        {"", {"--ip", "198.51.100.9", "--sender", "anna@example.com", "--helo", "x.example.com"}},
        {"550 5.7.1 SPF: 192.0.2.40 is not allowed for example.com " + std::string(400, 'x'),
         {"--to", "ugo@partner.example"}},
        {"550 5.7.26 DMARC policy of example.com rejects this",
         {"--to", "ugo@partner.example", "--ip", "192.0.2.40", "--sender", "anna@example.com"}},
    }));
    const TemporaryFile pasted(words);
    std::vector<std::string> all = options;
    if (!words.empty()) all.insert(all.end(), {"--bounce", pasted.path()});
    const Run run = diagnose(all);
    CAPTURE(run.out);
    CHECK(std::count(run.out.begin(), run.out.end(), '\n') < 24);
    for (std::size_t at = 0; at < run.out.size();) {
        const std::size_t end = run.out.find('\n', at);
        CHECK(end - at <= 80);
        at = end + 1;
    }
    const std::vector<std::string> commands = suggested_in(run.out);
    CHECK(commands.size() == 1);
    for (const std::string& each : commands) {
        const Run next = run_suggested(each);
        CAPTURE(each, next.err);
        CHECK(next.status < 64);
    }
}

TEST_CASE("nothing to diagnose, two files, and a file that says nothing are errors",
          "[cli][diagnose]") {
    const TemporaryFile nothing("hello\nworld\n");
    CHECK(diagnose({}).status == 64);
    CHECK(diagnose({"--bounce", nothing.path(), "--message", nothing.path()}).status == 64);
    CHECK(diagnose({"--ip", "192.0.2.300"}).status == 64);
    const Run unknown = diagnose({nothing.path()});
    CHECK(unknown.status == 65);
    CHECK_THAT(unknown.err, Contains("neither a bounce, a refusal or lines of a log"));
    CHECK(diagnose({"/no/such/file"}).status == 65);
    const Run none = spfcheck({"diagnose", "a@b.example", "--nameserver", "127.0.0.1:1"});
    CHECK(none.status == 69);
}

TEST_CASE("the services that were asked are part of the evidence", "[cli][diagnose][evidence]") {
    const TemporaryFile place("");
    const std::string evidence = place.path() + ".evidence";
    const Run run = diagnose(
        {"--ip", "198.51.100.130", "--sender", "anna@example.com", "--evidence", evidence});
    CHECK_THAT(run.out, Contains("SendGrid"));
    CHECK(spfcheck({"verify", evidence}).status == 0);
    shell("rm -f " + evidence);
}

TEST_CASE("a diagnosis can be kept as evidence, and comes out the same from it",
          "[cli][diagnose][evidence]") {
    const TemporaryFile pasted(
        "550 5.7.23 SPF validation failed: 192.0.2.40 may not send for example.com\n");
    const std::string evidence = pasted.path() + ".evidence";
    const Run run = diagnose({"--bounce", pasted.path(), "--evidence", evidence});
    CHECK(run.status == 1);
    const Run again = spfcheck({"verify", evidence});
    CAPTURE(again.out, again.err);
    CHECK(again.status == 0);
    shell("rm -f " + evidence);
}
