#include "spf/net/ip.hpp"

#include <set>
#include <string>

#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

using spf::Family;
using spf::IpAddress;
using spf::Network;
using Code = spf::ParseError::Code;
using spf::test::ip;

Network network(std::string_view text) {
    const auto parsed = Network::parse(text);
    REQUIRE(parsed);
    return *parsed;
}

}  // namespace

TEST_CASE("addresses are read and written back in their shortest form", "[ip][rfc7208-5.6]") {
    const auto [text, written] = GENERATE(table<std::string, std::string>({
        {"0.0.0.0", "0.0.0.0"},
        {"192.0.2.1", "192.0.2.1"},
        {"255.255.255.255", "255.255.255.255"},
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"0:0:0:0:0:0:0:0", "::"},
        {"2001:db8::1", "2001:db8::1"},
        {"2001:DB8::CB01", "2001:db8::cb01"},
        {"2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"},
        {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},  // a single zero group is not shortened
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"1:2:3::5:6:7:8", "1:2:3:0:5:6:7:8"},
        {"1:0:0:4:0:0:0:8", "1:0:0:4::8"},    // the longest run
        {"1:0:0:4:5:0:0:8", "1::4:5:0:0:8"},  // the first of equal runs
        {"0:0:3:4:5:6:0:0", "::3:4:5:6:0:0"},
        {"2001:db8::192.0.2.33", "2001:db8::c000:221"},
        {"1:2:3:4:5:6:192.0.2.33", "1:2:3:4:5:6:c000:221"},
        {"::192.0.2.33", "::c000:221"},  // IPv4-compatible addresses are not IPv4-mapped
        {"::ffff:192.0.2.33", "192.0.2.33"},
        {"::ffff:c000:221", "192.0.2.33"},
        {"0:0:0:0:0:ffff:192.0.2.33", "192.0.2.33"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
    }));
    CAPTURE(text);
    CHECK(ip(text).to_string() == written);
    CHECK(ip(written) == ip(text));
}

TEST_CASE("anything but one whole address is refused", "[ip][rfc7208-5.6]") {
    const std::string text = GENERATE(
        "", " ", "192.0.2", "192.0.2.", ".192.0.2.1", "192.0..2.1", "192.0.2.1.", "192.0.2.1.1",
        "192.0.2.256", "192.0.2.1000", "192.0.2.01", "192.0.2.00", "0192.0.2.1", "192.0.2.-1",
        "192.0.2.+1", "192.0.2.0x1", "192.0.2.a", "192.0.2.1 ", " 192.0.2.1", "192.0.2.1/32",
        "3221225985", "192.0.2.1\n", "192,0,2,1", ":", ":::", "1", "1:2", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:", ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:", ":2:3:4:5:6:7:8", "1::2::3", "::1::", "1:2:3:4::5:6:7:8",
        "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8::", "12345::", "g::", "::g", "fe80::1%eth0", "[::1]",
        "::1/128", "::1 ", " ::1", "::192.0.2", "::192.0.2.256", "::192.0.2.01",
        "192.0.2.1::", "::192.0.2.1:1", "1:2:3:4:5:6:7:192.0.2.1", "1:2:3:4:5:192.0.2.1", "::-1",
        "::0x1", "::1:", "1::2:");
    CAPTURE(text);
    const auto parsed = IpAddress::parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Code::address);
    CHECK(parsed.error().offset + parsed.error().length <= text.size());
}

TEST_CASE("octets beyond US-ASCII and NUL are refused in addresses", "[ip][rfc7208-5.6]") {
    using namespace std::string_literals;
    const std::string text = GENERATE("192.0.2.1\0"s, "192.0\0.2.1"s, "\0"s, "\xff"s, "::1\0"s,
                                      "192.0.2.\xb2"s, "::\xc0\xa8"s);
    CHECK_FALSE(IpAddress::parse(text));
    CHECK_FALSE(Network::parse(text));
}

TEST_CASE("a mapped address is the IPv4 address however it was made", "[ip][rfc7208-5]") {
    const IpAddress plain = IpAddress::v4({192, 0, 2, 1});
    CHECK(plain == IpAddress::v4(192, 0, 2, 1));
    CHECK(plain == IpAddress::v6(0, 0x0000'ffff'c000'0201U));
    CHECK(plain == IpAddress::v6({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1}));
    CHECK(plain == ip("::ffff:192.0.2.1"));
    CHECK(plain.is_v4());
    CHECK(plain.family() == Family::ipv4);
    CHECK(plain.v4_bits() == 0xc000'0201U);
    CHECK(std::hash<IpAddress>{}(plain) == std::hash<IpAddress>{}(ip("::ffff:192.0.2.1")));
}

TEST_CASE("addresses beside the mapped range are IPv6", "[ip][rfc7208-5]") {
    const std::string text = GENERATE("::fffe:192.0.2.1", "::1:ffff:192.0.2.1", "1::ffff:192.0.2.1",
                                      "::192.0.2.1", "::ffff:0:192.0.2.1", "64:ff9b::192.0.2.1");
    CAPTURE(text);
    CHECK(ip(text).family() == Family::ipv6);
}

TEST_CASE("a default address is 0.0.0.0", "[ip]") {
    CHECK(IpAddress{} == IpAddress::v4({0, 0, 0, 0}));
    CHECK(IpAddress{}.to_string() == "0.0.0.0");
    CHECK(Network{}.to_string() == "0.0.0.0");
}

TEST_CASE("both ways to make an IPv6 address agree", "[ip]") {
    const IpAddress made =
        IpAddress::v6({0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xcb, 1});
    CHECK(made == IpAddress::v6(0x2001'0db8'0000'0000U, 0xcb01U));
    CHECK(made.high() == 0x2001'0db8'0000'0000U);
    CHECK(made.low() == 0xcb01U);
}

TEST_CASE("addresses are totally ordered and equal ones are the same set member", "[ip]") {
    const std::set<IpAddress> all{ip("192.0.2.1"), ip("::ffff:192.0.2.1"), ip("192.0.2.2"),
                                  ip("::1"), ip("::c000:201")};
    CHECK(all.size() == 4);
}

TEST_CASE("networks are read with their host bits cleared", "[ip][rfc7208-5.6]") {
    const auto [text, written] = GENERATE(table<std::string, std::string>({
        {"192.0.2.77", "192.0.2.77"},
        {"192.0.2.77/32", "192.0.2.77"},
        {"192.0.2.77/31", "192.0.2.76/31"},
        {"192.0.2.77/24", "192.0.2.0/24"},
        {"192.0.2.77/1", "128.0.0.0/1"},
        {"192.0.2.77/0", "0.0.0.0/0"},
        {"2001:db8::cb01", "2001:db8::cb01"},
        {"2001:db8::cb01/128", "2001:db8::cb01"},
        {"2001:db8::cb01/127", "2001:db8::cb00/127"},
        {"2001:db8:0:1:ffff::/65", "2001:db8:0:1:8000::/65"},
        {"2001:db8:0:1:ffff::/64", "2001:db8:0:1::/64"},
        {"2001:db8:0:1:ffff::/63", "2001:db8::/63"},
        {"2001:db8::cb01/1", "::/1"},
        {"ffff::/0", "::/0"},
    }));
    CAPTURE(text);
    CHECK(network(text).to_string() == written);
    CHECK(network(written) == network(text));
}

TEST_CASE("prefix lengths out of range or form are refused at their place", "[ip][rfc7208-5.6]") {
    const auto [text, code, offset] = GENERATE(table<std::string, Code, std::size_t>({
        {"192.0.2.0/33", Code::prefix_length_ip4, 9},
        {"192.0.2.0/128", Code::prefix_length_ip4, 9},
        {"192.0.2.0/", Code::prefix_length_ip4, 9},
        {"192.0.2.0/00", Code::prefix_length_ip4, 9},
        {"192.0.2.0/024", Code::prefix_length_ip4, 9},
        {"192.0.2.0/-1", Code::prefix_length_ip4, 9},
        {"192.0.2.0/+1", Code::prefix_length_ip4, 9},
        {"192.0.2.0/24/", Code::prefix_length_ip4, 9},
        {"192.0.2.0//24", Code::prefix_length_ip4, 9},
        {"192.0.2.0/255.255.255.0", Code::prefix_length_ip4, 9},
        {"192.0.2.0/4294967296", Code::prefix_length_ip4, 9},
        {"192.0.2.0/18446744073709551640", Code::prefix_length_ip4, 9},
        {"2001:db8::/129", Code::prefix_length_ip6, 10},
        {"2001:db8::/", Code::prefix_length_ip6, 10},
        {"2001:db8::/064", Code::prefix_length_ip6, 10},
        {"2001:db8::/1000", Code::prefix_length_ip6, 10},
        {"2001:db8::/64 ", Code::prefix_length_ip6, 10},
    }));
    CAPTURE(text);
    const auto parsed = Network::parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == code);
    CHECK(parsed.error().offset == offset);
    CHECK(parsed.error().offset + parsed.error().length == text.size());
}

TEST_CASE("a network of one family is refused if the other is required", "[ip][rfc7208-5.6]") {
    const auto v6 = Network::parse_v4("2001:db8::/32");
    const auto v4 = Network::parse_v6("192.0.2.0/24");
    REQUIRE_FALSE(v6);
    REQUIRE_FALSE(v4);
    CHECK(v6.error().code == Code::address_ip4);
    CHECK(v4.error().code == Code::address_ip6);
    CHECK(Network::parse("example.com").error().code == Code::address);
}

TEST_CASE("a network contains exactly the addresses that share its high-order bits",
          "[ip][rfc7208-5]") {
    const auto [text, inside, outside] = GENERATE(table<std::string, std::string, std::string>({
        {"0.0.0.0/0", "255.255.255.255", "::"},
        {"128.0.0.0/1", "128.0.0.0", "127.255.255.255"},
        {"192.0.2.0/24", "192.0.2.255", "192.0.3.0"},
        {"192.0.2.1/32", "192.0.2.1", "192.0.2.0"},
        {"192.0.2.2/31", "192.0.2.3", "192.0.2.1"},
        {"::/0", "ffff::", "192.0.2.1"},
        {"::/0", "::", "::ffff:0.0.0.0"},
        {"8000::/1", "ffff::1", "7fff::"},
        {"2001:db8::/64", "2001:db8::ffff:0:0:1", "2001:db8:0:1::"},
        {"2001:db8::/65", "2001:db8::7fff:0:0:1", "2001:db8::8000:0:0:0"},
        {"2001:db8::/63", "2001:db8:0:1::1", "2001:db8:0:2::"},
        {"2001:db8::1/128", "2001:db8::1", "2001:db8::"},
    }));
    CAPTURE(text);
    CHECK(network(text).contains(ip(inside)));
    CHECK_FALSE(network(text).contains(ip(outside)));
}

TEST_CASE("containment agrees with comparing bit by bit at every prefix length",
          "[ip][rfc7208-5]") {
    const auto bit = [](IpAddress ip, unsigned at) {
        return ((at < 64 ? ip.high() >> (63 - at) : ip.low() >> (127 - at)) & 1U) != 0;
    };
    const IpAddress base = IpAddress::v6(0x2001'0db8'a5a5'5a5aU, 0x0123'4567'89ab'cdefU);
    for (unsigned flipped = 0; flipped < 128; ++flipped) {
        const std::uint64_t high =
            base.high() ^ (flipped < 64 ? std::uint64_t{1} << (63 - flipped) : 0);
        const std::uint64_t low =
            base.low() ^ (flipped < 64 ? 0 : std::uint64_t{1} << (127 - flipped));
        const IpAddress other = IpAddress::v6(high, low);
        REQUIRE(bit(other, flipped) != bit(base, flipped));
        for (unsigned length = 0; length <= 128; ++length) {
            REQUIRE(Network(base, length).contains(other) == (flipped >= length));
        }
    }
    for (unsigned flipped = 0; flipped < 32; ++flipped) {
        const IpAddress v4 = IpAddress::v4({192, 0, 2, 77});
        const IpAddress other = IpAddress::v6(0, v4.low() ^ std::uint64_t{1} << (31 - flipped));
        for (unsigned length = 0; length <= 32; ++length) {
            REQUIRE(Network(v4, length).contains(other) == (flipped >= length));
        }
    }
}

TEST_CASE("a network written as IPv6 contains no IPv4 client", "[ip][rfc7208-5][rfc7208-5.6]") {
    const std::string text =
        GENERATE("::/0", "::ffff:0:0/96", "::ffff:192.0.2.1", "::ffff:192.0.2.0/120");
    const auto parsed = Network::parse_v6(text);
    REQUIRE(parsed);
    CHECK(parsed->family() == Family::ipv6);
    CHECK_FALSE(parsed->contains(ip("192.0.2.1")));
    CHECK_FALSE(parsed->contains(ip("::ffff:192.0.2.1")));
}

TEST_CASE("a network contains the networks within it and itself", "[ip]") {
    CHECK(network("192.0.2.0/24").contains(network("192.0.2.128/25")));
    CHECK(network("192.0.2.0/24").contains(network("192.0.2.0/24")));
    CHECK_FALSE(network("192.0.2.128/25").contains(network("192.0.2.0/24")));
    CHECK_FALSE(network("192.0.2.0/24").contains(network("192.0.3.0/25")));
    CHECK(network("0.0.0.0/0").contains(network("192.0.2.1")));
    CHECK_FALSE(network("0.0.0.0/0").contains(network("::/0")));
    CHECK_FALSE(network("::/0").contains(network("0.0.0.0/0")));
    CHECK(network("::/0").contains(network("2001:db8::/32")));
}

TEST_CASE("a prefix length beyond the family's is cut to it", "[ip]") {
    CHECK(Network(ip("192.0.2.1"), 128).prefix_length() == 32);
    CHECK(Network(ip("2001:db8::1"), 1000).prefix_length() == 128);
}
