// Sets of addresses.

#include "spf/net/network_set.hpp"

#include <bitset>
#include <initializer_list>
#include <random>
#include <string>

#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

using spf::Family;
using spf::NetworkSet;
using spf::test::dump;
using spf::test::ip;
using spf::test::networks;

const char* const everything = "340282366920938463463374607431768211456";

// 256 addresses of one family as bits: the slow, obviously right set.
using Bits = std::bitset<256>;

spf::IpAddress address(Family family, std::uint64_t n) {
    // The IPv6 addresses end at the very last address.
    return family == Family::ipv4
               ? spf::IpAddress::v4({255, 255, 255, static_cast<std::uint8_t>(n)})
               : spf::IpAddress::v6(~std::uint64_t{0}, ~std::uint64_t{0} - 255 + n);
}

NetworkSet set_of(Family family, const Bits& bits) {
    std::vector<spf::AddressRange> ranges;
    for (std::uint64_t n = 256; n-- > 0;) {
        if (bits[n]) ranges.push_back({family, address(family, n), address(family, n)});
    }
    return NetworkSet(std::move(ranges));
}

Bits random_bits(std::mt19937& random) {
    Bits bits;
    bool value = (random() & 1U) != 0;
    for (std::size_t n = 0; n < 256; ++n) {
        if (random() % 16 == 0) value = !value;
        bits[n] = value;
    }
    return bits;
}

}  // namespace

TEST_CASE("networks become the fewest that are the same set", "[network_set]") {
    CHECK(dump(networks({})).empty());
    CHECK(dump(networks({"192.0.2.128/25", "192.0.2.0/25"})) == "192.0.2.0/24");
    CHECK(dump(networks({"192.0.2.0/24", "192.0.2.7"})) == "192.0.2.0/24");
    CHECK(dump(networks({"192.0.2.1", "192.0.2.2"})) == "192.0.2.1 192.0.2.2");
    CHECK(dump(networks({"192.0.2.1", "192.0.2.2", "192.0.2.3"})) == "192.0.2.1 192.0.2.2/31");
    CHECK(dump(networks({"2001:db8::/33", "192.0.2.0", "2001:db8:8000::/33"})) ==
          "192.0.2.0 2001:db8::/32");
    CHECK(dump(networks({"0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"})) == "0.0.0.0/0 ::/0");
    CHECK(networks({"0.0.0.0/1", "128.0.0.0/1"}) == networks({"0.0.0.0/0"}));
}

TEST_CASE("the range with the most networks has 62 or 254 of them", "[network_set]") {
    spf::AddressRange range = spf::AddressRange::all(Family::ipv4);
    range.first = range.first.next();
    range.last = range.last.previous();
    CHECK(spf::networks_of(range).size() == 62);
    range = spf::AddressRange::all(Family::ipv6);
    range.first = range.first.next();
    range.last = range.last.previous();
    CHECK(spf::networks_of(range).size() == 254);
}

TEST_CASE("addresses, networks and sets are looked for within their family", "[network_set]") {
    const NetworkSet set = networks({"192.0.2.0/24", "::/0"});
    CHECK(set.contains(ip("192.0.2.255")));
    CHECK_FALSE(set.contains(ip("192.0.3.0")));
    CHECK_FALSE(set.contains(ip("::ffff:192.0.3.0")));
    CHECK(set.contains(ip("2001:db8::1")));
    CHECK(set.contains(*spf::Network::parse("192.0.2.64/26")));
    CHECK_FALSE(set.contains(*spf::Network::parse("192.0.0.0/16")));
    CHECK(set.contains(networks({"192.0.2.0/25", "192.0.2.200", "2001:db8::/32"})));
    CHECK_FALSE(set.contains(networks({"192.0.2.0/25", "192.0.3.0"})));
    CHECK(set.contains(networks({})));
    CHECK_FALSE(networks({}).contains(ip("192.0.2.1")));
}

TEST_CASE("addresses are counted exactly, up to all that there are", "[network_set]") {
    CHECK(networks({}).count(Family::ipv4).to_string() == "0");
    CHECK(networks({"192.0.2.0/24", "192.0.2.7", "::/0"}).count(Family::ipv4).exact() == 256U);
    CHECK(networks({"0.0.0.0/0"}).count(Family::ipv4).to_string() == "4294967296");
    CHECK(networks({"2001:db8::/64"}).count(Family::ipv6).to_string() == "18446744073709551616");
    CHECK_FALSE(networks({"2001:db8::/64"}).count(Family::ipv6).exact());
    CHECK(networks({"2001:db8::/65", "2001:db9::/65"}).count(Family::ipv6).to_string() ==
          "18446744073709551616");
    CHECK(networks({"::/0"}).count(Family::ipv6).to_string() == everything);
    CHECK(networks({"::/0"}).count(Family::ipv6).approximate() == Approx(3.4028236692e38));
    auto sum = networks({"::/1"}).count(Family::ipv6);
    sum += sum;
    CHECK(sum.to_string() == everything);
    CHECK(networks({"::/1"}).count(Family::ipv6) < sum);
}

TEST_CASE("union, intersection, difference and subset are those of bits", "[network_set]") {
    const unsigned seed = 7208;
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 400; ++round) {
        const Family family = round % 2 == 0 ? Family::ipv4 : Family::ipv6;
        const Bits x = random_bits(random);
        const Bits y = random_bits(random) & (round % 5 == 0 ? x : ~Bits{});
        const NetworkSet a = set_of(family, x);
        const NetworkSet b = set_of(family, y);
        CAPTURE(round);
        REQUIRE(set_union(a, b) == set_of(family, x | y));
        REQUIRE(set_intersection(a, b) == set_of(family, x & y));
        REQUIRE(set_difference(a, b) == set_of(family, x & ~y));
        REQUIRE(a.contains(b) == (y & ~x).none());
        REQUIRE(a.count(family).exact() == x.count());
        REQUIRE(NetworkSet(a.networks()) == a);
        bool same = true;
        for (std::uint64_t n = 0; n < 256; ++n)
            same = same && a.contains(address(family, n)) == x[n];
        REQUIRE(same);
    }
}
