// RFC 7208 sections 5.1 (all) and 5.2 (include).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Result;
using Code = spf::Problem::Code;

}  // namespace

TEST_CASE("all matches every client", "[check][rfc7208-5.1]") {
    const std::string client =
        GENERATE("0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "2001:db8::1");
    CHECK(result_of(client, "v=spf1 all") == Result::pass);
    CHECK(result_of(client, "v=spf1 -all") == Result::fail);
}

TEST_CASE("mechanisms after all are never tested", "[check][rfc7208-5.1]") {
    TestZone zone("example.com. TXT \"v=spf1 ~all +a +mx +include:example.org\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::softfail);
    CHECK(outcome.dns_lookups == 0);
    CHECK(zone.asked.size() == 1);
}

TEST_CASE("a redirect is ignored if all is anywhere", "[check][rfc7208-5.1][rfc7208-6.1]") {
    const std::string record =
        GENERATE("v=spf1 redirect=other.example ?all", "v=spf1 ?all redirect=other.example");
    TestZone zone("example.com. TXT \"" + record + "\"\nother.example. TXT \"v=spf1 +all\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.mechanism == "?all");
    CHECK(outcome.dns_lookups == 0);
    CHECK(zone.asked.size() == 1);
}

TEST_CASE("the result of the included check decides what include does", "[check][rfc7208-5.2]") {
    const auto [included, result] = GENERATE(table<std::string, Result>({
        {"TXT \"v=spf1 +all\"", Result::softfail},  // match
        {"TXT \"v=spf1 -all\"", Result::neutral},   // no match, and so on to ?all
        {"TXT \"v=spf1 ~all\"", Result::neutral},
        {"TXT \"v=spf1 ?all\"", Result::neutral},
        {"TXT \"v=spf1\"", Result::neutral},
        {"TXT !servfail", Result::temperror},
        {"TXT !timeout", Result::temperror},
        {"TXT !error", Result::temperror},
        {"TXT !unreachable", Result::temperror},
        {"TXT \"v=spf1 broken\"", Result::permerror},
        {"TXT \"v=spf1 a:%{\"", Result::permerror},
        {"TXT \"something else\"", Result::permerror},  // none
        {"A 192.0.2.1", Result::permerror},             // none
    }));
    CAPTURE(included);
    CHECK(result_of("192.0.2.1", "v=spf1 ~include:other.example ?all",
                    "other.example. " + included) == result);
}

TEST_CASE("an included domain that does not exist is a permerror", "[check][rfc7208-5.2]") {
    const auto outcome = check("192.0.2.1", "ann@example.com",
                               "example.com. TXT \"v=spf1 include:nowhere.example +all\"");
    CHECK(outcome.result == Result::permerror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::include_without_record);
    CHECK(outcome.problem->domain == "nowhere.example");
}

TEST_CASE("an included domain with several records is a permerror", "[check][rfc7208-5.2]") {
    CHECK(result_of("192.0.2.1", "v=spf1 include:other.example +all",
                    "other.example. TXT \"v=spf1\"\nother.example. TXT \"v=spf1 +all\"") ==
          Result::permerror);
}

TEST_CASE("the qualifier of include is the result of a match", "[check][rfc7208-5.2]") {
    const auto [qualifier, result] = GENERATE(table<std::string, Result>({{"", Result::pass},
                                                                          {"+", Result::pass},
                                                                          {"-", Result::fail},
                                                                          {"~", Result::softfail},
                                                                          {"?", Result::neutral}}));
    CHECK(result_of("192.0.2.1", "v=spf1 " + qualifier + "include:other.example +all",
                    "other.example. TXT \"v=spf1 ip4:192.0.2.1 -all\"") == result);
}

TEST_CASE("a match inside an include with another qualifier than plus is not a match of it",
          "[check][rfc7208-5.2]") {
    CHECK(result_of("192.0.2.1", "v=spf1 include:other.example ?all",
                    "other.example. TXT \"v=spf1 -ip4:192.0.2.1 +all\"") == Result::neutral);
}

TEST_CASE("the domain is the included one inside and the former one afterwards",
          "[check][rfc7208-5.2]") {
    TestZone zone(R"(
        example.com.      TXT "v=spf1 include:other.example exists:%{d}.now ?all"
        other.example.    TXT "v=spf1 exists:%{d}.inside.%{o} a -all"
    )");
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::permerror);  // three void
    CHECK(zone.asked == std::vector<std::string>{"TXT example.com", "TXT other.example",
                                                 "A other.example.inside.example.com",
                                                 "A other.example", "A example.com.now"});
}

TEST_CASE("client and sender stay the same inside an include",
          "[check][rfc7208-5.2][rfc7208-4.1]") {
    TestZone zone(R"(
        example.com.      TXT "v=spf1 include:other.example ?all"
        other.example.    TXT "v=spf1 exists:%{i}.%{l}.%{o}.%{h}.%{d} -all"
    )");
    CHECK(check("192.0.2.1", "ann@example.com", zone, "mx.example").result == Result::neutral);
    CHECK(zone.asked.back() == "A 192.0.2.1.ann.example.com.mx.example.other.example");
}

TEST_CASE("the union of included domains passes", "[check][rfc7208-5.2]") {
    const auto [client, result] =
        GENERATE(table<std::string, Result>({{"192.0.2.1", Result::pass},
                                             {"198.51.100.1", Result::pass},
                                             {"203.0.113.1", Result::fail}}));
    CHECK(result_of(client, "v=spf1 include:example.net include:example.org -all",
                    "example.net. TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
                    "example.org. TXT \"v=spf1 ip4:198.51.100.0/24 -all\"") == result);
}

TEST_CASE("an error of a term inside an include ends the whole check", "[check][rfc7208-5.2]") {
    CHECK(result_of("192.0.2.1", "v=spf1 include:a.example +all",
                    "a.example. TXT \"v=spf1 include:b.example +all\"\n"
                    "b.example. TXT \"v=spf1 a:c.example +all\"\n"
                    "c.example. A !timeout") == Result::temperror);
}

TEST_CASE("an included record may redirect", "[check][rfc7208-5.2][rfc7208-6.1]") {
    const char* zone = R"(
        example.com.   TXT "v=spf1 include:a.example ~all"
        a.example.     TXT "v=spf1 redirect=b.example"
        b.example.     TXT "v=spf1 ip4:192.0.2.1 -all"
    )";
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::pass);
    CHECK(outcome.mechanism == "include:a.example");
    CHECK(outcome.mechanism_domain == "example.com");
    CHECK(outcome.dns_lookups == 2);
    CHECK(check("192.0.2.2", "ann@example.com", zone).result == Result::softfail);
}

TEST_CASE("an included redirect that finds no record is a permerror",
          "[check][rfc7208-5.2][rfc7208-6.1]") {
    CHECK(result_of("192.0.2.1", "v=spf1 include:a.example +all",
                    "a.example. TXT \"v=spf1 redirect=nowhere.example\"") == Result::permerror);
}

TEST_CASE("an include of a name that is not a domain is a permerror",
          "[check][rfc7208-5.2][rfc7208-4.3]") {
    const std::string target = GENERATE(std::string("%{d1}"), "a..example.com", "%{l}.example.com",
                                        "%_.example.com", std::string(64, 'a') + ".example.com");
    CAPTURE(target);
    TestZone zone("example.com. TXT \"v=spf1 include:" + target + " +all\"");
    const auto outcome = check("192.0.2.1", "\"a b\"@example.com", zone);
    CHECK(outcome.result == Result::permerror);
    CHECK(zone.asked.size() == 1);
}

TEST_CASE("a domain may include itself only until the limit is reached",
          "[check][rfc7208-5.2][rfc7208-4.6.4]") {
    const std::string record =
        GENERATE("v=spf1 include:example.com -all", "v=spf1 include:%{d} -all",
                 "v=spf1 include:a.example -all");
    const auto outcome = check("192.0.2.1", "ann@example.com",
                               "example.com. TXT \"" + record + "\"\n" +
                                   "a.example. TXT \"v=spf1 include:example.com -all\"");
    CHECK(outcome.result == Result::permerror);
    CHECK(outcome.dns_lookups == 11);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::too_many_dns_lookups);
}

TEST_CASE("a domain that includes itself after a match is not an error", "[check][rfc7208-5.2]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ip4:192.0.2.1 include:example.com -all") == Result::pass);
}

TEST_CASE("includes may be nested as deep as the limit allows",
          "[check][rfc7208-5.2][rfc7208-4.6.4]") {
    std::string zone = "example.com. TXT \"v=spf1 include:d1.example ~all\"\n";
    for (int i = 1; i < 10; ++i) {
        zone += "d" + std::to_string(i) + ".example. TXT \"v=spf1 include:d" +
                std::to_string(i + 1) + ".example -all\"\n";
    }
    const auto outcome =
        check("192.0.2.1", "ann@example.com", zone + "d10.example. TXT \"v=spf1 ip4:192.0.2.1\"");
    CHECK(outcome.result == Result::pass);
    CHECK(outcome.dns_lookups == 10);
}
