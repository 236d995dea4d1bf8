// RFC 7208 section 5.6 (ip4, ip6).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Result;

}  // namespace

TEST_CASE("ip4 and ip6 match the clients of their network", "[check][rfc7208-5.6]") {
    const auto [term, client, result] = GENERATE(table<std::string, std::string, Result>({
        {"ip4:192.0.2.1", "192.0.2.1", Result::pass},
        {"ip4:192.0.2.1", "192.0.2.0", Result::fail},
        {"ip4:192.0.2.1", "::ffff:192.0.2.1", Result::pass},
        {"ip4:192.0.2.1/32", "192.0.2.1", Result::pass},
        {"ip4:192.0.2.1/32", "192.0.2.2", Result::fail},
        {"ip4:192.0.2.1/31", "192.0.2.0", Result::pass},
        {"ip4:192.0.2.1/31", "192.0.2.2", Result::fail},
        {"ip4:192.0.2.77/24", "192.0.2.255", Result::pass},  // host bits do not count
        {"ip4:192.0.2.77/24", "192.0.3.77", Result::fail},
        {"ip4:128.0.0.0/1", "255.255.255.255", Result::pass},
        {"ip4:128.0.0.0/1", "127.255.255.255", Result::fail},
        {"ip4:255.255.255.255/0", "0.0.0.0", Result::pass},
        {"ip4:0.0.0.0/0", "2001:db8::1", Result::fail},
        {"ip4:0.0.0.0", "::", Result::fail},
        {"ip4:0.0.0.1", "::1", Result::fail},
        {"ip6:2001:db8::cb01", "2001:db8::cb01", Result::pass},
        {"ip6:2001:db8::cb01", "2001:db8::cb02", Result::fail},
        {"ip6:2001:DB8:0:0:0:0:0:CB01", "2001:db8::cb01", Result::pass},
        {"ip6:2001:db8::192.0.2.1", "2001:db8::c000:201", Result::pass},
        {"ip6:2001:db8::/32", "2001:db8:ffff::1", Result::pass},
        {"ip6:2001:db8::/32", "2001:db9::1", Result::fail},
        {"ip6:2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff", Result::pass},
        {"ip6:2001:db8::/64", "2001:db8:0:1::", Result::fail},
        {"ip6:2001:db8::/65", "2001:db8::7fff:0:0:0", Result::pass},
        {"ip6:2001:db8::/65", "2001:db8::8000:0:0:0", Result::fail},
        {"ip6:2001:db8::/63", "2001:db8:0:1::", Result::pass},
        {"ip6:2001:db8::1/128", "2001:db8::1", Result::pass},
        {"ip6:2001:db8::1/127", "2001:db8::", Result::pass},
        {"ip6:::/0", "ffff::1", Result::pass},
        {"ip6:::1", "::1", Result::pass},
        {"ip6:8000::/1", "7fff::", Result::fail},
    }));
    CHECK(result_of(client, "v=spf1 " + term + " -all") == result);
}

TEST_CASE("ip6 lists no IPv4 client, not even by its mapped address",
          "[check][rfc7208-5][rfc7208-5.6]") {
    const std::string network =
        GENERATE("::/0", "::ffff:0:0/96", "::ffff:192.0.2.1", "::ffff:c000:201/128", "::192.0.2.1");
    const std::string client = GENERATE("192.0.2.1", "::ffff:192.0.2.1");
    CHECK(result_of(client, "v=spf1 ip6:" + network + " -all") == Result::fail);
}

TEST_CASE("ip4 and ip6 ask nothing and count nothing", "[check][rfc7208-5.6][rfc7208-4.6.4]") {
    std::string record = "v=spf1";
    for (int i = 0; i < 60; ++i)
        record += " ip4:198.51.100." + std::to_string(i) + " ip6:2001:db8::" + std::to_string(i);
    TestZone zone("example.com. TXT \"" + record + " -all\"");
    const auto outcome = check("192.0.2.1", "ann@example.com", zone);
    CHECK(outcome.result == Result::fail);
    CHECK(outcome.dns_lookups == 0);
    CHECK(zone.asked.size() == 1);
}

TEST_CASE("parts of an address may not be left out", "[check][rfc7208-5.6]") {
    CHECK(result_of("192.0.2.1", "v=spf1 ip4:192.0.2 -all") == Result::permerror);
    CHECK(result_of("192.0.2.1", "v=spf1 ip4:192.0.2/24 -all") == Result::permerror);
    CHECK(result_of("192.0.2.1", "v=spf1 ip6:2001:db8/32 -all") == Result::permerror);
}
