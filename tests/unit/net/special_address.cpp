#include "spf/net/special_address.hpp"

#include <string>

#include "support/catch.hpp"

namespace {

using spf::IpAddress;
using spf::Network;
using spf::special_range;
using spf::SpecialRange;

const SpecialRange* range_of(const std::string& text) {
    const auto address = IpAddress::parse(text);
    REQUIRE(address);
    return special_range(*address);
}

}  // namespace

TEST_CASE("an address with a purpose of its own is reported by its name", "[ip][special]") {
    const auto [text, name] = GENERATE(table<std::string, std::string>({
        {"10.0.0.0", "private (RFC 1918)"},
        {"10.255.255.255", "private (RFC 1918)"},
        {"172.31.255.255", "private (RFC 1918)"},
        {"192.168.1.1", "private (RFC 1918)"},
        {"100.127.255.255", "shared behind a provider's NAT (RFC 6598)"},
        {"127.0.0.1", "loopback (RFC 1122)"},
        {"169.254.1.1", "link-local (RFC 3927)"},
        {"224.0.0.1", "multicast (RFC 5771)"},
        {"255.255.255.255", "reserved (RFC 1112)"},
        {"::1", "loopback (RFC 4291)"},
        {"fd00::1", "private (RFC 4193)"},
        {"fe80::1", "link-local (RFC 4291)"},
        {"ff02::1", "multicast (RFC 4291)"},
        {"::ffff:10.0.0.1", "private (RFC 1918)"},
    }));
    INFO(text);
    const SpecialRange* range = range_of(text);
    REQUIRE(range != nullptr);
    CHECK(range->name == name);
    CHECK_FALSE(range->can_send());
}

TEST_CASE("a public address belongs to no special range", "[ip][special]") {
    const auto* const text = GENERATE(
        "9.255.255.255", "11.0.0.0", "1.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "223.255.255.255", "::2",
        "2001:4860:4860::8888", "2001:db9::", "2620:fe::fe", "64:ff9b::1", "3fff:1000::");
    INFO(text);
    CHECK(range_of(text) == nullptr);
}

TEST_CASE("addresses for documentation count as such that can send", "[ip][special]") {
    const auto* const text =
        GENERATE("192.0.2.1", "198.51.100.255", "203.0.113.7", "2001:db8::1", "3fff::1");
    INFO(text);
    const SpecialRange* range = range_of(text);
    REQUIRE(range != nullptr);
    CHECK(range->can_send());
    CHECK_FALSE(range->is_local());
}

TEST_CASE("a client of one's own network is distinguished from an address that no host has",
          "[ip][special]") {
    CHECK(range_of("10.1.2.3")->is_local());
    CHECK(range_of("fe80::1")->is_local());
    CHECK_FALSE(range_of("0.0.0.0")->is_local());
    CHECK_FALSE(range_of("239.1.2.3")->is_local());
}

TEST_CASE("a network is special only as a whole", "[ip][special]") {
    const auto within = [](std::string_view text) {
        return special_range(*Network::parse(text)) != nullptr;
    };
    CHECK(within("10.0.0.0/8"));
    CHECK(within("10.1.0.0/16"));
    CHECK_FALSE(within("10.0.0.0/7"));
    CHECK_FALSE(within("0.0.0.0/0"));
    CHECK(within("fc00::/7"));
    CHECK_FALSE(within("::/0"));
}

TEST_CASE("no two special ranges share an address", "[ip][special]") {
    const auto ranges = spf::special_ranges();
    for (const SpecialRange& each : ranges) {
        for (const SpecialRange& other : ranges) {
            INFO(each.network.to_string() << " " << other.network.to_string());
            CHECK((&each == &other || !each.network.contains(other.network)));
        }
    }
}
