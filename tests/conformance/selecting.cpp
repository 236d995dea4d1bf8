// Which of the texts at a name is the record (RFC 7208 sections 3.1 to 3.4, 4.5).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using namespace std::string_literals;
using spf::Result;
using Code = spf::Problem::Code;

spf::dns::AnswerPtr texts(std::vector<std::string> all) {
    auto answer = std::make_shared<spf::dns::Answer>();
    answer->status = spf::dns::Status::ok;
    answer->texts = std::move(all);
    return answer;
}

Result result_of_texts(std::vector<std::string> all) {
    TestZone zone("");
    zone.give("example.com", spf::dns::RecordType::txt, texts(std::move(all)));
    return check("192.0.2.1", "ann@example.com", zone).result;
}

}  // namespace

TEST_CASE("the strings of a record are joined without spaces", "[check][rfc7208-3.3]") {
    const auto [strings, result] = GENERATE(table<std::string, Result>({
        {R"("v=spf1 ip4:192.0.2" ".1 -all")", Result::pass},
        {R"("v=sp" "f1 ip4:192.0.2.1 -all")", Result::pass},
        {R"("v=spf1" " ip4:192.0.2.1 -all")", Result::pass},
        {R"("v=spf1 " "-" "all")", Result::fail},
        {R"("" "v=spf1 -all" "")", Result::fail},
        {R"("v=spf1 ip4:192.0.2.1" "-all")", Result::permerror},  // ip4:192.0.2.1-all
        {R"("v=spf1" "-all")", Result::none},                     // v=spf1-all
    }));
    CAPTURE(strings);
    CHECK(check("192.0.2.1", "ann@example.com", "example.com. TXT " + strings).result == result);
}

TEST_CASE("a version section is v=spf1 in any case before a space or the end",
          "[check][rfc7208-4.5]") {
    const auto [text, result] = GENERATE(table<std::string, Result>({
        {"v=spf1 -all", Result::fail},
        {"V=SPF1 -all", Result::fail},
        {"v=SpF1 -all", Result::fail},
        {"v=spf1", Result::neutral},
        {"v=spf1 ", Result::neutral},
        {"v=spf10 -all", Result::none},
        {"v=spf1-all", Result::none},
        {"v=spf1.0 -all", Result::none},
        {"v=spf1\t-all", Result::none},
        {"v=spf1\r\n-all", Result::none},
        {"v=spf1\0 -all"s, Result::none},
        {"v=spf1,-all", Result::none},
        {" v=spf1 -all", Result::none},
        {"\"v=spf1 -all\"", Result::none},
        {"v= spf1 -all", Result::none},
        {"v=spf2 -all", Result::none},
        {"spf2.0/mfrom,pra -all", Result::none},
        {"v=spf", Result::none},
        {"", Result::none},
        {"\0"s, Result::none},
        {"\0v=spf1 -all"s, Result::none},
    }));
    CAPTURE(text);
    CHECK(result_of_texts({text}) == result);
}

TEST_CASE("other texts may exist beside the record and hold anything", "[check][rfc7208-4.5]") {
    CHECK(result_of_texts({"", "v=spf10 +all", "google-site-verification=\xff\0\x80"s,
                           "v=spf1 -all", "v=DKIM1; p=", std::string(70'000, 'x')}) ==
          Result::fail);
}

TEST_CASE("more than one record is a permerror", "[check][rfc7208-3.2][rfc7208-4.5]") {
    TestZone zone(R"(
        example.com. TXT "v=spf1 -all"
        example.com. TXT "v=spf1 +all"
    )");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::permerror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::several_records);
    CHECK(outcome.problem->domain == "example.com");
}

TEST_CASE("two records are too many even if they are equal or broken", "[check][rfc7208-4.5]") {
    CHECK(result_of_texts({"v=spf1 +all", "v=spf1 +all"}) == Result::permerror);
    CHECK(result_of_texts({"v=spf1 +all", "v=spf1 broken"}) == Result::permerror);
    CHECK(result_of_texts({"V=spf1", "v=spf1 +all"}) == Result::permerror);
    CHECK(result_of_texts({"v=spf1 +all", "v=spf10 +all"}) == Result::pass);
}

TEST_CASE("only TXT records count, whatever else the name has", "[check][rfc7208-3.1]") {
    CHECK(check("192.0.2.1", "ann@example.com", R"(
        example.com. A 192.0.2.1
        example.com. MX 10 example.com.
    )")
              .result == Result::none);
}

TEST_CASE("a record may be of any length", "[check][rfc7208-3.4]") {
    std::string record = "v=spf1";
    while (record.size() < 60'000) record += " ip4:198.51.100.77";
    CHECK(result_of_texts({record + " ip4:192.0.2.1 -all"}) == Result::pass);
    CHECK(result_of_texts({record + " -all"}) == Result::fail);
    CHECK(result_of_texts({record + " ip4:"}) == Result::permerror);
    CHECK(result_of_texts({"v=spf1" + std::string(60'000, ' ') + "-all"}) == Result::fail);
}

TEST_CASE("a record may come from a wildcard", "[check][rfc7208-3.5]") {
    const char* zone = R"(
        *.example.com.     TXT "v=spf1 a:a.example.com -all"
        a.example.com.     A 203.0.113.1
    )";
    CHECK(check("203.0.113.1", "ann@b.example.com", zone).result == Result::pass);
    CHECK(check("203.0.113.2", "ann@b.c.example.com", zone).result == Result::fail);
    CHECK(check("203.0.113.1", "ann@a.example.com", zone).result == Result::none);
}
