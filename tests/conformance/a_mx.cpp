// RFC 7208 sections 5 (conventions), 5.3 (a) and 5.4 (mx).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Result;
using Code = spf::Problem::Code;
using Asked = std::vector<std::string>;

/// In this zone, both mechanisms find the same addresses.
const std::string hosts = R"(
    example.com.       MX 10 example.com.
    example.com.       A 192.0.2.129
    example.com.       A 198.51.100.7
    example.com.       AAAA 2001:db8:8000::cb01
    other.example.     MX 10 other.example.
    other.example.     A 203.0.113.9
)";

}  // namespace

TEST_CASE("without prefix length addresses are compared for equality", "[check][rfc7208-5]") {
    const std::string mechanism = GENERATE("a", "mx");
    const auto [client, result] = GENERATE(table<std::string, Result>({
        {"192.0.2.129", Result::pass},
        {"198.51.100.7", Result::pass},
        {"192.0.2.128", Result::fail},
        {"192.0.2.130", Result::fail},
        {"2001:db8:8000::cb01", Result::pass},
        {"2001:db8:8000::cb00", Result::fail},
        {"::ffff:192.0.2.129", Result::pass},
    }));
    CHECK(result_of(client, "v=spf1 " + mechanism + " -all", hosts) == result);
}

TEST_CASE("with a prefix length only its high-order bits are compared",
          "[check][rfc7208-5][rfc7208-5.6]") {
    const std::string mechanism = GENERATE("a", "mx", "a:example.com", "mx:example.com");
    const auto [length, client, result] = GENERATE(table<std::string, std::string, Result>({
        {"/0", "10.9.8.7", Result::pass},
        {"/0", "2001:db8::1", Result::fail},
        {"/1", "255.0.0.1", Result::pass},
        {"/1", "127.0.0.1", Result::fail},
        {"/24", "192.0.2.1", Result::pass},
        {"/25", "192.0.2.128", Result::pass},
        {"/25", "192.0.2.127", Result::fail},
        {"/31", "192.0.2.128", Result::pass},
        {"/31", "192.0.2.130", Result::fail},
        {"/32", "192.0.2.129", Result::pass},
        {"/32", "192.0.2.128", Result::fail},
        {"//0", "::1", Result::pass},
        {"//0", "10.9.8.7", Result::fail},
        {"//1", "7fff::", Result::pass},
        {"//1", "8000::", Result::fail},
        {"//33", "2001:db8:ffff::", Result::pass},
        {"//33", "2001:db8:7fff::", Result::fail},
        {"//64", "2001:db8:8000::1", Result::pass},
        {"//64", "2001:db8:8000:1::1", Result::fail},
        {"//127", "2001:db8:8000::cb00", Result::pass},
        {"//128", "2001:db8:8000::cb01", Result::pass},
        {"//128", "2001:db8:8000::cb00", Result::fail},
        {"/24//64", "192.0.2.1", Result::pass},
        {"/24//64", "2001:db8:8000::1", Result::pass},
        {"/0//128", "2001:db8:8000::1", Result::fail},
        {"/32//0", "192.0.2.1", Result::fail},
        {"/0//0", "::", Result::pass},
    }));
    CHECK(result_of(client, "v=spf1 " + mechanism + length + " -all", hosts) == result);
}

TEST_CASE("a matches addresses of the target alone", "[check][rfc7208-5.3]") {
    CHECK(result_of("203.0.113.9", "v=spf1 a:other.example -all", hosts) == Result::pass);
    CHECK(result_of("192.0.2.129", "v=spf1 a:other.example -all", hosts) == Result::fail);
    CHECK(result_of("203.0.113.9", "v=spf1 a -all", hosts) == Result::fail);
}

TEST_CASE("a asks for A of an IPv4 client and AAAA of an IPv6 client, once",
          "[check][rfc7208-5.3][rfc7208-5]") {
    const auto [client, question] = GENERATE(table<std::string, std::string>({
        {"192.0.2.1", "A other.example"},
        {"::ffff:192.0.2.1", "A other.example"},
        {"2001:db8::1", "AAAA other.example"},
    }));
    TestZone zone(hosts + "example.com. TXT \"v=spf1 a:Other.Example. -all\"");
    CHECK(check(client, "ann@example.com", zone).result == Result::fail);
    CHECK(zone.asked == Asked{"TXT example.com", question});
}

TEST_CASE("a failed address lookup is a temperror", "[check][rfc7208-5][rfc7208-5.3]") {
    const auto [client, type] =
        GENERATE(table<std::string, std::string>({{"192.0.2.1", "A"}, {"2001:db8::1", "AAAA"}}));
    const std::string status = GENERATE("!servfail", "!error", "!timeout", "!unreachable");
    TestZone zone("example.com. TXT \"v=spf1 a:x.example +all\"\nx.example. " + type + " " +
                  status);
    const auto outcome = check(client, "ann@example.com", zone);
    CHECK(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Code::dns_failure);
    CHECK(outcome.problem->domain == "x.example");
    CHECK(spf::dns::to_string(outcome.problem->type) == type);
    CHECK(outcome.dns_lookups == 1);
    CHECK(outcome.void_lookups == 0);
}

TEST_CASE("a failure of the other address type does no harm", "[check][rfc7208-5]") {
    CHECK(result_of("192.0.2.1", "v=spf1 a:x.example -all",
                    "x.example. A 192.0.2.1\nx.example. AAAA !servfail") == Result::pass);
    CHECK(result_of("2001:db8::1", "v=spf1 a:x.example -all",
                    "x.example. AAAA 2001:db8::1\nx.example. A !servfail") == Result::pass);
}

TEST_CASE("a name without addresses does not match, whether it exists or not",
          "[check][rfc7208-5]") {
    const std::string mechanism = GENERATE("a", "mx");
    const std::string target = GENERATE("nowhere.example", "text.example");
    const auto outcome = check("192.0.2.1", "ann@example.com",
                               "text.example. TXT hello\nexample.com. TXT \"v=spf1 " + mechanism +
                                   ":" + target + " ?all\"");
    CHECK(outcome.result == Result::neutral);
    CHECK(outcome.dns_lookups == 1);
    CHECK(outcome.void_lookups == 1);
}

TEST_CASE("a follows aliases", "[check][rfc7208-5.3]") {
    const char* zone = R"(
        www.example.   CNAME b.example.
        b.example.     CNAME c.example.
        c.example.     A 192.0.2.1
        loop.example.  CNAME loop.example.
    )";
    CHECK(result_of("192.0.2.1", "v=spf1 a:www.example -all", zone) == Result::pass);
    CHECK(result_of("192.0.2.1", "v=spf1 a:loop.example -all", zone) == Result::temperror);
}

TEST_CASE("mx asks for MX and then for the hosts until one matches", "[check][rfc7208-5.4]") {
    TestZone zone(R"(
        example.com.   TXT "v=spf1 mx:x.example -all"
        x.example.     MX 10 m1.example.
        x.example.     MX 20 m2.example.
        m1.example.    A 192.0.2.1
        m2.example.    A 192.0.2.2
    )");
    CHECK(check("192.0.2.2", "ann@example.com", zone).result == Result::pass);
    CHECK(zone.asked == Asked{"TXT example.com", "MX x.example", "A m1.example", "A m2.example"});
    CHECK(check("192.0.2.3", "ann@example.com", zone).result == Result::fail);
}

TEST_CASE("mx counts as one term whatever it asks", "[check][rfc7208-5.4][rfc7208-4.6.4]") {
    std::string zone = "example.com. TXT \"v=spf1 mx -all\"\n";
    for (int i = 1; i <= 10; ++i) {
        const std::string host = "m" + std::to_string(i) + ".example.";
        zone += "example.com. MX 10 " + host + "\n" + host + " A 198.51.100." + std::to_string(i) +
                "\n";
    }
    const auto outcome = check("198.51.100.10", "ann@example.com", zone);
    CHECK(outcome.result == Result::pass);
    CHECK(outcome.dns_lookups == 1);
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::fail);
}

TEST_CASE("mx does not fall back to the addresses of its target", "[check][rfc7208-5.4]") {
    TestZone zone(R"(
        example.com.   TXT "v=spf1 mx -all"
        example.com.   A 192.0.2.1
    )");
    CHECK(check("192.0.2.1", "ann@example.com", zone).result == Result::fail);
    CHECK(zone.asked == Asked{"TXT example.com", "MX example.com"});
}

TEST_CASE("a null MX matches no client and asks for no address", "[check][rfc7208-5.4]") {
    TestZone zone(R"(
        example.com.   TXT "v=spf1 mx -all"
        example.com.   MX 0 .
    )");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(zone.asked.size() == 2);
    CHECK(outcome.void_lookups == 0);
}

TEST_CASE("a failed lookup of MX or of a host is a temperror", "[check][rfc7208-5][rfc7208-5.4]") {
    const std::string status = GENERATE("!servfail", "!error", "!timeout", "!unreachable");
    const std::string failing = GENERATE("x.example. MX ", "m2.example. A ");
    CHECK(result_of("192.0.2.9", "v=spf1 mx:x.example +all", R"(
        x.example.     MX 10 m1.example.
        x.example.     MX 20 m2.example.
        m1.example.    A 192.0.2.1
    )" + failing + status) == Result::temperror);
}

TEST_CASE("a host that matches saves the failure of the hosts after it", "[check][rfc7208-5.4]") {
    CHECK(result_of("192.0.2.1", "v=spf1 mx:x.example -all", R"(
        x.example.     MX 10 m1.example.
        x.example.     MX 20 m2.example.
        m1.example.    A 192.0.2.1
        m2.example.    A !servfail
    )") == Result::pass);
}

TEST_CASE("hosts without an address are skipped", "[check][rfc7208-5.4]") {
    const auto outcome = check("192.0.2.1", "ann@example.com", R"(
        example.com.   TXT "v=spf1 mx -all"
        example.com.   MX 10 nowhere.example.
        example.com.   MX 20 six.example.
        example.com.   MX 30 four.example.
        six.example.   AAAA 2001:db8::1
        four.example.  A 192.0.2.1
    )");
    CHECK(outcome.result == Result::pass);
    CHECK(outcome.void_lookups == 1);
}

TEST_CASE("mx applies its prefix length to every host", "[check][rfc7208-5.4]") {
    CHECK(result_of("192.0.2.200", "v=spf1 mx:x.example/25 -all", R"(
        x.example.     MX 10 m1.example.
        x.example.     MX 20 m2.example.
        m1.example.    A 192.0.2.1
        m2.example.    A 192.0.2.129
    )") == Result::pass);
}

TEST_CASE("mx takes hosts whose names are aliases", "[check][rfc7208-5.4]") {
    CHECK(result_of("192.0.2.1", "v=spf1 mx:x.example -all", R"(
        x.example.     MX 10 m1.example.
        m1.example.    CNAME m2.example.
        m2.example.    A 192.0.2.1
    )") == Result::pass);
}
