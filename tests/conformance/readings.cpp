// Where RFC 7208 leaves room: one test for each reading in spf/evaluation/evaluation.hpp, in the
// same order.
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Outcome;
using spf::Result;
using Code = spf::Problem::Code;
using Asked = std::vector<std::string>;

Outcome outcome_of(const std::string& zone, std::string_view sender = "ann@example.com") {
    return check("192.0.2.1", sender, zone);
}

}  // namespace

TEST_CASE("reading: void lookups are counted by term", "[check][readings][rfc7208-4.6.4]") {
    std::string zone = "example.com. TXT \"v=spf1 mx a:nowhere.example ?all\"\n";
    for (int i = 1; i <= 5; ++i)
        zone += "example.com. MX 10 h" + std::to_string(i) + ".nowhere.example.\n";
    const auto outcome = outcome_of(zone);
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.void_lookups == 2);

    // The names of a reverse mapping belong to one term, too.
    std::string reverse = "example.com. TXT \"v=spf1 ptr a:nowhere.example ?all\"\n";
    for (int i = 1; i <= 5; ++i)
        reverse += "1.2.0.192.in-addr.arpa. PTR h" + std::to_string(i) + ".nowhere.example.\n";
    CHECK(outcome_of(reverse).result == Result::neutral);
    CHECK(outcome_of(reverse).void_lookups == 2);
}

TEST_CASE("reading: exp never counts", "[check][readings][rfc7208-4.6.4][rfc7208-6.2]") {
    const auto outcome = outcome_of(R"(
        example.com.   TXT "v=spf1 a:1.nowhere.example a:2.nowhere.example -all exp=3.nowhere.example"
    )");
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.void_lookups == 2);
    CHECK(outcome.dns_lookups == 2);
}

TEST_CASE("reading: an alias that leads to nothing is void", "[check][readings][rfc7208-4.6.4]") {
    const auto outcome = outcome_of(R"(
        example.com.      TXT "v=spf1 a:one.example exists:two.example mx:three.example ?all"
        one.example.      CNAME nowhere.example.
        two.example.      CNAME text.example.
        three.example.    CNAME text.example.
        text.example.     TXT "no address, no MX"
    )");
    CHECK(outcome.result == Result::permerror);
    CHECK(outcome.void_lookups == 3);
}

TEST_CASE("reading: a limit reached ends the check even if the term had matched",
          "[check][readings][rfc7208-4.6.4]") {
    std::string zone = "example.com. TXT \"v=spf1 mx -all\"\nclient.example. A 192.0.2.1\n";
    for (int i = 0; i <= 10; ++i)
        zone += "example.com. MX 10 " +
                (i == 0 ? "client.example.\n" : "h" + std::to_string(i) + ".example.\n");
    TestZone made(zone);
    const auto outcome = check("192.0.2.1", "ann@example.com", made);
    CHECK(outcome.result == Result::permerror);
    CHECK(made.asked == Asked{"TXT example.com", "MX example.com"});

    // Void lookups: the first host of the third mx is void, the second would have matched.
    const auto voids = outcome_of(R"(
        example.com.      TXT "v=spf1 a:1.nowhere.example a:2.nowhere.example mx -all"
        example.com.      MX 10 3.nowhere.example.
        example.com.      MX 20 client.example.
        client.example.   A 192.0.2.1
    )");
    CHECK(voids.result == Result::permerror);
    REQUIRE(voids.problem);
    CHECK(voids.problem->code == Code::too_many_void_lookups);
}

TEST_CASE("reading: an mx is one of the ten terms, however many records it finds",
          "[check][readings][rfc7208-4.6.4]") {
    std::string zone =
        "example.com. TXT \"v=spf1 mx mx:b.example mx:c.example ?all\"\n*.a.example. A "
        "198.51.100.1\n";
    for (const std::string name : {"example.com", "b.example", "c.example"}) {
        for (int i = 1; i <= 10; ++i)
            zone += name + ". MX 10 h" + std::to_string(i) + ".a.example.\n";
    }
    const auto outcome = outcome_of(zone);
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.dns_lookups == 3);
}

TEST_CASE("reading: %{p} costs a term when it is the first to ask for the reverse mapping",
          "[check][readings][rfc7208-4.6.4]") {
    const auto [record, lookups] = GENERATE(table<std::string, unsigned>({
        {"v=spf1 exists:%{p}.no.example ?all", 2},
        {"v=spf1 exists:%{p}.%{p}.no.example ?all", 2},
        {"v=spf1 exists:%{p}.no.example include:%{p}.in.example ?all", 3},
        {"v=spf1 ptr:example.org exists:%{p}.no.example ?all", 2},
        {"v=spf1 exists:%{p}.no.example ptr:example.org ?all", 3},
        {"v=spf1 redirect=%{p}.in.example", 2},
        {"v=spf1 -all exp=%{p}.why.example", 0},
        {"v=spf1 exists:%{p}.no.example -all exp=%{p}.why.example", 2},
    }));
    CAPTURE(record);
    const auto outcome = outcome_of("example.com. TXT \"" + record + R"("
        1.2.0.192.in-addr.arpa.      PTR mail.example.com.
        mail.example.com.            A 192.0.2.1
        *.in.example.                TXT "v=spf1 ?all"
        *.why.example.               TXT "%{p} is why"
    )");
    CHECK(outcome.dns_lookups == lookups);
    CHECK(outcome.result != Result::permerror);
    if (outcome.result == Result::fail) CHECK(outcome.explanation == "mail.example.com is why");
}

TEST_CASE("reading: the term that %{p} costs may be the eleventh",
          "[check][readings][rfc7208-4.6.4]") {
    std::string nine = "v=spf1";
    for (int i = 1; i <= 9; ++i) nine += " a:h" + std::to_string(i) + ".a.example";
    const std::string zone =
        "*.a.example. A 198.51.100.1\n1.2.0.192.in-addr.arpa. PTR h.a.example.\nexample.com. TXT "
        "\"" +
        nine;
    const auto eleven = outcome_of(zone + " a:%{p}.a.example ?all\"");
    CHECK(eleven.result == Result::permerror);
    CHECK(eleven.dns_lookups == 11);
    CHECK(outcome_of(zone + " a:%{d}.a.example ?all\"").result == Result::neutral);
}

TEST_CASE("reading: %{p} in an explanation is asked for even when ten terms are spent",
          "[check][readings][rfc7208-4.6.4]") {
    std::string ten = "v=spf1";
    for (int i = 1; i <= 10; ++i) ten += " a:h" + std::to_string(i) + ".a.example";
    const auto outcome = outcome_of(
        "*.a.example. A 198.51.100.1\n1.2.0.192.in-addr.arpa. PTR mail.example.org.\n"
        "mail.example.org. A 192.0.2.1\nwhy.example. TXT \"%{p}\"\nexample.com. TXT \"" +
        ten + " -all exp=why.example\"");
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation == "mail.example.org");
    CHECK(outcome.dns_lookups == 10);
}

TEST_CASE("reading: ptr and %{p} share one set of validated names",
          "[check][readings][rfc7208-5.5][rfc7208-7.3]") {
    TestZone zone(R"(
        example.com.              TXT "v=spf1 ptr:example.org exists:%{p}.no.example ptr:example.net -all exp=why.example.com"
        1.2.0.192.in-addr.arpa.   PTR mail.example.com.
        mail.example.com.         A 192.0.2.1
        why.example.com.          TXT "%{p}"
    )");
    CHECK(check("192.0.2.1", "ann@example.com", zone).explanation == "mail.example.com");
    CHECK(zone.asked == Asked{"TXT example.com", "PTR 1.2.0.192.in-addr.arpa", "A mail.example.com",
                              "A mail.example.com.no.example", "TXT why.example.com"});
}

TEST_CASE("reading: a reverse mapping that was void is not void again",
          "[check][readings][rfc7208-5.5][rfc7208-4.6.4]") {
    const auto outcome = outcome_of("example.com. TXT \"v=spf1 ptr ptr ptr ptr:example.org ?all\"");
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.dns_lookups == 4);
    CHECK(outcome.void_lookups == 1);
}

TEST_CASE("reading: a target that is not a domain name does not match and is not void",
          "[check][readings][rfc7208-4.8]") {
    const std::string mechanism = GENERATE("a", "mx", "exists", "ptr");
    const std::string target =
        GENERATE(std::string("a..example.com"), ".example.com", "%{l}.example.com",
                 std::string(64, 'a') + ".example.com", "%{l1-}..%{d}");
    std::string record = "v=spf1";
    for (int i = 0; i < 4; ++i) record += " " + mechanism + ":" + target;
    CAPTURE(record);
    TestZone zone("example.com. TXT \"" + record + " ?all\"");
    const auto outcome = check("192.0.2.1", ".ann@example.com", zone);
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.dns_lookups == 4);
    CHECK(outcome.void_lookups == 0);
    CHECK(zone.asked == Asked{"TXT example.com"});
}

TEST_CASE("reading: for include and redirect such a target is a permerror",
          "[check][readings][rfc7208-5.2][rfc7208-6.1]") {
    const std::string term = GENERATE("include:", "redirect=");
    const auto outcome = outcome_of("example.com. TXT \"v=spf1 " + term + "a..example.com\"");
    CHECK(outcome.result == Result::permerror);
    CHECK(outcome.dns_lookups == 1);
    CHECK(outcome.void_lookups == 0);
}

TEST_CASE("reading: a redirect that is not followed costs nothing",
          "[check][readings][rfc7208-4.6.4][rfc7208-6.1]") {
    const std::string end = GENERATE("a:client.a.example redirect=b.example",
                                     "redirect=b.example ?all", "?all redirect=b.example");
    std::string record = "v=spf1";
    for (int i = 1; i <= 9; ++i) record += " a:h" + std::to_string(i) + ".a.example";
    const auto outcome =
        outcome_of("example.com. TXT \"" + record + " " + end +
                   "\"\n*.a.example. A 198.51.100.1\nclient.a.example. A 192.0.2.1\n"
                   "b.example. TXT \"v=spf1 a a -all\"");
    CHECK((outcome.result == Result::pass || outcome.result == Result::neutral));
    CHECK(outcome.dns_lookups <= 10);
}

TEST_CASE("reading: an explanation is fetched only for the record that caused the fail",
          "[check][readings][rfc7208-6.2]") {
    TestZone zone(R"(
        example.com.    TXT "v=spf1 include:a.example include:b.example redirect=c.example exp=1.why.example"
        a.example.      TXT "v=spf1 -all exp=2.why.example"
        b.example.      TXT "v=spf1 redirect=d.example"
        d.example.      TXT "v=spf1 -all exp=3.why.example"
        c.example.      TXT "v=spf1 -all exp=4.why.example"
        *.why.example.  TXT "because"
    )");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.explanation_domain == "c.example");
    CHECK(zone.asked == Asked{"TXT example.com", "TXT a.example", "TXT b.example", "TXT d.example",
                              "TXT c.example", "TXT 4.why.example"});
}

TEST_CASE("reading: a TXT answer of several strings is one text",
          "[check][readings][rfc7208-3.3]") {
    CHECK(outcome_of(R"(example.com. TXT "v=s" "pf1 ip4:192" ".0.2.1" " -all")").result ==
          Result::pass);
}

TEST_CASE("reading: records are counted octets, so NUL ends nothing",
          "[check][readings][rfc7208-3.3]") {
    CHECK(outcome_of(R"(example.com. TXT "v=spf1 +all\000")").result == Result::permerror);
    CHECK(outcome_of(R"(example.com. TXT "v=spf1 +all \000")").result == Result::permerror);
    CHECK(outcome_of(R"(example.com. TXT "v=spf1\000 +all")").result == Result::none);
    CHECK(
        outcome_of("example.com. TXT \"v=spf1 -all exp=why.example\"\nwhy.example. TXT \"a\\000b\"")
            .explanation.empty());
}

TEST_CASE("reading: %{s} and %{l} do not match a local-part beyond US-ASCII",
          "[check][readings][rfc8616-4]") {
    const std::string sender = "b\xc3\xbcrger@example.com";
    const std::string mechanism = GENERATE("a", "mx", "exists", "ptr", "include");
    const std::string macro = GENERATE("%{s}", "%{S}", "%{l}", "%{L}", "%{l1r-}", "x.%{l}.%{p}");
    TestZone zone("example.com. TXT \"v=spf1 " + mechanism + ":" + macro +
                  ".example.com ?all\"\n*.example.com. A 192.0.2.1");
    const auto outcome = check("192.0.2.1", sender, zone);
    CHECK(outcome.result == Result::neutral);
    CHECK(zone.asked == Asked{"TXT example.com"});
    CHECK(outcome.void_lookups == 0);
    CHECK(outcome.dns_lookups == 1);
}

TEST_CASE("reading: other macros are not affected by such a local-part",
          "[check][readings][rfc8616-4]") {
    const std::string sender = "b\xc3\xbcrger@example.com";
    CHECK(outcome_of("example.com. TXT \"v=spf1 a:%{o} -all\"\nexample.com. A 192.0.2.1", sender)
              .result == Result::pass);
    CHECK(outcome_of("example.com. TXT \"v=spf1 ip4:192.0.2.1 -all\"", sender).result ==
          Result::pass);
    // Unknown modifiers are not expanded at all.
    CHECK(outcome_of("example.com. TXT \"v=spf1 x=%{l} +all\"", sender).result == Result::pass);
}

TEST_CASE("reading: a redirect with such a local-part cannot be followed",
          "[check][readings][rfc8616-4]") {
    const auto outcome = outcome_of(
        "example.com. TXT \"v=spf1 redirect=%{l}.example.com\"\n*.example.com. TXT \"v=spf1 +all\"",
        "b\xc3\xbcrger@example.com");
    CHECK(outcome.result == Result::permerror);
}
