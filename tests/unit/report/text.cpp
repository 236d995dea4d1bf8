#include "spf/report/text.hpp"

#include <sstream>

#include "report/sentences.hpp"
#include "spf/report/wrap.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"
#include "support/sentences.hpp"

using namespace report_test;
using spf::Result;

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
    CHECK(spf::report::summary(outcome_of(result)) == text);
}

TEST_CASE("a term in another record is shown as that record's", "[report][rfc7208-6.1]") {
    spf::Outcome outcome = outcome_of(Result::fail);
    outcome.mechanism_domain = "_spf.example.net";
    CHECK_THAT(spf::report::summary(outcome),
               Catch::EndsWith("(the record of _spf.example.net ends in \"-all\")"));
}

TEST_CASE("every problem has a summary and a report of its own", "[report]") {
    for (std::size_t code = 0; code < spf::Problem::code_count; ++code) {
        for (const Result result : {Result::none, Result::temperror, Result::permerror}) {
            spf::Outcome outcome = outcome_of(result);
            outcome.problem = problem_of(static_cast<spf::Problem::Code>(code), "");
            CAPTURE(code, to_string(result));
            CHECK_THAT(spf::report::summary(outcome),
                       Catch::StartsWith(std::string(to_string(result)) + ": "));
            CHECK_FALSE(spf::report::report(outcome).empty());
        }
    }
}

TEST_CASE("the place of a syntax error is underlined", "[report][rfc7208-4.6]") {
    CHECK_THAT(spf::report::report(outcome_of(Result::permerror)),
               Catch::Contains("v=spf1 mx ip4:192.0.2.0/33 -all\n"
                               "                                    ^^^\n"));
}

TEST_CASE("a report fits into its width and holds nothing that steers a terminal", "[report]") {
    for (const Result result : all_results()) {
        for (const std::string& text : hostile_strings()) {
            CAPTURE(to_string(result), text.substr(0, 60), text.size());
            std::istringstream lines(spf::report::report(hostile_outcome(result, text)));
            std::string line;
            std::getline(lines, line);
            CHECK(is_printable(line));
            CHECK(line.starts_with(std::string(to_string(result)) + ": "));
            while (std::getline(lines, line)) {
                CHECK(is_printable(line));
                CHECK(line.size() <= 80);
            }
            CHECK(is_printable(spf::report::summary(hostile_outcome(result, text))));
        }
    }
}

TEST_CASE("colours are used only if they are requested", "[report]") {
    for (const Result result : all_results()) {
        CHECK(spf::report::report(outcome_of(result)).find('\033') == std::string::npos);
        CHECK(
            spf::report::report(outcome_of(result), {.width = 80, .unicode = false, .colour = true})
                .starts_with("\033["));
    }
}

TEST_CASE("text is wrapped at spaces, and inside a word only if it must", "[report]") {
    using Lines = std::vector<std::string>;
    CHECK(spf::report::wrapped("", 10) == Lines{});
    CHECK(spf::report::wrapped("   ", 10) == Lines{});
    CHECK(spf::report::wrapped("one  two three", 8) == Lines{"one two", "three"});
    CHECK(spf::report::wrapped("abcdefghij kl", 4) == Lines{"abcd", "efgh", "ij", "kl"});
    CHECK(spf::report::wrapped("abcdefghij kl", 4, spf::report::LongWord::keep) ==
          Lines{"abcdefghij", "kl"});
    CHECK(spf::report::wrapped("ab", 0) == Lines{"a", "b"});
}

TEST_CASE("an excerpt underlines an escape as a whole, and fits", "[report]") {
    const spf::report::Excerpt shown = spf::report::excerpt("v=spf1 a\x1b[2J -all", 8, 1, 60);
    CHECK(shown.text == "v=spf1 a\\x1b[2J -all");
    CHECK(shown.underline == "        ^^^^");
    const std::string escapes(300, '\x1b');
    for (const std::size_t offset : {0U, 1U, 29U, 150U, 298U, 299U, 300U}) {
        const spf::report::Excerpt place = spf::report::excerpt(escapes, offset, 1, 60);
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
            const spf::report::Excerpt shown = spf::report::excerpt(record, offset, 3, width);
            CAPTURE(offset, width, shown.text);
            CHECK(shown.text.size() <= width);
            CHECK(shown.underline.size() <= width);
            const std::size_t column = shown.underline.find('^');
            REQUIRE(column <= shown.text.size());
            const bool visible = column < shown.text.size() && shown.text[column] != '.';
            if (visible) CHECK(shown.text[column] == record[offset]);
        }
    }
    const spf::report::Excerpt at_end = spf::report::excerpt("v=spf1 a:", 9, 0, 60);
    CHECK(at_end.underline == "         ^");
}

TEST_CASE("each sentence of a report is printable and bounded, whatever it names",
          "[report][message]") {
    spf::test::check_sentences(spf::report::report_sentences);
}
