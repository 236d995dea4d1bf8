// The limits of RFC 7208 section 4.6.4, each tested at its boundary.
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Outcome;
using spf::Result;
using Code = spf::Problem::Code;

/// Repeats the term `count` times, with # replaced by the numbers from 1.
std::string times(int count, const std::string& term) {
    std::string all;
    for (int i = 1; i <= count; ++i) {
        std::string one = term;
        for (auto at = one.find('#'); at != std::string::npos; at = one.find('#')) {
            one.replace(at, 1, std::to_string(i));
        }
        all += " " + one;
    }
    return all;
}

/// Every name in these domains has what its term looks for, but never the client's address.
const std::string filled_zone = R"(
    *.a.example.             A 198.51.100.1
    *.mx.example.            MX 10 host.a.example.
    *.no.example.            TXT "v=spf1 -all"
    1.2.0.192.in-addr.arpa.  PTR host.a.example.
)";

Outcome outcome_of(const std::string& record, const std::string& rest = {}) {
    INFO("record: " << record);
    return check("192.0.2.1", "ann@example.com",
                 filled_zone + rest + "\nexample.com. TXT \"" + record + "\"");
}

void check_too_many_lookups(const Outcome& outcome) {
    CHECK(outcome.result == Result::permerror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::too_many_dns_lookups);
    CHECK(outcome.dns_lookups == 11);
}

void check_too_many_voids(const Outcome& outcome) {
    CHECK(outcome.result == Result::permerror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::too_many_void_lookups);
    CHECK(outcome.void_lookups == 3);
}

/// All terms that count, each with an answer.
std::string counting_term() {
    return GENERATE("a:h#.a.example", "mx:h#.mx.example", "exists:h#.a.example.no-match",
                    "include:h#.no.example", "ptr:h#.example");
}

}  // namespace

TEST_CASE("ten terms that ask are allowed and the eleventh is a permerror",
          "[check][rfc7208-4.6.4]") {
    std::string term = counting_term();
    std::string rest;
    // A match would end the check: let ten in a row fail to be void.
    if (term.starts_with("exists")) {
        term = "include:h#.exists.example";
        rest = "*.exists.example. TXT \"v=spf1 -all\"\n";
    }
    const auto ten = outcome_of("v=spf1" + times(10, term) + " ?all", rest);
    CHECK(ten.result == Result::neutral);
    CHECK(ten.dns_lookups == 10);
    CHECK_FALSE(ten.problem);
    check_too_many_lookups(outcome_of("v=spf1" + times(11, term) + " ?all", rest));
}

TEST_CASE("an exists is one of the ten terms", "[check][rfc7208-4.6.4]") {
    const auto ten =
        outcome_of("v=spf1" + times(9, "a:h#.a.example") + " ~exists:x.a.example -all");
    CHECK(ten.result == Result::softfail);
    CHECK(ten.dns_lookups == 10);
    check_too_many_lookups(
        outcome_of("v=spf1" + times(10, "a:h#.a.example") + " ~exists:x.a.example -all"));
}

TEST_CASE("a redirect is one of the ten terms", "[check][rfc7208-4.6.4]") {
    const std::string target = "target.example. TXT \"v=spf1 ~all\"";
    const auto ten =
        outcome_of("v=spf1" + times(9, "a:h#.a.example") + " redirect=target.example", target);
    CHECK(ten.result == Result::softfail);
    CHECK(ten.dns_lookups == 10);
    check_too_many_lookups(
        outcome_of("v=spf1" + times(10, "a:h#.a.example") + " redirect=target.example", target));
}

TEST_CASE("terms count across all kinds", "[check][rfc7208-4.6.4]") {
    const std::string mixed = "v=spf1" + times(2, "a:h#.a.example") + times(2, "mx:h#.mx.example") +
                              times(2, "ptr:h#.example") + times(3, "include:h#.no.example");
    CHECK(outcome_of(mixed + " ~exists:x.a.example").dns_lookups == 10);
    CHECK(outcome_of(mixed + " ~exists:x.a.example").result == Result::softfail);
    check_too_many_lookups(outcome_of(mixed + " a:x.a.example ~exists:x.a.example"));
}

TEST_CASE("terms inside includes and after redirects count with the others",
          "[check][rfc7208-4.6.4][rfc7208-4.1]") {
    const std::string inner =
        "inner.example. TXT \"v=spf1" + times(4, "a:h#.a.example") + " -all\"\n";
    // 1 include + 4 inside + 5 more
    CHECK(outcome_of("v=spf1 include:inner.example" + times(5, "a:h#.a.example") + " ?all", inner)
              .dns_lookups == 10);
    check_too_many_lookups(
        outcome_of("v=spf1 include:inner.example" + times(6, "a:h#.a.example") + " ?all", inner));
    // twice the same include counts twice
    CHECK(
        outcome_of("v=spf1 include:inner.example include:inner.example ?all", inner).dns_lookups ==
        10);
    check_too_many_lookups(
        outcome_of("v=spf1 include:inner.example include:inner.example a ?all", inner));
    // 5 + redirect + 4
    CHECK(outcome_of("v=spf1" + times(5, "a:h#.a.example") + " redirect=inner.example", inner)
              .dns_lookups == 10);
    check_too_many_lookups(
        outcome_of("v=spf1" + times(6, "a:h#.a.example") + " redirect=inner.example", inner));
}

TEST_CASE("the eleventh term inside an include ends the whole check", "[check][rfc7208-4.6.4]") {
    const auto outcome =
        outcome_of("v=spf1 include:inner.example +all",
                   "inner.example. TXT \"v=spf1" + times(10, "a:h#.a.example") + " -all\"");
    check_too_many_lookups(outcome);
    CHECK(outcome.problem->domain == "inner.example");
    CHECK(outcome.problem->text == "a:h10.a.example");
}

TEST_CASE("terms that are not reached do not count", "[check][rfc7208-4.6.4]") {
    const auto outcome = outcome_of("v=spf1 ~ip4:192.0.2.1" + times(20, "a:h#.a.example"));
    CHECK(outcome.result == Result::softfail);
    CHECK(outcome.dns_lookups == 0);
}

TEST_CASE("all, ip4, ip6 and unknown modifiers do not count", "[check][rfc7208-4.6.4]") {
    const auto outcome =
        outcome_of("v=spf1" + times(10, "a:h#.a.example") + times(20, "ip4:198.51.100.#") +
                   times(20, "ip6:2001:db8::#") + times(20, "x#=%{d}") + " ~all");
    CHECK(outcome.result == Result::softfail);
    CHECK(outcome.dns_lookups == 10);
}

TEST_CASE("exp does not count, neither as a term nor as void",
          "[check][rfc7208-4.6.4][rfc7208-6.2]") {
    const auto ten = outcome_of("v=spf1" + times(10, "a:h#.a.example") + " -all exp=why.example",
                                "why.example. TXT \"because\"");
    CHECK(ten.result == Result::fail);
    CHECK(ten.explanation == "because");
    CHECK(ten.dns_lookups == 10);
    const auto voids =
        outcome_of("v=spf1" + times(2, "a:h#.nowhere.example") + " -all exp=why.nowhere.example");
    CHECK(voids.result == Result::fail);
    CHECK(voids.explanation.empty());
    CHECK(voids.void_lookups == 2);
}

TEST_CASE("a chain of redirects ends at the eleventh", "[check][rfc7208-4.6.4][rfc7208-6.1]") {
    std::string chain;
    for (int i = 1; i <= 10; ++i) {
        chain += "r" + std::to_string(i) + ".example. TXT \"v=spf1 redirect=r" +
                 std::to_string(i + 1) + ".example\"\n";
    }
    chain += "r11.example. TXT \"v=spf1 ~all\"";
    const auto ten = outcome_of("v=spf1 redirect=r2.example", chain);
    CHECK(ten.result == Result::softfail);
    CHECK(ten.dns_lookups == 10);
    check_too_many_lookups(outcome_of("v=spf1 redirect=r1.example", chain));
}

TEST_CASE("redirects in a ring end with permerror", "[check][rfc7208-4.6.4][rfc7208-6.1]") {
    check_too_many_lookups(outcome_of("v=spf1 redirect=example.com"));
    check_too_many_lookups(
        outcome_of("v=spf1 redirect=b.example", "b.example. TXT \"v=spf1 redirect=example.com\""));
}

TEST_CASE("two void lookups are allowed and the third is a permerror", "[check][rfc7208-4.6.4]") {
    const std::string term =
        GENERATE("a:h#.nowhere.example", "mx:h#.nowhere.example", "exists:h#.nowhere.example",
                 "a:h#.mx.example",  // the name exists, the record does not
                 "mx:h#.a.example", "exists:h#.mx.example");
    const auto two = outcome_of("v=spf1" + times(2, term) + " ?all");
    CHECK(two.result == Result::neutral);
    CHECK(two.void_lookups == 2);
    const auto three = outcome_of("v=spf1" + times(3, term) + " ?all");
    check_too_many_voids(three);
    CHECK(three.dns_lookups == 3);
}

TEST_CASE("void lookups count across mechanisms, includes and redirects",
          "[check][rfc7208-4.6.4]") {
    const std::string inner =
        "inner.example. TXT \"v=spf1 a:x.nowhere.example mx:y.nowhere.example -all\"\n";
    CHECK(outcome_of("v=spf1 include:inner.example ?all", inner).void_lookups == 2);
    check_too_many_voids(
        outcome_of("v=spf1 include:inner.example exists:z.nowhere.example ?all", inner));
    check_too_many_voids(
        outcome_of("v=spf1 exists:z.nowhere.example include:inner.example ?all", inner));
    check_too_many_voids(
        outcome_of("v=spf1 exists:z.nowhere.example redirect=inner.example", inner));
}

TEST_CASE("voids inside an include are its terms', not its own", "[check][rfc7208-4.6.4]") {
    const std::string inner = "inner.example. TXT \"v=spf1 a:x.nowhere.example -all\"\n";
    const auto outcome =
        outcome_of("v=spf1 include:inner.example include:inner.example ?all", inner);
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.void_lookups == 2);
    CHECK(outcome.dns_lookups == 4);
}

TEST_CASE("an included domain that does not exist is a void lookup too",
          "[check][rfc7208-4.6.4][rfc7208-5.2]") {
    const auto outcome = outcome_of("v=spf1 include:x.nowhere.example ?all");
    CHECK(outcome.result == Result::permerror);
    CHECK(outcome.dns_lookups == 1);
    CHECK(outcome.void_lookups == 1);
}

TEST_CASE("an answer of other texts is not a void lookup", "[check][rfc7208-4.6.4]") {
    const auto outcome = outcome_of("v=spf1 include:x.example ?all", "x.example. TXT \"other\"");
    CHECK(outcome.result == Result::permerror);
    CHECK(outcome.void_lookups == 0);
}

TEST_CASE("ten mail exchanges are allowed and the eleventh is a permerror",
          "[check][rfc7208-4.6.4][rfc7208-5.4]") {
    std::string hosts;
    for (int i = 1; i <= 10; ++i)
        hosts += "many.example. MX 10 h" + std::to_string(i) + ".a.example.\n";
    CHECK(outcome_of("v=spf1 mx:many.example ?all", hosts).result == Result::neutral);
    const auto outcome =
        outcome_of("v=spf1 mx:many.example ?all", hosts + "many.example. MX 10 h11.a.example.\n");
    CHECK(outcome.result == Result::permerror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::too_many_mx_names);
    CHECK(outcome.problem->domain == "many.example");
    CHECK(outcome.problem->text == "mx:many.example");
}

TEST_CASE("the limit of mail exchanges is each mechanism's own", "[check][rfc7208-4.6.4]") {
    std::string hosts;
    for (int i = 1; i <= 10; ++i) {
        hosts += "m1.example. MX 10 h" + std::to_string(i) + ".a.example.\n";
        hosts += "m2.example. MX 10 g" + std::to_string(i) + ".a.example.\n";
    }
    const auto outcome = outcome_of("v=spf1 mx:m1.example mx:m2.example ?all", hosts);
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.dns_lookups == 2);
}

TEST_CASE("too many addresses or names in one answer are not an error", "[check][rfc7208-4.6.4]") {
    std::string many;
    for (int i = 0; i < 250; ++i) many += "many.example. A 198.51.100." + std::to_string(i) + "\n";
    CHECK(outcome_of("v=spf1 a:many.example ?all", many).result == Result::neutral);
    CHECK(outcome_of("v=spf1 a:many.example ?all", many + "many.example. A 192.0.2.1\n").result ==
          Result::pass);
}

TEST_CASE("limits can be set", "[check][rfc7208-4.6.4]") {
    std::string mail_hosts;
    for (int i = 1; i <= 3; ++i)
        mail_hosts += "m.example. MX 10 h" + std::to_string(i) + ".a.example.\n";
    TestZone zone(filled_zone + mail_hosts + "example.com. TXT \"v=spf1" +
                  times(3, "a:h#.nowhere.example") + times(9, "a:h#.a.example") +
                  " mx:m.example ~all\"");
    const auto request = request_for("192.0.2.1", "ann@example.com");
    spf::Options options;
    options.limits.dns_lookups = 13;
    options.limits.void_lookups = 3;
    options.limits.mx_names = 3;
    CHECK(check(request, zone, options).result == Result::softfail);
    options.limits.mx_names = 2;
    CHECK(check(request, zone, options).problem->code == Code::too_many_mx_names);
    options.limits.dns_lookups = 12;
    CHECK(check(request, zone, options).problem->code == Code::too_many_dns_lookups);
    options.limits.void_lookups = 2;
    CHECK(check(request, zone, options).problem->code == Code::too_many_void_lookups);
    options.limits = {};
    options.limits.dns_lookups = 0;
    const auto none = check(request, zone, options);
    CHECK(none.result == Result::permerror);
    CHECK(none.dns_lookups == 1);
}

TEST_CASE("a limit beyond a thousand terms is not used", "[check][rfc7208-4.6.4]") {
    TestZone zone("example.com. TXT \"v=spf1 include:example.com -all\"");
    spf::Options options;
    options.limits.dns_lookups = 4'000'000'000;
    spf::Evaluation evaluation(request_for("192.0.2.1", "ann@example.com"), options);
    int questions = 0;
    for (; !evaluation.done(); ++questions) evaluation.answer(zone.resolve(evaluation.pending()));
    CHECK(evaluation.outcome().result == Result::permerror);
    CHECK(questions == 1001);
}
