// RFC 7208 section 6.2 (exp).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using namespace std::string_literals;
using spf::Result;
using Asked = std::vector<std::string>;

/// The explanation of a fail whose exp= refers to a record with this (quoted) text.
std::string explained(const std::string& text, std::string_view client = "192.0.2.1",
                      std::string_view sender = "ann@example.com") {
    const auto outcome =
        check(client, sender,
              "example.com. TXT \"v=spf1 -all exp=why.example.com\"\nwhy.example.com. TXT " + text);
    CHECK(outcome.result == Result::fail);
    return outcome.explanation;
}

}  // namespace

TEST_CASE("a fail by a match is explained by exp", "[check][rfc7208-6.2]") {
    const std::string record = GENERATE(
        "v=spf1 -all exp=why.%{d}", "v=spf1 exp=why.example.com -all",
        "v=spf1 -ip4:192.0.2.1 exp=why.example.com +all", "v=spf1 EXP=Why.Example.Com. -all");
    TestZone zone(
        "example.com. TXT \"" + record +
        "\"\nwhy.example.com. TXT \"%{i} is not one of %{d}'s designated mail servers.\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation == "192.0.2.1 is not one of example.com's designated mail servers.");
    CHECK(outcome.explanation_domain == "example.com");
    CHECK(zone.asked == Asked{"TXT example.com", "TXT why.example.com"});
}

TEST_CASE("only a fail is explained", "[check][rfc7208-6.2]") {
    const std::string rest = GENERATE("+all", "~all", "?all", "", "a:bad.example -all",
                                      "include:nowhere.example -all", "redirect=example.org");
    TestZone zone("example.com. TXT \"v=spf1 exp=why.example.com " + rest + R"("
        why.example.com. TXT "must not be seen"
        example.org.     TXT "v=spf1 ?all"
        bad.example.     A !servfail)");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result != Result::fail);
    CHECK(outcome.explanation.empty());
    CHECK(outcome.explanation_domain.empty());
    CHECK(std::find(zone.asked.begin(), zone.asked.end(), "TXT why.example.com") ==
          zone.asked.end());
}

TEST_CASE("a fail without exp has no explanation", "[check][rfc7208-6.2]") {
    const auto outcome = check("192.0.2.1", "ann@example.com", "example.com. TXT \"v=spf1 -all\"");
    CHECK(outcome.explanation.empty());
}

TEST_CASE("whatever goes wrong with the explanation, the fail remains unexplained",
          "[check][rfc7208-6.2]") {
    const std::string why =
        GENERATE("A 192.0.2.1", "TXT !servfail", "TXT !error", "TXT !timeout", "TXT !unreachable",
                 "TXT one\nwhy.example.com. TXT two",  // more than one record
                 "TXT \"100%\"", "TXT \"%{\"", "TXT \"%{d\"", "TXT \"%{z}\"", "TXT \"%{d0}\"",
                 "TXT \"%(d)\"", "TXT \"% d\"", "TXT \"%{ d}\"", "TXT \"na\\195\\175ve\"",
                 "TXT \"a\\000b\"", "TXT \"a\\009b\"", "TXT \"a\\013\\010b\"", "TXT \"\\127\"");
    CAPTURE(why);
    const auto outcome =
        check("192.0.2.1", "ann@example.com",
              "example.com. TXT \"v=spf1 -all exp=why.example.com\"\nwhy.example.com. " + why);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation.empty());
    CHECK_FALSE(outcome.problem);
}

TEST_CASE("an explanation that does not exist leaves the fail", "[check][rfc7208-6.2]") {
    const auto outcome = check("192.0.2.1", "ann@example.com",
                               "example.com. TXT \"v=spf1 -all exp=nowhere.example\"");
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation.empty());
    CHECK(outcome.void_lookups == 0);
}

TEST_CASE("an explanation at something that is not a name is not asked for",
          "[check][rfc7208-6.2][rfc7208-4.8]") {
    const std::string target =
        GENERATE(std::string("a..example.com"), std::string(64, 'a') + ".example.com");
    TestZone zone("example.com. TXT \"v=spf1 -all exp=" + target + "\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(zone.asked == Asked{"TXT example.com"});
}

TEST_CASE("the strings of an explanation are joined without spaces", "[check][rfc7208-6.2]") {
    CHECK(explained(R"("not " "al" "lowed")") == "not allowed");
    CHECK(explained(R"("%" "{d}")") == "example.com");
}

TEST_CASE("an explanation is expanded once", "[check][rfc7208-6.2]") {
    CHECK(explained("\"%{l}\"", "192.0.2.1", "%{d}@example.com") == "%{d}");
    CHECK(explained("\"%%{d}\"") == "%{d}");
    CHECK(explained("\"a%_b%-c%%d\"") == "a b%20c%d");
    CHECK(explained("\"\"").empty());
}

TEST_CASE("the letters c, r and t are known in explanations", "[check][rfc7208-6.2][rfc7208-7.2]") {
    CHECK(explained("\"%{c} %{r} %{t}\"") == "192.0.2.1 mx.receiver.example 1396310400");
    CHECK(explained("\"%{c}\"", "2001:db8::cb01") == "2001:db8::cb01");
    CHECK(explained("\"%{C}\"", "2001:db8::cb01") == "2001%3Adb8%3A%3Acb01");
}

TEST_CASE("a URL in an explanation has its parts escaped", "[check][rfc7208-6.2][rfc7208-7.3]") {
    CHECK(explained("\"See http://%{d}/why.html?s=%{S}&i=%{I}\"", "192.0.2.1",
                    "a&b=c+d@example.com") ==
          "See http://example.com/why.html?s=a%26b%3Dc%2Bd%40example.com&i=192.0.2.1");
}

TEST_CASE("an explanation that would not be printable US-ASCII is dropped",
          "[check][rfc7208-6.2]") {
    CHECK(explained("\"no: %{l}\"", "192.0.2.1", "b\xc3\xbcrger@example.com").empty());
    CHECK(explained("\"no: %{l}\"", "192.0.2.1", "a\r\n250 ok@example.com").empty());
    CHECK(explained("\"no: %{l}\"", "192.0.2.1", "a\0b@example.com"s).empty());
    CHECK(explained("\"no: %{L}\"", "192.0.2.1", "b\xc3\xbcrger@example.com") == "no: b%C3%BCrger");
}

TEST_CASE("a long explanation is cut", "[check][rfc7208-6.2]") {
    std::string text;
    for (int i = 0; i < 5; ++i) text += "\"" + std::string(250, static_cast<char>('a' + i)) + "\" ";
    const std::string cut = explained(text);
    CHECK(cut.size() == 1024);
    CHECK(cut == std::string(250, 'a') + std::string(250, 'b') + std::string(250, 'c') +
                     std::string(250, 'd') + std::string(24, 'e'));

    TestZone zone(
        "example.com. TXT \"v=spf1 -all exp=why.example.com\"\nwhy.example.com. TXT "
        "\"%{d}%{d}%{d}\"");
    spf::Options options;
    options.limits.explanation_length = 15;
    CHECK(check(request_for("192.0.2.1", "ann@example.com"), zone, options).explanation ==
          "example.comexam");
    options.limits.explanation_length = 0;
    CHECK(check(request_for("192.0.2.1", "ann@example.com"), zone, options).explanation.empty());
}

TEST_CASE("an include is never explained by the included record", "[check][rfc7208-6.2]") {
    TestZone zone(R"(
        example.com.      TXT "v=spf1 include:a.example -all exp=why.example.com"
        a.example.        TXT "v=spf1 -all exp=why.a.example"
        why.example.com.  TXT "ours"
        why.a.example.    TXT "theirs"
    )");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.explanation == "ours");
    CHECK(std::find(zone.asked.begin(), zone.asked.end(), "TXT why.a.example") == zone.asked.end());
}

TEST_CASE("a fail by -include is explained by the record that has it", "[check][rfc7208-6.2]") {
    const auto outcome = check("192.0.2.1", "ann@example.com", R"(
        example.com.      TXT "v=spf1 -include:a.example +all exp=why.example.com"
        a.example.        TXT "v=spf1 +all exp=why.a.example"
        why.example.com.  TXT "ours at %{d}"
        why.a.example.    TXT "theirs"
    )");
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation == "ours at example.com");
}

TEST_CASE("after a redirect only the target explains", "[check][rfc7208-6.2]") {
    const std::string zone = R"(
        example.com.      TXT "v=spf1 redirect=a.example exp=why.example.com"
        why.example.com.  TXT "ours"
        why.a.example.    TXT "theirs at %{d} for %{o}"
    )";
    const auto with =
        check("192.0.2.1", "ann@example.com", zone + "a.example. TXT \"v=spf1 -all exp=why.%{d}\"");
    CHECK(with.explanation == "theirs at a.example for example.com");
    CHECK(with.explanation_domain == "a.example");
    const auto without =
        check("192.0.2.1", "ann@example.com", zone + "a.example. TXT \"v=spf1 -all\"");
    CHECK(without.result == Result::fail);
    CHECK(without.explanation.empty());
}

TEST_CASE("a syntax error in exp itself is a permerror", "[check][rfc7208-4.6][rfc7208-6.2]") {
    const std::string value =
        GENERATE("", "x", "%{c}.example.com", "why.example.com/24", "%{d", "why.1");
    CHECK(result_of("192.0.2.1", "v=spf1 -all exp=" + value) == Result::permerror);
}

TEST_CASE("explanations can be switched off", "[check][rfc7208-6.2]") {
    TestZone zone(
        "example.com. TXT \"v=spf1 -all exp=why.example.com\"\nwhy.example.com. TXT \"because\"");
    spf::Options options;
    options.explanation = false;
    const auto outcome = check(request_for("192.0.2.1", "ann@example.com"), zone, options);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation.empty());
    CHECK(zone.asked == Asked{"TXT example.com"});
}
