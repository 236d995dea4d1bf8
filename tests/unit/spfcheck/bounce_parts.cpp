// Bounces with a part for programs (RFC 3464, RFC 6533), and mails that are no bounces.

#include <fstream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

#include "support/bounces.hpp"
#include "support/catch.hpp"

namespace {

using spf::test::quoted;
using spf::test::status_bounce;
using spf::test::text_bounce;
using spf::test::told;

constexpr std::string_view unknown =
    "Reporting-MTA: dns; mail.example.org\n\nFinal-Recipient: rfc822; u@example.net\n"
    "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n";

std::string with_line_ends(std::string_view text, std::string_view end) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += end;
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

TEST_CASE("the part for programs is found whatever holds it", "[spfcheck][bounce][rfc3464]") {
    const std::string expected = "bounce: u@example.net 550 5.1.1 mailbox_unknown";
    CHECK(told(status_bounce(unknown)) == expected);
    CHECK(told(status_bounce(unknown, "Sorry.", "multipart/mixed")) == expected);
    CHECK(told(status_bounce(unknown, "Sorry.", "multipart/mx6d")) == expected);
    CHECK(told(status_bounce("\n\n" + std::string(unknown))) == expected);
}

TEST_CASE("lines of a bounce may end in LF, CR LF or CR", "[spfcheck][bounce]") {
    const std::string expected = "bounce: u@example.net 550 5.1.1 mailbox_unknown";
    CHECK(told(with_line_ends(status_bounce(unknown), "\r\n")) == expected);
    CHECK(told(with_line_ends(status_bounce(unknown), "\r")) == expected);
    CHECK(told("From MAILER-DAEMON Tue May  5 10:00:00 2026\n" + status_bounce(unknown)) ==
          expected);
}

TEST_CASE("each recipient has a cause of its own", "[spfcheck][bounce][rfc3464]") {
    CHECK(told(status_bounce(std::string(unknown) +
                             "\nFinal-Recipient: rfc822;v@example.net\nAction: delayed\n"
                             "Status: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 Mailbox full\n"
                             "\nFinal-Recipient: rfc822;w@example.net\nAction: relayed\n"
                             "Status: 2.1.9\n")) ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown; v@example.net 452 4.2.2 mailbox_full "
          "[delayed]; w@example.net - 2.1.9 other [relayed]");
}

TEST_CASE("a report of success is no bounce", "[spfcheck][bounce][rfc3464]") {
    CHECK(told(status_bounce("Final-Recipient: rfc822;u@example.net\nAction: delivered\n"
                             "Status: 2.1.5\n")) ==
          "delivered: u@example.net - 2.1.5 other [delivered]");
}

TEST_CASE("OpenSMTPD has the reply in the text alone", "[spfcheck][bounce]") {
    CHECK(told(status_bounce("Final-Recipient: rfc822; u@example.net\nAction: error\n"
                             "Status: 5.0.0\nDiagnostic-Code: smtp;\n",
                             "    Hi!\n\nu@example.net: 550 5.7.23 SPF validation failed\n",
                             "multipart/mixed")) == "bounce: u@example.net 550 5.7.23 spf");
}

TEST_CASE("a part without Status has the code of the reply", "[spfcheck][bounce]") {
    CHECK(told(status_bounce("Final-Recipient: rfc822; u@example.net\nAction: failed\n"
                             "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\n")) ==
          "bounce: u@example.net 552 5.2.2 mailbox_full");
}

TEST_CASE("a reply says more than a generic Status", "[spfcheck][bounce][rfc3464]") {
    CHECK(told(status_bounce("Final-Recipient: rfc822; u@example.net\nAction: failed\n"
                             "Status: 5.0.0\nDiagnostic-Code: X-Postfix; host mx.example.net"
                             "[198.51.100.5] said: 550 5.7.1 Rejected by DMARC policy\n")) ==
          "bounce: u@example.net 550 5.7.1 dmarc");
}

TEST_CASE("the original message and its header say nothing about the cause", "[spfcheck][bounce]") {
    const auto report = spfcheck::read_report(
        text_bounce("<u@example.net>:\nRemote host said: 550 5.1.1 no\n" + std::string(quoted)));
    REQUIRE(report);
    REQUIRE(report->recipients.size() == 1);
    CHECK(report->recipients[0].refusal.cause == spfcheck::Cause::mailbox_unknown);
    REQUIRE(report->original);
    CHECK(report->original->received.size() == 1);
    CHECK(report->original->return_path == "<a@example.org>");
    CHECK(report->original->author == "a@example.org");
}

TEST_CASE("text is decoded before it is read", "[spfcheck][bounce][rfc2045]") {
    const std::string head =
        "From: MAILER-DAEMON@mail.example.org\nTo: a@example.org\nSubject: Undelivered mail\n"
        "MIME-Version: 1.0\n";
    CHECK(told(head + "Content-Type: text/plain; charset=utf-8\n"
                      "Content-Transfer-Encoding: quoted-printable\n\n"
                      "<u@example.net>:\nRemote host said: 550 5.7.1 SPF check =\nfailed\n") ==
          "bounce: u@example.net 550 5.7.1 spf");
    // "<u@example.net>:\nRemote host said: 550 5.1.1 no\n"
    CHECK(told(head + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
                      "PHVAZXhhbXBsZS5uZXQ+OgpSZW1vdGUgaG9zdCBzYWlkOiA1NTAgNS4xLjEgbm8K\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
    // KOI8-R for "user not found"
    CHECK(told(head + "Content-Type: text/plain; charset=koi8-r\n\n<u@example.net>:\n550 "
                      "\xd0\xcf\xcc\xd8\xda\xcf\xd7\xc1\xd4\xc5\xcc\xd8 \xce\xc5 "
                      "\xce\xc1\xca\xc4\xc5\xce\n") ==
          "bounce: u@example.net 550 - mailbox_unknown");
    CHECK(told(head + "Content-Type: text/html\n\n<style>550 spf fail</style><p>Your message to "
                      "<b>u@example.net</b> couldn&#39;t be delivered.</p><pre>550 5.1.1 "
                      "&lt;u@example.net&gt;: not found</pre>\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("a bounce that was forwarded as an attachment is read", "[spfcheck][bounce]") {
    CHECK(told("From: a@example.org\nTo: support@example.org\nSubject: help\nMIME-Version: 1.0\n"
               "Content-Type: multipart/mixed; boundary=C\n\n--C\n\nSee the attachment.\n--C\n"
               "Content-Type: message/rfc822\n\n" +
               text_bounce("<u@example.net>:\nRemote host said: 550 5.1.1 no\n") + "\n--C--\n") ==
          "bounce: u@example.net 550 5.1.1 mailbox_unknown");
}

TEST_CASE("answers, complaints and other mails are no bounces", "[spfcheck][bounce]") {
    CHECK(told("Return-Path: <>\nFrom: u@example.net\nTo: a@example.org\n"
               "Subject: Automatic reply: Offer\nAuto-Submitted: auto-replied\n\nI am away. My SPF "
               "check failed.\n")
              .starts_with("auto_reply"));
    CHECK(
        told("From: u@example.net\nTo: a@example.org\nSubject: Read: Offer\nMIME-Version: 1.0\n"
             "Content-Type: multipart/report; report-type=disposition-notification; boundary=B\n\n"
             "--B\n\nread\n--B\nContent-Type: message/disposition-notification\n\n"
             "Final-Recipient: rfc822;u@example.net\n\n--B--\n")
            .starts_with("auto_reply"));
    CHECK(told("From: fbl@example.net\nTo: a@example.org\nSubject: complaint\nMIME-Version: 1.0\n"
               "Content-Type: multipart/report; report-type=feedback-report; boundary=B\n\n--B\n\n"
               "abuse\n--B\nContent-Type: message/feedback-report\n\nFeedback-Type: auth-failure\n"
               "\n--B--\n")
              .starts_with("complaint"));
    CHECK(told("From: b@example.net\nTo: a@example.org\nSubject: Lunch\n\nThe SPF check of "
               "u@example.net failed: 550 5.7.23\n") == "message");
}

TEST_CASE("what is empty is a failure, what says nothing is a message", "[spfcheck][bounce]") {
    CHECK(told(" \r\n") == "failure: it is empty");
    CHECK(told("Hello, see you at 500 Main Street.") == "message");
}

TEST_CASE("a long, deep or endless report is bounded", "[spfcheck][bounce]") {
    std::string deep =
        "From: MAILER-DAEMON@x.example\nSubject: Undelivered mail\n"
        "Content-Type: multipart/mixed; boundary=B0\n\n";
    for (int i = 0; i < 2000; ++i) {
        deep.append("--B").append(std::to_string(i)).append("\nContent-Type: multipart/mixed; ");
        deep.append("boundary=B").append(std::to_string(i + 1)).append("\n\n");
    }
    CHECK_FALSE(told(deep).empty());
    std::string many = "Final-Recipient: rfc822;a@example.net\nStatus: 5.1.1\n\n";
    for (int i = 0; i < 1000; ++i)
        many.append("Final-Recipient: rfc822;u@example.net\nStatus: 5.1.1\n\n");
    const auto report = spfcheck::read_report(status_bounce(many));
    REQUIRE(report);
    CHECK(report->recipients.size() == spfcheck::most_recipients);
}

TEST_CASE("bounces that servers sent are read right", "[spfcheck][bounce]") {
    const std::string folder = SPF_SUITES_DIR "/../mail/";
    std::ifstream table(folder + "bounces.json");
    if (!table) {
        WARN("SKIPPED: there are no bounces");
        return;
    }
    for (const auto& each : nlohmann::json::parse(table)) {
        const auto name = each.at("file").get<std::string>();
        CAPTURE(name);
        std::ifstream file(folder + name, std::ios::binary);
        const auto report =
            spfcheck::read_report(std::string(std::istreambuf_iterator<char>(file), {}));
        REQUIRE(report);
        if (each.at("cause") == "no_bounce") {
            CHECK(report->kind == spfcheck::MailKind::auto_reply);
            continue;
        }
        const auto& addresses = each.at("recipients");
        REQUIRE(report->recipients.size() == addresses.size());
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            const spfcheck::FailedRecipient& one = report->recipients[i];
            CHECK(one.address == addresses[i].get<std::string>());
            const auto& cause = each.at("cause");
            auto expected = (cause.is_array() ? cause[i] : cause).get<std::string>();
            if (expected == "greylisting") expected = "greylisted";
            CHECK(to_string(one.refusal.cause) == expected);
            if (each.contains("status") && each.at("status").is_string())
                CHECK(one.refusal.status == each.at("status").get<std::string>());
        }
    }
}
