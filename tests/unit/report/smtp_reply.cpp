#include "spf/report/smtp_reply.hpp"

#include <sstream>

#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Result;

TEST_CASE("each result has the reply that RFC 7372 gives it, or none", "[report][rfc7372-3.2]") {
    for (const Result result : all_results()) {
        CAPTURE(to_string(result));
        const auto reply = spf::report::smtp_reply(outcome_of(result));
        const bool rejects =
            result == Result::fail || result == Result::temperror || result == Result::permerror;
        REQUIRE(reply.has_value() == rejects);
        if (!reply) continue;
        CHECK(reply->code == (result == Result::temperror ? 451 : 550));
        CHECK(reply->enhanced == (result == Result::fail        ? "5.7.23"
                                  : result == Result::temperror ? "4.7.24"
                                                                : "5.7.24"));
    }
}

TEST_CASE("an explanation is told as the domain's own words", "[report][rfc7208-8.4]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.explanation = "Please see http://www.example.com/mailpolicy.html";
    outcome.explanation_domain = "example.com";
    const auto reply = spf::report::smtp_reply(outcome);
    REQUIRE(reply);
    CHECK(reply->to_string() ==
          "550-5.7.23 SPF check of MAIL FROM failed: 192.0.2.10 may not send mail for "
          "example.com.\r\n"
          "550-5.7.23 The domain example.com explains:\r\n"
          "550 5.7.23 Please see http://www.example.com/mailpolicy.html\r\n");
    CHECK_THAT(reply->text(), Catch::EndsWith("explains: " + outcome.explanation));
}

TEST_CASE("without an explanation the reply says what would help", "[report][rfc7208-8.4]") {
    const auto reply = spf::report::smtp_reply(outcome_of(Result::fail));
    REQUIRE(reply);
    CHECK_THAT(reply->text(), Catch::Contains("whoever runs example.com has to add it"));
}

TEST_CASE("a permerror names problem and remedy", "[report][rfc7208-8.7]") {
    const auto reply = spf::report::smtp_reply(outcome_of(Result::permerror));
    REQUIRE(reply);
    CHECK_THAT(reply->text(), Catch::Contains("prefix length") && Catch::Contains("RFC 7208, 5.6"));
}

TEST_CASE("nothing that strangers send breaks a reply", "[report][rfc5321-4.5.3.1.5]") {
    for (const Result result : all_results()) {
        for (const std::string& text : hostile_strings()) {
            CAPTURE(to_string(result), text.substr(0, 60), text.size());
            const auto reply = spf::report::smtp_reply(hostile_outcome(result, text));
            if (!reply) continue;
            const std::string prefix = std::to_string(reply->code);
            std::istringstream lines(reply->to_string());
            std::size_t count = 0;
            for (std::string line; std::getline(lines, line); ++count) {
                REQUIRE(line.size() + 1 <= 512);
                REQUIRE(line.back() == '\r');
                line.pop_back();
                REQUIRE(is_printable(line));
                const char separator = count + 1 == reply->lines.size() ? ' ' : '-';
                REQUIRE(line.starts_with(prefix + separator + reply->enhanced + ' '));
            }
            CHECK(count == reply->lines.size());
            CHECK(count <= 12);
            CHECK(is_printable(reply->text()));
        }
    }
}
