// The names of octets that cannot be seen.

#include "base/octet_name.hpp"

#include <string>

#include "spf/evaluation/outcome.hpp"
#include "spf/record/parse.hpp"
#include "support/catch.hpp"

TEST_CASE("the first octet that cannot be seen has a name or a number", "[octet_name]") {
    const auto [text, name] = GENERATE(table<std::string, std::string>({
        {"ip4:192.0.2.1", ""},
        {"", ""},
        {"a\nb\tc", "line feed, 0x0a"},
        {"a\r\n", "carriage return, 0x0d"},
        {"\t", "tab, 0x09"},
        {std::string("a\0b", 3), "NUL, 0x00"},
        {"a\u00a0b", "no-break space, U+00A0 (0xc2 0xa0)"},
        {"\u201cv=spf1", "left double quotation mark, U+201C (0xe2 0x80 0x9c)"},
        {"\u201ev=spf1", "low double quotation mark, U+201E (0xe2 0x80 0x9e)"},
        {"\u2212all", "minus sign, U+2212 (0xe2 0x88 0x92)"},
        {"\x1b[31m", "escape, 0x1b"},
        {"\x7f", "delete, 0x7f"},
        {"\x01", "the octet 0x01"},
        {"\xff", "the octet 0xff"},
    }));
    CHECK(spf::name_of_first_unprintable(text) == name);
}

TEST_CASE("a problem names the octet that breaks a record", "[octet_name][rfc7208-4.6.1]") {
    const auto message = [](const std::string& record) {
        spf::Problem problem;
        problem.code = spf::Problem::Code::syntax_error;
        problem.domain = "example.com";
        problem.text = record;
        problem.syntax = spf::parse_record(record).error();
        return problem.message();
    };
    CHECK_THAT(message("v=spf1 ip4:192.0.2.4\n -all"), Catch::Contains("line feed, 0x0a"));
    CHECK_THAT(message("v=spf1 mx\t-all"), Catch::Contains("tab, 0x09"));
    CHECK_THAT(message("v=spf1 a:b\u200b.example -all"), Catch::Contains("zero-width space"));
    CHECK_THAT(message("v=spf1 ip4:192.0.2.4/33 -all"), !Catch::Contains("found:"));
}
