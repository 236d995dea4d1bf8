#include "spf/report/smtp_reply.hpp"

#include <sstream>

#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Result;
using spf::receiver::Action;
using spf::report::smtp_reply;
using spf::report::SmtpReply;

TEST_CASE("each result has the codes that RFC 7372 gives it, for good or for now",
          "[report][rfc7372-3.2]") {
    for (const Result result : all_results()) {
        CAPTURE(to_string(result));
        const bool is_error = result == Result::temperror || result == Result::permerror;
        const std::string detail = result == Result::fail ? ".7.23" : is_error ? ".7.24" : ".7.1";
        const SmtpReply reject = smtp_reply(outcome_of(result), Action::reject);
        CHECK(reject.code == 550);
        CHECK(reject.enhanced == "5" + detail);
        const SmtpReply defer = smtp_reply(outcome_of(result), Action::defer);
        CHECK(defer.code == 451);
        CHECK(defer.enhanced == "4" + detail);
        CHECK(defer.lines == reject.lines);
    }
}

TEST_CASE("a result that is not fail is named as what this server does not accept",
          "[report][rfc7208-8.5]") {
    CHECK(smtp_reply(outcome_of(Result::softfail), Action::reject).to_string() ==
          "550 5.7.1 The SPF result for MAIL FROM example.com from 192.0.2.10 is softfail. This "
          "server "
          "refuses mail with this result.\r\n");
}

TEST_CASE("an explanation is shown as the domain's own words", "[report][rfc7208-8.4]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.explanation = "Please see http://www.example.com/mailpolicy.html";
    outcome.explanation_domain = "example.com";
    const SmtpReply reply = smtp_reply(outcome, Action::reject);
    CHECK(reply.to_string() ==
          "550-5.7.23 SPF check of MAIL FROM failed: 192.0.2.10 may not send mail for "
          "example.com.\r\n"
          "550-5.7.23 The domain example.com explains:\r\n"
          "550 5.7.23 Please see http://www.example.com/mailpolicy.html\r\n");
    CHECK_THAT(reply.text(), Catch::EndsWith("explains: " + outcome.explanation));
}

TEST_CASE("without an explanation the reply says what would help", "[report][rfc7208-8.4]") {
    const SmtpReply reply = smtp_reply(outcome_of(Result::fail), Action::reject);
    CHECK_THAT(reply.text(), Catch::Contains("the administrator of example.com must add it"));
}

TEST_CASE("a permerror names problem and remedy", "[report][rfc7208-8.7]") {
    const SmtpReply reply = smtp_reply(outcome_of(Result::permerror), Action::reject);
    CHECK_THAT(
        reply.text(),
        Catch::Contains("prefix length") && Catch::Contains("RFC 7208, 5.6") &&
            Catch::EndsWith("For the domain owner: fix \"ip4:192.0.2.0/33\" in the record of "
                            "example.com: use /0 to /32."));
}

TEST_CASE("nothing that untrusted senders send breaks a reply", "[report][rfc5321-4.5.3.1.5]") {
    for (const Result result : all_results()) {
        for (const std::string& text : hostile_strings()) {
            CAPTURE(to_string(result), text.substr(0, 60), text.size());
            const SmtpReply reply = smtp_reply(hostile_outcome(result, text), Action::reject);
            const std::string prefix = std::to_string(reply.code);
            std::istringstream lines(reply.to_string());
            std::size_t count = 0;
            for (std::string line; std::getline(lines, line); ++count) {
                REQUIRE(line.size() + 1 <= 512);
                REQUIRE(line.back() == '\r');
                line.pop_back();
                REQUIRE(is_printable(line));
                const char separator = count + 1 == reply.lines.size() ? ' ' : '-';
                REQUIRE(line.starts_with(prefix + separator + reply.enhanced + ' '));
            }
            CHECK(count == reply.lines.size());
            CHECK(count <= 12);
            CHECK(is_printable(reply.text()));
        }
    }
}
