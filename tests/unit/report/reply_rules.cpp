// Replies as the interfaces of mail servers accept them.

#include <algorithm>
#include <string>
#include <vector>

#include "spf/report/smtp_reply.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Result;
using spf::receiver::Action;
using spf::report::milter_rules;
using spf::report::postfix_policy_rules;
using spf::report::ReplyRules;
using spf::report::smtp_reply;
using spf::report::smtp_rules;
using spf::report::SmtpReply;

namespace {

using Lines = std::vector<std::string>;

SmtpReply reply_with(Lines lines) {
    return {.code = 550, .enhanced = "5.7.23", .lines = std::move(lines)};
}

/// Returns the reply as Postfix sends it if a policy server refuses a recipient.
std::string as_postfix_sends(const SmtpReply& reply, const std::string& recipient) {
    const Lines lines = reply.lines_for(postfix_policy_rules(recipient));
    REQUIRE(lines.size() == 1);
    return "550 5.7.23 <" + recipient + ">: Recipient address rejected: " + lines.front() + "\r\n";
}

std::string words(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "word ";
    return text + "end";
}

}  // namespace

TEST_CASE("a program that speaks SMTP itself sends the lines as they are",
          "[report][rfc5321-4.2]") {
    for (const Result result : all_results()) {
        spf::Outcome outcome = outcome_of(result);
        outcome.explanation = words(300);
        const SmtpReply reply = smtp_reply(outcome, Action::reject);
        CHECK(reply.lines_for(smtp_rules()) == reply.lines);
    }
}

TEST_CASE("a milter doubles each percent sign", "[report][milter]") {
    CHECK(reply_with({"100% sure, %s", "%%"}).lines_for(milter_rules()) ==
          Lines{"100%% sure, %%s", "%%%%"});
}

TEST_CASE("a milter's lines keep the limits of libmilter and of SMTP", "[report][milter]") {
    const Lines lines =
        reply_with({std::string(10'000, '%'), words(10'000)}).lines_for(milter_rules());
    CHECK(lines.size() == 32);
    for (const std::string& line : lines) {
        CHECK(line.size() <= 980);
        const auto doubled = static_cast<std::size_t>(std::ranges::count(line, '%')) / 2;
        CHECK(line.size() - doubled <= 512 - std::string("550-5.7.23 \r\n").size());
    }
    CHECK(lines.front() == std::string(980, '%'));
    CHECK(lines.back().ends_with("word ..."));
}

TEST_CASE("Postfix's policy protocol has one line, the most important words first",
          "[report][postfix]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.explanation = "See http://www.example.com/mailpolicy.html for 100% of the rules";
    const SmtpReply reply = smtp_reply(outcome, Action::reject);
    CHECK(reply.lines_for(postfix_policy_rules("bob@example.org")) ==
          Lines{"SPF check of MAIL FROM failed: 192.0.2.10 may not send mail for example.com. The "
                "domain example.com explains: See http://www.example.com/mailpolicy.html for 100% "
                "of the rules"});
}

TEST_CASE("Postfix's line has at most 512 octets, the more room the address takes the fewer words",
          "[report][postfix][rfc5321-4.5.3.1.5]") {
    const SmtpReply reply = reply_with({"Refused.", words(300)});
    for (const std::size_t size : {0U, 3U, 15U, 100U, 254U, 320U, 364U}) {
        CAPTURE(size);
        const std::string sent = as_postfix_sends(reply, std::string(size, 'a'));
        CHECK(sent.size() <= 512);
        CHECK(sent.size() > 500);
        CHECK(sent.ends_with("word ...\r\n"));
        CHECK(sent.find(": Refused. word word") != std::string::npos);
    }
}

TEST_CASE("an address that leaves no room does not take the reason from the reply",
          "[report][postfix]") {
    CHECK(postfix_policy_rules(std::string(364, 'a')).max_line == 100);
    CHECK(postfix_policy_rules(std::string(10'000, 'a')).max_line == 100);
    const std::string text = smtp_reply(outcome_of(Result::fail), Action::reject)
                                 .lines_for(postfix_policy_rules(std::string(10'000, 'a')))
                                 .front();
    CHECK(text ==
          "SPF check of MAIL FROM failed: 192.0.2.10 may not send mail for example.com. If "
          "this server is ...");
}

TEST_CASE("a line is cut after a word, within a word only if it is the only one", "[report]") {
    const ReplyRules one_line{.max_lines = 1, .max_line = 12};
    CHECK(reply_with({"one two", "four"}).lines_for(one_line) == Lines{"one two four"});
    CHECK(reply_with({"one two", "three"}).lines_for(one_line) == Lines{"one two ..."});
    CHECK(reply_with({"one two", "three", "four"}).lines_for(one_line) == Lines{"one two ..."});
    CHECK(reply_with({"abcdefghijklm"}).lines_for(one_line) == Lines{"abcdefghi..."});
    CHECK(reply_with({"abcdefghijkl"}).lines_for(one_line) == Lines{"abcdefghijkl"});
    const ReplyRules two_lines{.max_lines = 2, .max_line = 12};
    CHECK(reply_with({"one two", "three", "four five six"}).lines_for(two_lines) ==
          Lines{"one two", "three ..."});
}

TEST_CASE("rules that leave no room are those of one short line", "[report]") {
    CHECK(reply_with({"abcdef"}).lines_for({.max_lines = 0, .max_line = 0}) == Lines{"a..."});
    CHECK(reply_with({"ab cd"}).lines_for({.max_lines = 0, .max_line = 0}) == Lines{"a..."});
}

TEST_CASE("octets that a program has put into a reply cannot break the interface", "[report]") {
    const SmtpReply reply = reply_with({"a\r\n250 ok", std::string("\0\xff\u202e", 5), "b\n\nc"});
    for (const ReplyRules& rules :
         {smtp_rules(), milter_rules(), postfix_policy_rules("bob@example.org")}) {
        for (const std::string& line : reply.lines_for(rules)) CHECK(is_printable(line));
    }
    CHECK(reply_with({}).lines_for(milter_rules()).empty());
    CHECK(reply_with({" ", "a"}).lines_for(milter_rules()) == Lines{"a"});
}
