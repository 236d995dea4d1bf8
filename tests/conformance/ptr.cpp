// RFC 7208 section 5.5 (ptr).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Result;
using Asked = std::vector<std::string>;

constexpr std::string_view reverse = "1.2.0.192.in-addr.arpa";
constexpr std::string_view reverse6 =
    "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

/// The client's address points to `name`, which has `address`.
std::string host(const std::string& name, const std::string& address = "192.0.2.1") {
    return std::string(reverse) + ". PTR " + name + ".\n" + name + ". A " + address + "\n";
}

}  // namespace

TEST_CASE("ptr matches a validated name that is the target or lies below it",
          "[check][rfc7208-5.5]") {
    const auto [name, target, result] = GENERATE(table<std::string, std::string, Result>({
        {"mail.example.com", "", Result::pass},
        {"example.com", "", Result::pass},
        {"a.b.c.example.com", "", Result::pass},
        {"MAIL.Example.COM", "", Result::pass},
        {"mail.example.com", ":EXAMPLE.com.", Result::pass},
        {"mail.example.com", ":mail.example.com", Result::pass},
        {"mail.bad-example.com", "", Result::fail},  // the label border counts
        {"bad-example.com", "", Result::fail},
        {"badexample.com", "", Result::fail},
        {"example.com.evil.example", "", Result::fail},
        {"example.org", "", Result::fail},
        {"example.org", ":example.org", Result::pass},
        {"mail.example.com", ":other.mail.example.com", Result::fail},
        {"com", ":example.com", Result::fail},
    }));
    CHECK(result_of("192.0.2.1", "v=spf1 ptr" + target + " -all", host(name)) == result);
}

TEST_CASE("ptr does not match a name whose addresses are not the client's",
          "[check][rfc7208-5.5]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all", host("mail.example.com", "192.0.2.2")) ==
          Result::fail);
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all",
                    std::string(reverse) + ". PTR mail.example.com.") == Result::fail);
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all",
                    std::string(reverse) +
                        ". PTR mail.example.com.\nmail.example.com. AAAA 2001:db8::1") ==
          Result::fail);
}

TEST_CASE("a name is validated if the client is any of its addresses", "[check][rfc7208-5.5]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all",
                    "mail.example.com. A 192.0.2.9\nmail.example.com. A 192.0.2.8\n" +
                        host("mail.example.com")) == Result::pass);
}

TEST_CASE("ptr asks for the reverse name and then for the addresses", "[check][rfc7208-5.5]") {
    TestZone zone("example.com. TXT \"v=spf1 ptr -all\"\n" + host("Mail.Example.com"));
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::pass);
    CHECK(zone.asked ==
          Asked{"TXT example.com", "PTR " + std::string(reverse), "A mail.example.com"});
}

TEST_CASE("ptr looks an IPv6 client up in ip6.arpa and by AAAA", "[check][rfc7208-5.5]") {
    TestZone zone("example.com. TXT \"v=spf1 ptr -all\"\nmail.example.com. AAAA 2001:db8::cb01\n" +
                  std::string(reverse6) + ". PTR mail.example.com.");
    CHECK(check("2001:db8::cb01", "ann@example.com", zone).result == Result::pass);
    CHECK(zone.asked ==
          Asked{"TXT example.com", "PTR " + std::string(reverse6), "AAAA mail.example.com"});
    CHECK(check("2001:db8::cb02", "ann@example.com", zone).result == Result::fail);
}

TEST_CASE("any of several names may match", "[check][rfc7208-5.5]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all",
                    host("one.example.org") + host("two.example.net", "192.0.2.9") +
                        host("three.example.com")) == Result::pass);
}

TEST_CASE("a failed reverse lookup is not a match", "[check][rfc7208-5.5]") {
    const std::string status = GENERATE("!servfail", "!error", "!timeout", "!unreachable");
    const auto outcome =
        check("192.0.2.1", "ann@example.com",
              "example.com. TXT \"v=spf1 ptr ~all\"\n" + std::string(reverse) + ". PTR " + status);
    CHECK(outcome.result == Result::softfail);
    CHECK(outcome.dns_lookups == 1);
    CHECK(outcome.void_lookups == 0);
    CHECK(outcome.ttl.count() == 0);
}

TEST_CASE("a failed address lookup skips that name", "[check][rfc7208-5.5]") {
    const std::string status = GENERATE("!servfail", "!error", "!timeout", "!unreachable");
    const std::string zone =
        std::string(reverse) + ". PTR bad.example.com.\nbad.example.com. A " + status + "\n";
    CHECK(result_of("192.0.2.1", "v=spf1 ptr ~all", zone) == Result::softfail);
    CHECK(result_of("192.0.2.1", "v=spf1 ptr ~all", zone + host("good.example.com")) ==
          Result::pass);
}

TEST_CASE("a client without reverse mapping does not match", "[check][rfc7208-5.5]") {
    const auto outcome =
        check("192.0.2.1", "ann@example.com", "example.com. TXT \"v=spf1 ptr ~all\"");
    CHECK(outcome.result == Result::softfail);
    CHECK(outcome.void_lookups == 1);
}

TEST_CASE("only the first ten names of a reverse mapping are looked at",
          "[check][rfc7208-5.5][rfc7208-4.6.4]") {
    std::string others;
    for (int i = 1; i < 10; ++i)
        others += host("h" + std::to_string(i) + ".example.org", "192.0.2.9");
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all", others + host("mail.example.com")) ==
          Result::pass);
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all",
                    others + host("ten.example.org") + host("mail.example.com")) == Result::fail);
}

TEST_CASE("ptr counts as one term whatever it asks", "[check][rfc7208-5.5][rfc7208-4.6.4]") {
    std::string names;
    for (int i = 1; i <= 10; ++i) names += host("h" + std::to_string(i) + ".example.com");
    const auto outcome =
        check("192.0.2.1", "ann@example.com", "example.com. TXT \"v=spf1 ptr -all\"\n" + names);
    CHECK(outcome.result == Result::pass);
    CHECK(outcome.dns_lookups == 1);
}

TEST_CASE("a reverse mapping may be an alias", "[check][rfc7208-5.5]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ptr -all", R"(
        1.2.0.192.in-addr.arpa.        CNAME 1.0-63.2.0.192.in-addr.arpa.
        1.0-63.2.0.192.in-addr.arpa.   PTR mail.example.com.
        mail.example.com.              A 192.0.2.1
    )") == Result::pass);
}

TEST_CASE("ptr with macros matches the expanded target", "[check][rfc7208-5.5]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ptr:%{d1} -all", host("mail.example.com")) ==
          Result::pass);
    CHECK(result_of("192.0.2.1", "v=spf1 ptr:%{d2} -all", host("mail.example.com")) ==
          Result::pass);
    CHECK(result_of("192.0.2.1", "v=spf1 ptr:%{l}.%{d} -all", host("mail.example.com")) ==
          Result::fail);
}
