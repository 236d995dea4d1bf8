// Syntax before meaning, terms from left to right, and the result at the end of a record (RFC 7208
// sections 2.6, 4.6, 4.6.1, 4.6.2, 4.6.3, 4.7, 12).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using namespace std::string_literals;
using spf::Result;

}  // namespace

TEST_CASE("a syntax error after the matching term is still a permerror", "[check][rfc7208-4.6]") {
    const std::string rest =
        GENERATE("ip4:1.2.3.4/33", "foo", "foo:bar", "a:", "include", "-", "moo", "all:x",
                 "exp=", "redirect=x", "exists:%(ir).example.com", "a/", "ptr/24", "ip6:", "x=%{",
                 "exp=a.b exp=c.d", "-all\\009", "\\233");
    CAPTURE(rest);
    TestZone zone("example.com. TXT \"v=spf1 +all " + rest + "\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::permerror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == spf::Problem::Code::syntax_error);
    CHECK(outcome.problem->syntax);
    CHECK(outcome.mechanism.empty());
    CHECK(zone.asked.size() == 1);
}

TEST_CASE("nothing is asked for a record with a syntax error at its end", "[check][rfc7208-4.6]") {
    TestZone zone("example.com. TXT \"v=spf1 a mx include:example.org oops -all\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::permerror);
    CHECK(outcome.dns_lookups == 0);
    CHECK(zone.asked == std::vector<std::string>{"TXT example.com"});
}

TEST_CASE("terms outside the grammar are permerrors", "[check][rfc7208-4.6.1][rfc7208-12]") {
    const std::string term = GENERATE(
        // mechanism names and qualifiers
        "al", "alll", "a1", "ip", "ip5:192.0.2.1", "ipv4:192.0.2.1", "mxx", "include-example.com",
        "+-all", "--all", "- all", "!all", "*all", ",all", "all,", "all;", "all.", "-all\\010",
        // missing and unexpected arguments
        "all:", "all/", "all/8", "all:example.com", "all/0", "include", "include:", "include/24",
        "exists", "exists:", "exists/24", "ip4", "ip4:", "ip4/24", "ip6", "ip6:", "a:", "a:/24",
        "mx:", "mx:/24", "ptr:", "ptr/24", "ptr:example.com/24", "include:example.com/24",
        "exists:example.com/24", "exists:example.com//64", "redirect=example.com/24",
        "exp=example.com/24", "redirect:example.com", "exp:example.com", "redirect", "exp",
        // prefix lengths
        "a/", "a//", "a/33", "a//129", "a/24/64", "a/24//", "a//64/24", "a/24//64/", "a/024",
        "a//064", "a/00", "a/-1", "a/+1", "a/x", "a/24x", "a/ 24", "a///64", "a/24///64", "mx/33",
        "mx//129", "mx/24/64", "a:example.com/33", "a:example.com//129", "a:example.com/24/64",
        "a/999999999999", "a//4294967296",
        // addresses
        "ip4:192.0.2", "ip4:192.0.2.0/33", "ip4:192.0.2.256", "ip4:192.0.2.01", "ip4:192.0.2.0/",
        "ip4:192.0.2.0//24", "ip4:example.com", "ip4:2001:db8::1", "ip4: 192.0.2.1",
        "ip4:192.0.2.0/024", "ip6:192.0.2.1", "ip6:2001:db8", "ip6:2001:db8::/129",
        "ip6:2001:db8:::1", "ip6:2001:db8::1%eth0", "ip6:[2001:db8::1]", "ip6:2001:db8::/",
        "ip6:2001:db8::/064", "ip6:12345::", "ip6:2001:db8::g",
        // domain-specs
        "a:example", "a:example.", "a:192.0.2.1", "a:example.com..", "a:.", "a:example.c_m",
        "a:example.-com", "a:example.com-", "a:example.1", "a:example.%", "a:%{d", "a:%{d}}",
        "a:%{d}.1", "a:%{dx}.com", "a:%{}.com", "a:%{x}.com", "a:%{d0}.com", "a:%{d00}.com",
        "a:%{d-r}.com", "a:%{dr1}.com", "a:%{d1rr}.com", "a:%{ d}.com", "a:%d.com", "a:%(d).com",
        "a:%{c}.com", "a:%{r}.com", "a:%{t}.com", "a:%{C}", "a:example.com:80", "a:%",
        "a:example.com%",
        // modifiers
        "=", "=x", "-x=y", "+redirect=example.com", "?exp=example.com", "1x=y", "_x=y", "-=y",
        ".x=y", "x!=y", "x:y=z", "redirect=", "exp=", "redirect=example", "exp=example", "x=%",
        "x=%{", "x=%{d", "x=%{x}", "x=%{d0}", "x=%a", "x=a\\000", "x=\\195\\188",
        "redirect=a.example redirect=a.example", "exp=a.example exp=b.example",
        "redirect=a.example Redirect=b.example", "exp=a.example EXP=b.example");
    CHECK(result_of("192.0.2.1", "v=spf1 " + term + " -all") == Result::permerror);
    CHECK(result_of("192.0.2.1", "v=spf1 -all " + term) == Result::permerror);
}

TEST_CASE("terms within the grammar are not errors", "[check][rfc7208-4.6.1][rfc7208-12]") {
    const std::string term = GENERATE(
        "a/0", "a/32", "a//0", "a//128", "a/0//0", "a/32//128", "a:nil.example.com/24//64",
        "mx/0//0", "ip4:0.0.0.0/32", "ip4:198.51.100.0/24", "ip6:::/128", "ip6:::1",
        "ip6:2001:db8::1.2.3.4", "ip6:1:2:3:4:5:6:7:8", "ip6:1::8/0", "ip6:2001:DB8::/32", "A",
        "MX", "PTR", "Ip4:198.51.100.1", "INCLUDE:no.example.com", "Exists:nil.example.com",
        "a:nil.example.com.", "a:nil.example.c-m", "a:nil.example.1a", "a:nil.example.a1",
        "a:nil.example.1-1", "a:a/24.example.com", "a:a/b/24//64.example",
        "a:!\\034#$&'()*+,-/:;<=>?@[\\092]^_`{|}~.example.com", "a:%{d}", "a:%{D}", "a:%{d1}",
        "a:%{dr}", "a:%{dR}", "a:%{d2r}", "a:%{d999999999999999999999999999}", "a:%{d01}",
        "a:%{d.-+,/_=}", "a:%{d}/24", "a:%{d}//64", "a:%{l}%{o}", "a:a.%%", "a:%_", "a:%-",
        "a:%{s}%_%-%%.example.com", "a:.example.com", "a:a..example.com", "ptr:nil.example.com",
        "ptr:%{d}", "x=", "x=y", "x=%{d}", "X-1_2.3=a=b:c/d", "x=y x=y x=z", "all=1", "ip4=1",
        "a=b", "include=x", "exists=", "v=spf1", "match=all", "redirects=a",
        "exp.=", "exp=nil.example.com", "Exp=%{d}", "redirect=nil.example.com", "REDIRECT=%{d}");
    const char* zone = "no.example.com. TXT \"v=spf1 -all\"\n";
    // An earlier match prevents the term from being evaluated: only its syntax counts.
    CHECK(result_of("192.0.2.1", "v=spf1 ~ip4:192.0.2.1 " + term, zone) == Result::softfail);
    CHECK(result_of("192.0.2.1", "v=spf1 " + term + " ?all", zone) != Result::permerror);
}

TEST_CASE("terms are separated by one space or more and nothing else", "[check][rfc7208-4.6.1]") {
    const auto [record, result] = GENERATE(table<std::string, Result>({
        {"v=spf1 a  -all", Result::fail},
        {"v=spf1    -all", Result::fail},
        {"v=spf1 -all ", Result::fail},
        {"v=spf1 -all      ", Result::fail},
        {"v=spf1 a\\009-all", Result::permerror},
        {"v=spf1 a -all\\009", Result::permerror},
        {"v=spf1 a\\010-all", Result::permerror},
        {"v=spf1 a -all\\013\\010", Result::permerror},
        {"v=spf1 a -all\\000", Result::permerror},
        {"v=spf1 a\\000-all", Result::permerror},
        {"v=spf1 a\\160-all", Result::permerror},
        {"v=spf1 a,-all", Result::permerror},
        {"v=spf1 a;-all", Result::permerror},
    }));
    CHECK(result_of("192.0.2.1", record) == result);
}

TEST_CASE("an octet that may not be in a record is a permerror in every place",
          "[check][rfc7208-3.1][rfc7208-4.6]") {
    const std::string octet =
        GENERATE("\\000", "\\001", "\\009", "\\010", "\\027", "\\127", "\\128", "\\195", "\\255");
    const std::string record = GENERATE(
        "v=spf1 @-all", "v=spf1 -@all", "v=spf1 -all@", "v=spf1 -all @", "v=spf1 @",
        "v=spf1 a:@ -all", "v=spf1 a:x@.example.com -all", "v=spf1 a:example.c@m -all",
        "v=spf1 a:%{d@} -all", "v=spf1 a:%@ -all", "v=spf1 ip4:192.0.2.@1 -all",
        "v=spf1 ip4:192.0.2.0/2@4 -all", "v=spf1 ip6:2001:db8::@1 -all", "v=spf1 a/@24 -all",
        "v=spf1 a//@64 -all", "v=spf1 x=@ -all", "v=spf1 x@=y -all", "v=spf1 exp=@ -all",
        "v=spf1 redirect=a@.example -all", "v=spf1 include:@.example.com -all", "v=spf1 -all @=x");
    std::string broken = record;
    broken.replace(broken.find('@'), 1, octet);
    CHECK(result_of("192.0.2.1", broken) == Result::permerror);
}

TEST_CASE("a qualifier decides the result of a match", "[check][rfc7208-4.6.2][rfc7208-2.6]") {
    const auto [term, result] = GENERATE(table<std::string, Result>({
        {"all", Result::pass},
        {"+all", Result::pass},
        {"-all", Result::fail},
        {"~all", Result::softfail},
        {"?all", Result::neutral},
        {"ip4:192.0.2.1", Result::pass},
        {"-ip4:192.0.2.1", Result::fail},
        {"~ip4:192.0.2.1", Result::softfail},
        {"?ip4:192.0.2.1", Result::neutral},
        {"-a", Result::fail},
        {"~mx", Result::softfail},
        {"?exists:example.com", Result::neutral},
        {"-ptr", Result::fail},
        {"~include:example.org", Result::softfail},
    }));
    const char* zone = R"(
        example.com.             A 192.0.2.1
        example.com.             MX 10 example.com.
        1.2.0.192.in-addr.arpa.  PTR example.com.
        example.org.             TXT "v=spf1 +all"
        example.com.             TXT "v=spf1 )";
    const auto outcome = check("192.0.2.1", "ann@example.com", zone + term + " +all\"");
    CHECK(outcome.result == result);
    CHECK(outcome.mechanism == term);
    CHECK(outcome.mechanism_domain == "example.com");
    CHECK_FALSE(outcome.problem);
}

TEST_CASE("the first match from the left wins", "[check][rfc7208-4.6.2]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ?ip4:192.0.2.2 ~ip4:192.0.2.1 -ip4:192.0.2.1 +all") ==
          Result::softfail);
    CHECK(result_of("192.0.2.2", "v=spf1 ?ip4:192.0.2.2 ~ip4:192.0.2.1 -ip4:192.0.2.1 +all") ==
          Result::neutral);
    CHECK(result_of("192.0.2.3", "v=spf1 ?ip4:192.0.2.2 ~ip4:192.0.2.1 -ip4:192.0.2.1 +all") ==
          Result::pass);
}

TEST_CASE("an exception ends the evaluation before later terms", "[check][rfc7208-4.6.2]") {
    TestZone zone(R"(
        example.com.  TXT "v=spf1 a:bad.example.com mx +all"
        bad.example.com. A !servfail
    )");
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::temperror);
    CHECK(zone.asked == std::vector<std::string>{"TXT example.com", "A bad.example.com"});
}

TEST_CASE("names of mechanisms and modifiers are read in any case", "[check][rfc7208-4.6.1]") {
    CHECK(result_of("192.0.2.1", "v=spf1 IP4:192.0.2.1 -ALL") == Result::pass);
    CHECK(result_of("192.0.2.2", "v=spf1 iP4:192.0.2.1 -aLL") == Result::fail);
    CHECK(result_of("192.0.2.1", "v=spf1 REDIRECT=a.example", "a.example. TXT \"v=spf1 ~all\"") ==
          Result::softfail);
}

TEST_CASE("modifiers decide nothing at their place", "[check][rfc7208-4.6.3][rfc7208-6]") {
    const std::string record =
        GENERATE("v=spf1 exp=why.example.com x=y redirect=a.example -all",
                 "v=spf1 -all redirect=a.example x=y exp=why.example.com", "v=spf1 x=y -all x=y");
    CHECK(result_of("192.0.2.1", record, "a.example. TXT \"v=spf1 +all\"") == Result::fail);
}

TEST_CASE("unknown modifiers are ignored wherever and however often they occur",
          "[check][rfc7208-6]") {
    CHECK(result_of("192.0.2.1",
                    "v=spf1 a=b a=b ip4=9 ip4:192.0.2.1 x.y-z_1=%{d}%%%_%- -all all=a") ==
          Result::pass);
}

TEST_CASE("a record without a match and without redirect is neutral", "[check][rfc7208-4.7]") {
    const std::string record =
        GENERATE("v=spf1", "v=spf1 ", "v=spf1 ip4:198.51.100.1", "v=spf1 x=y",
                 "v=spf1 -ip4:198.51.100.1 exp=why.example.com");
    CAPTURE(record);
    const auto outcome =
        check("192.0.2.1", "ann@example.com", "example.com. TXT \"" + record + "\"");
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.mechanism.empty());
    CHECK(outcome.decided_by() == spf::Outcome::DecidedBy::default_result);
    CHECK(outcome.mechanism_domain == "example.com");
    CHECK_FALSE(outcome.problem);
}
