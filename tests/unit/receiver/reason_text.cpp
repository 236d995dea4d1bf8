// The texts with which a site refuses messages in its own words.

#include "spf/receiver/reason_text.hpp"

#include <string>

#include "spf/report/smtp_reply.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Result;
using spf::receiver::Action;
using spf::receiver::ReasonText;
using spf::receiver::ReasonTextError;
using Code = ReasonTextError::Code;

namespace {

std::string text_of(std::string_view pattern, const spf::Outcome& outcome) {
    const auto reason = ReasonText::parse(pattern);
    return reason ? reason->text(outcome) : std::string(to_string(reason.error().code));
}

}  // namespace

TEST_CASE("each placeholder is replaced with its value", "[receiver][reason]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.helo = "mx.example.net";
    outcome.receiver = "mx.example.org";
    outcome.explanation = "see www.example.com";
    CHECK(text_of("{client} {helo} {sender} {identity} {domain} {result} {receiver}", outcome) ==
          "192.0.2.10 mx.example.net " + outcome.sender +
              " MAIL FROM example.com fail mx.example.org");
    CHECK(text_of("{domain} explains: {explanation}{problem}.", outcome) ==
          "example.com explains: see www.example.com.");
    CHECK(text_of("({problem})", outcome_of(Result::permerror)) ==
          "(" + outcome_of(Result::permerror).problem->message() + ")");
    outcome.identity = spf::Identity::helo;
    CHECK(text_of("{identity}", outcome) == "HELO");
}

TEST_CASE("two braces are one brace", "[receiver][reason]") {
    CHECK(text_of("{{client}} is {{{client}}}", outcome_of(Result::fail)) ==
          "{client} is {192.0.2.10}");
    CHECK(text_of("}}{{", outcome_of(Result::fail)) == "}{");
}

TEST_CASE("a text that cannot be sent is refused with the place of its error",
          "[receiver][reason]") {
    const auto error = [](std::string_view text) { return ReasonText::parse(text).error(); };
    CHECK(error("") == ReasonTextError{Code::empty, 0, {}});
    CHECK(error("  ") == ReasonTextError{Code::empty, 0, {}});
    CHECK(error(std::string(401, 'x')) == ReasonTextError{Code::too_long, 400, {}});
    CHECK(ReasonText::parse(std::string(400, 'x')));
    CHECK(error("one\ntwo") == ReasonTextError{Code::character, 3, {}});
    CHECK(error("caf\xc3\xa9") == ReasonTextError{Code::character, 3, {}});
    CHECK(error("see {url}") == ReasonTextError{Code::unknown_placeholder, 5, "url"});
    CHECK(error("{Client}") == ReasonTextError{Code::unknown_placeholder, 1, "Client"});
    CHECK(error("{}") == ReasonTextError{Code::unknown_placeholder, 1, ""});
    CHECK(error("from {client") == ReasonTextError{Code::open_brace, 5, {}});
    CHECK(error("a } b") == ReasonTextError{Code::close_brace, 2, {}});
    CHECK_THAT(error("see {url}").message(), Catch::Contains("url") && Catch::Contains("client"));
}

TEST_CASE("values that remote parties choose can neither end the line nor add lines",
          "[receiver][reason]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.helo = "a\r\n250 ok";
    outcome.explanation = std::string(10'000, 'x');
    const std::string text = text_of("{helo}: {explanation}", outcome);
    CHECK(text.find_first_of("\r\n") == std::string::npos);
    CHECK(text.size() <= 2 * ReasonText::max_value + 2);
    CHECK(text.starts_with("a\\x0d\\x0a250 ok: xxx"));
}

TEST_CASE("a site's own text takes the place of the lines of a reply", "[receiver][reason]") {
    spf::receiver::Decision decision;
    decision.verdict.action = Action::reject;
    decision.mail.mail_from = outcome_of(Result::fail);
    decision.reason = "Refused: fail for example.com";
    CHECK(spf::report::smtp_reply(decision)->to_string() ==
          "550 5.7.23 Refused: fail for example.com\r\n");
    decision.verdict.action = Action::mark;
    CHECK_FALSE(spf::report::smtp_reply(decision));
}

TEST_CASE("a reply has a line even if the site's own text is empty", "[receiver][reason]") {
    spf::receiver::Decision decision;
    decision.verdict.action = Action::reject;
    decision.mail.mail_from = outcome_of(Result::fail);
    for (const char* const empty : {"", " "}) {
        decision.reason = empty;
        CHECK_THAT(spf::report::smtp_reply(decision)->to_string(),
                   Catch::StartsWith("550-5.7.23 SPF check of MAIL FROM failed"));
    }
}
