#include "spf/report/text.hpp"

#include <sstream>

#include "outcomes.hpp"
#include "spf/report/advice.hpp"
#include "spf/report/wrap.hpp"
#include "support/catch.hpp"

using namespace report_test;
using spf::Result;

namespace {

/// As after a check with Options::trace.
spf::Outcome with_record(Result result, const std::string& record, const std::string& mechanism) {
    spf::Outcome outcome = outcome_of(result);
    outcome.mechanism = mechanism;
    outcome.trace.push_back(check_step(0, "example.com", record, result));
    return outcome;
}

std::string proposed_record(const spf::Outcome& outcome) {
    for (const spf::Advice& item : spf::advice(outcome)) {
        if (!item.record.empty()) return item.record;
    }
    return {};
}

}  // namespace

TEST_CASE("the summary is the result in a sentence", "[report][rfc7208-2.6]") {
    const auto [result, text] = GENERATE(table<Result, std::string>({
        {Result::pass,
         "pass: 192.0.2.10 may send mail for example.com (listed as \"ip4:192.0.2.0/28\")"},
        {Result::fail,
         "fail: 192.0.2.10 may not send mail for example.com (its record ends in \"-all\")"},
        {Result::softfail,
         "softfail: 192.0.2.10 probably may not send mail for example.com (its record ends in "
         "\"~all\")"},
        {Result::neutral,
         "neutral: example.com leaves open whether 192.0.2.10 may send mail for it (no term of its "
         "record "
         "matches)"},
        {Result::none, "none: example.com has no SPF record, so nothing is known about 192.0.2.10"},
        {Result::temperror,
         "temperror: the SPF policy of example.com cannot be checked now (DNS failed)"},
        {Result::permerror,
         "permerror: the SPF record of example.com is broken at \"ip4:192.0.2.0/33\""},
    }));
    CHECK(spf::summary(outcome_of(result)) == text);
}

TEST_CASE("a term in another record is told as that record's", "[report][rfc7208-6.1]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.mechanism_domain = "_spf.example.net";
    CHECK_THAT(spf::summary(outcome),
               Catch::EndsWith("(the record of _spf.example.net ends in \"-all\")"));
}

TEST_CASE("every problem has a summary, a report and advice of its own", "[report]") {
    for (std::size_t code = 0; code < spf::Problem::code_count; ++code) {
        for (const Result result : {Result::none, Result::temperror, Result::permerror}) {
            spf::Outcome outcome = outcome_of(result);
            outcome.problem = problem_of(static_cast<spf::Problem::Code>(code), "");
            CAPTURE(code, to_string(result));
            CHECK_THAT(spf::summary(outcome),
                       Catch::StartsWith(std::string(to_string(result)) + ": "));
            CHECK_FALSE(spf::report(outcome).empty());
            CHECK_FALSE(spf::advice(outcome).empty());
        }
    }
}

TEST_CASE("the place of a syntax error is underlined", "[report][rfc7208-4.6]") {
    CHECK_THAT(spf::report(outcome_of(Result::permerror)),
               Catch::Contains("v=spf1 mx ip4:192.0.2.0/33 -all\n"
                               "                                    ^^^\n"));
}

TEST_CASE("a report fits into its width and holds nothing that steers a terminal", "[report]") {
    for (const Result result : all_results()) {
        for (const std::string& text : hostile_strings()) {
            CAPTURE(to_string(result), text.substr(0, 60), text.size());
            std::istringstream lines(spf::report(hostile_outcome(result, text)));
            std::string line;
            std::getline(lines, line);
            CHECK(is_printable(line));
            CHECK(line.starts_with(std::string(to_string(result)) + ": "));
            while (std::getline(lines, line)) {
                CHECK(is_printable(line));
                CHECK(line.size() <= 80);
            }
            CHECK(is_printable(spf::summary(hostile_outcome(result, text))));
        }
    }
}

TEST_CASE("colours are used only where they are asked for", "[report]") {
    for (const Result result : all_results()) {
        CHECK(spf::report(outcome_of(result)).find('\033') == std::string::npos);
        CHECK(spf::report(outcome_of(result), {.width = 80, .unicode = false, .colour = true})
                  .starts_with("\033["));
    }
}

TEST_CASE("a proposed record has the address in front of what decided", "[report][rfc7208-4.6.2]") {
    const auto [record, mechanism,
                proposed] = GENERATE(table<std::string, std::string, std::string>({
        {"v=spf1 mx -all", "-all", "v=spf1 mx ip4:192.0.2.10 -all"},
        {"v=spf1 -ip4:192.0.2.0/24 mx ?all", "-ip4:192.0.2.0/24",
         "v=spf1 ip4:192.0.2.10 -ip4:192.0.2.0/24 mx ?all"},
        {"v=spf1 mx", "default", "v=spf1 mx ip4:192.0.2.10"},
        {"v=spf1", "default", "v=spf1 ip4:192.0.2.10"},
        {"v=spf1 mx exp=e.example.com", "default", "v=spf1 mx ip4:192.0.2.10 exp=e.example.com"},
        {"v=spf1 -all", "-all", "v=spf1 ip4:192.0.2.10 -all"},
    }));
    const std::string text = proposed_record(with_record(Result::fail, record, mechanism));
    CHECK(text == proposed);
    CHECK(spf::parse_record(text).has_value());
}

TEST_CASE("behind a redirect the own record is the one to change", "[report][rfc7208-6.1]") {
    spf::Outcome outcome = with_record(Result::fail, "v=spf1 redirect=_spf.example.net", "-all");
    outcome.mechanism_domain = "_spf.example.net";
    outcome.trace.push_back(check_step(2, "_spf.example.net", "v=spf1 mx -all", Result::fail));
    CHECK(proposed_record(outcome) == "v=spf1 ip4:192.0.2.10 redirect=_spf.example.net");
}

TEST_CASE("advice is for the receiver first and never empty", "[report][rfc7208-8]") {
    for (const Result result : all_results()) {
        CAPTURE(to_string(result));
        const auto items = spf::advice(outcome_of(result));
        REQUIRE_FALSE(items.empty());
        CHECK(items.front().to == spf::Advice::To::receiver);
        for (const spf::Advice& item : items) CHECK_FALSE(item.text.empty());
    }
}

TEST_CASE("text is wrapped at spaces, and inside a word only if it must", "[report]") {
    using Lines = std::vector<std::string>;
    CHECK(spf::wrapped("", 10) == Lines{});
    CHECK(spf::wrapped("   ", 10) == Lines{});
    CHECK(spf::wrapped("one  two three", 8) == Lines{"one two", "three"});
    CHECK(spf::wrapped("abcdefghij kl", 4) == Lines{"abcd", "efgh", "ij", "kl"});
    CHECK(spf::wrapped("abcdefghij kl", 4, spf::LongWord::keep) == Lines{"abcdefghij", "kl"});
    CHECK(spf::wrapped("ab", 0) == Lines{"a", "b"});
}

TEST_CASE("an excerpt underlines an escape as a whole, and fits", "[report]") {
    const spf::Excerpt shown = spf::excerpt("v=spf1 a\x1b[2J -all", 8, 1, 60);
    CHECK(shown.text == "v=spf1 a\\x1b[2J -all");
    CHECK(shown.underline == "        ^^^^");
    const std::string escapes(300, '\x1b');
    for (const std::size_t offset : {0U, 1U, 29U, 150U, 298U, 299U, 300U}) {
        const spf::Excerpt place = spf::excerpt(escapes, offset, 1, 60);
        CHECK(place.text.size() <= 60);
        CHECK(place.underline.size() <= 61);
        CHECK(place.text.starts_with("...") == (offset > 10));
    }
}

TEST_CASE("an excerpt shows and underlines the right octets", "[report]") {
    const std::string record =
        "v=spf1 " + std::string(200, 'x') + " ip4:bad " + std::string(200, 'y');
    for (std::size_t offset = 0; offset <= record.size(); ++offset) {
        for (const std::size_t width : {20U, 40U, 66U, 1000U}) {
            const spf::Excerpt shown = spf::excerpt(record, offset, 3, width);
            CAPTURE(offset, width, shown.text);
            CHECK(shown.text.size() <= width);
            CHECK(shown.underline.size() <= width);
            const std::size_t column = shown.underline.find('^');
            REQUIRE(column <= shown.text.size());
            const bool visible = column < shown.text.size() && shown.text[column] != '.';
            if (visible) CHECK(shown.text[column] == record[offset]);
        }
    }
    const spf::Excerpt at_end = spf::excerpt("v=spf1 a:", 9, 0, 60);
    CHECK(at_end.underline == "         ^");
}
