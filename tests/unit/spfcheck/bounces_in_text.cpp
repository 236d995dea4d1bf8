// What the text of a bounce adds to its part for programs.

#include <ctime>
#include <string>

#include "bounce/bounce.hpp"
#include "support/catch.hpp"

namespace {

using spfcheck::read_report;
using spfcheck::Report;

/// A bounce with a text, and with a part for programs that has these fields about a recipient.
Report report(const std::string& text, const std::string& fields) {
    const auto out = read_report(
        "From: MAILER-DAEMON@mail.example.org\nTo: anna@example.org\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\n"
        "Content-Type: text/plain; charset=utf-8\n\n" +
        text +
        "\n--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n" +
        fields + "\n--B--\n");
    REQUIRE(out);
    return *out;
}

bool lacks_gmime() {
    if (SPF_WITH_GMIME) return false;
    WARN("SKIPPED: mails are read with gmime");
    return true;
}

}  // namespace

TEST_CASE("of a reply that sendmail shortens, the transcript has the other lines", "[bounces]") {
    if (lacks_gmime()) return;
    const Report read = report(
        "<u@example.net>\n    (reason: 550-5.7.26 The domain [example.org] has an SPF record)\n\n"
        "   ----- Transcript of session follows -----\n>>> .\n"
        "<<< 550-5.7.26 The domain [example.org] has an SPF record\n"
        "<<< 550 5.7.26 with a hard fail, but fails to pass with the ip: [192.0.2.7].\n"
        "554 5.0.0 Service unavailable\n",
        "Final-Recipient: rfc822; u@example.net\nAction: failed\nStatus: 5.0.0\n"
        "Diagnostic-Code: SMTP; 550-5.7.26 The domain [example.org] has an SPF record\n");
    REQUIRE(read.recipients.size() == 1);
    CHECK(read.recipients[0].refusal.claimed_ip == spf::IpAddress::v4(192, 0, 2, 7));
    CHECK(read.recipients[0].refusal.status == "5.7.26");
}

TEST_CASE("which command was refused is no part of the reply, even across lines", "[bounces]") {
    if (lacks_gmime()) return;
    const Report read = report(
        "<u@example.net>: host mx.example.net[198.51.100.25] said: 550 5.1.1 User unknown (in\n"
        "    reply to RCPT TO command)\n",
        "Final-Recipient: rfc822; u@example.net\nAction: failed\nStatus: 5.1.1\n");
    REQUIRE(read.recipients.size() == 1);
    CHECK(read.recipients[0].refusal.text == "550 5.1.1 User unknown");
}

TEST_CASE("the address of a recipient may have characters beyond ASCII", "[bounces][rfc6533]") {
    if (lacks_gmime()) return;
    const Report read = report(
        "", "Final-Recipient: utf-8; \xc3\xb9go@example.net\nAction: failed\nStatus: 5.1.1\n");
    REQUIRE(read.recipients.size() == 1);
    CHECK(read.recipients[0].address == "\xc3\xb9go@example.net");
}

TEST_CASE("who answers automatically or complains has got the message", "[bounces][rfc5965]") {
    if (lacks_gmime()) return;
    const auto answer = read_report(
        "From: Ugo <u@example.net>\nTo: anna@example.org\nAuto-Submitted: auto-replied\n\nAway.\n");
    REQUIRE(answer);
    CHECK(answer->kind == spfcheck::MailKind::auto_reply);
    REQUIRE(answer->recipients.size() == 1);
    CHECK(answer->recipients[0].address == "u@example.net");
    CHECK(answer->recipients[0].action == spfcheck::Action::delivered);

    const std::string complaint =
        "From: fbl@example.net\nTo: abuse@example.org\nMIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=B\n\n"
        "--B\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n";
    const auto named = read_report(complaint + "Original-Rcpt-To: <u@example.net>\n\n--B--\n");
    REQUIRE(named);
    CHECK(named->kind == spfcheck::MailKind::complaint);
    REQUIRE(named->recipients.size() == 1);
    CHECK(named->recipients[0].address == "u@example.net");
    const auto unnamed = read_report(complaint + "\n--B--\n");
    REQUIRE(unnamed);
    CHECK(unnamed->recipients.empty());
}

TEST_CASE("a bounce that was forwarded is read, and not the words in front of it", "[bounces]") {
    if (lacks_gmime()) return;
    const auto read = read_report(
        "From: anna@example.org\nTo: desk@example.org\nSubject: Fwd: failure notice\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\n"
        "Why? Our SPF does not fail.\n\n--B\nContent-Type: message/rfc822\n\n"
        "From: MAILER-DAEMON@mail.example.org\nTo: anna@example.org\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mail.example.org.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
        "<u@example.net>:\n198.51.100.25 does not like recipient.\n"
        "Remote host said: 550 5.1.1 unknown user\n\n--B--\n");
    REQUIRE(read);
    REQUIRE(read->recipients.size() == 1);
    CHECK(read->recipients[0].address == "u@example.net");
    CHECK(read->recipients[0].refusal.cause == spfcheck::Cause::mailbox_unknown);
}

TEST_CASE("the text of a bounce is read once, however many recipients it names", "[bounces]") {
    const auto seconds_for = [](int recipients) {
        std::string text;
        for (int i = 0; i < recipients; ++i) text += "<u" + std::to_string(i) + "@example.net>\n\n";
        for (int i = 0; i < 500; ++i) text += std::string(400, '9') + '\n';
        const std::clock_t begin = std::clock();
        REQUIRE(read_report(text));
        return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    };
    const double one = seconds_for(1);
    CHECK(seconds_for(150) < 20 * one + 0.5);
}
