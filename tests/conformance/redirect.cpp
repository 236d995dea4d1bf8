// RFC 7208 section 6.1 (redirect), and what section 6 says about it.
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Result;
using Code = spf::Problem::Code;
using Asked = std::vector<std::string>;

}  // namespace

TEST_CASE("a redirect is followed when no mechanism has matched, wherever it is",
          "[check][rfc7208-6.1][rfc7208-6]") {
    const std::string record =
        GENERATE("v=spf1 redirect=b.example", "v=spf1 redirect=b.example ip4:192.0.2.9",
                 "v=spf1 ip4:192.0.2.9 redirect=b.example x=y");
    const auto outcome =
        check("192.0.2.1", "ann@example.com",
              "example.com. TXT \"" + record + "\"\nb.example. TXT \"v=spf1 ip4:192.0.2.1 ~all\"");
    CHECK(outcome.result == Result::pass);
    CHECK(outcome.mechanism == "ip4:192.0.2.1");
    CHECK(outcome.mechanism_domain == "b.example");
    CHECK(outcome.domain == "example.com");
    CHECK(outcome.dns_lookups == 1);
}

TEST_CASE("a redirect is not followed after a match", "[check][rfc7208-6.1]") {
    TestZone zone(
        "example.com. TXT \"v=spf1 redirect=b.example ?ip4:192.0.2.1\"\nb.example. TXT \"v=spf1 "
        "+all\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::neutral);
    CHECK(zone.asked == Asked{"TXT example.com"});
}

TEST_CASE("the result after a redirect is the result, but none is a permerror",
          "[check][rfc7208-6.1]") {
    const auto [target, result] = GENERATE(table<std::string, Result>({
        {"TXT \"v=spf1 +all\"", Result::pass},
        {"TXT \"v=spf1 -all\"", Result::fail},
        {"TXT \"v=spf1 ~all\"", Result::softfail},
        {"TXT \"v=spf1 ?all\"", Result::neutral},
        {"TXT \"v=spf1\"", Result::neutral},
        {"TXT \"v=spf1 broken\"", Result::permerror},
        {"TXT \"v=spf10 +all\"", Result::permerror},
        {"A 192.0.2.1", Result::permerror},
        {"TXT !servfail", Result::temperror},
        {"TXT !timeout", Result::temperror},
        {"TXT !error", Result::temperror},
        {"TXT !unreachable", Result::temperror},
    }));
    CAPTURE(target);
    CHECK(result_of("192.0.2.1", "v=spf1 redirect=b.example", "b.example. " + target) == result);
}

TEST_CASE("a redirect to where no record is says so", "[check][rfc7208-6.1]") {
    const auto outcome = check("192.0.2.1", "ann@example.com",
                               "example.com. TXT \"v=spf1 redirect=nowhere.example\"");
    CHECK(outcome.result == Result::permerror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::redirect_without_record);
    CHECK(outcome.problem->domain == "nowhere.example");
    CHECK(outcome.mechanism.empty());
}

TEST_CASE("a redirect to a malformed name is a permerror", "[check][rfc7208-6.1]") {
    const std::string target = GENERATE(std::string("%{d1}"), "a..example.com", "%{l}.example.com",
                                        std::string(64, 'a') + ".example.com", "%_.example.com");
    CAPTURE(target);
    TestZone zone("example.com. TXT \"v=spf1 redirect=" + target + "\"");
    const auto outcome = check("192.0.2.1", "\"a b\"@example.com", zone);
    CHECK(outcome.result == Result::permerror);
    CHECK(zone.asked == Asked{"TXT example.com"});
}

TEST_CASE("after a redirect the domain is the target, and client and sender stay",
          "[check][rfc7208-6.1]") {
    TestZone zone(R"(
        example.com.   TXT "v=spf1 redirect=_spf.%{d}"
        _spf.example.com. TXT "v=spf1 exists:%{i}.%{l}.%{o}.%{d} a -all"
    )");
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::fail);
    CHECK(zone.asked == Asked{"TXT example.com", "TXT _spf.example.com",
                              "A 192.0.2.1.ann.example.com._spf.example.com",
                              "A _spf.example.com"});
}

TEST_CASE("redirects may be chained", "[check][rfc7208-6.1]") {
    CHECK(
        result_of("192.0.2.1", "v=spf1 redirect=b.example",
                  "b.example. TXT \"v=spf1 redirect=c.example\"\nc.example. TXT \"v=spf1 ~all\"") ==
        Result::softfail);
}

TEST_CASE("one record serves several domains", "[check][rfc7208-6.1]") {
    const std::string domain = GENERATE("la.example.com", "ny.example.com", "sf.example.com");
    const char* zone = R"(
        la.example.com.     TXT "v=spf1 redirect=_spf.example.com"
        ny.example.com.     TXT "v=spf1 redirect=_spf.example.com"
        sf.example.com.     TXT "v=spf1 redirect=_spf.example.com"
        _spf.example.com.   TXT "v=spf1 mx:example.com -all"
        example.com.        MX 10 mail.example.com.
        mail.example.com.   A 192.0.2.1
    )";
    CHECK(check("192.0.2.1", "ann@" + domain, zone).result == Result::pass);
    CHECK(check("192.0.2.2", "ann@" + domain, zone).result == Result::fail);
}

TEST_CASE("a modifier that may occur once must not occur twice", "[check][rfc7208-6]") {
    const std::string record = GENERATE("v=spf1 redirect=b.example redirect=b.example",
                                        "v=spf1 exp=b.example -all exp=b.example",
                                        "v=spf1 REDIRECT=b.example -all redirect=c.example");
    CHECK(result_of("192.0.2.1", record, "b.example. TXT \"v=spf1 +all\"") == Result::permerror);
}

TEST_CASE("a redirect with all in the target only is followed", "[check][rfc7208-6.1]") {
    CHECK(result_of("192.0.2.1", "v=spf1 redirect=b.example",
                    "b.example. TXT \"v=spf1 -all redirect=c.example\"") == Result::fail);
}
