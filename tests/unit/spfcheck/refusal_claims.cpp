// Which of several addresses in a reply is the client's.

#include "refusal/refusal.hpp"
#include "support/catch.hpp"

namespace {

/// Returns the address that a reply names as the client's, or "-".
std::string client(std::string_view reply) {
    const auto ip = spfcheck::read_refusal(reply).claimed_ip;
    return ip ? ip->to_string() : "-";
}

}  // namespace

TEST_CASE("the server that refuses is not the client that it names", "[refusal]") {
    CHECK(client("550 5.7.1 mx.dest.example [198.51.100.5]: SPF check failed for 203.0.113.9") ==
          "203.0.113.9");
    CHECK(client("550 5.7.1 mx.dest.example [198.51.100.5]: SPF check failed") == "-");
    CHECK(client("550 5.7.23 [198.51.100.5] SPF fail: client 203.0.113.9 is not permitted") ==
          "203.0.113.9");
    CHECK(client("550 SPF fail (198.51.100.5 does not take mail from mail.example.org "
                 "[2001:db8::25])") == "2001:db8::25");
}

TEST_CASE("a network in a quoted record is not the client", "[refusal]") {
    CHECK(client("550 5.7.1 SPF fail: record of example.org v=spf1 ip4:198.51.100.0/24 -all does "
                 "not list 203.0.113.9") == "203.0.113.9");
    CHECK(client("550 5.7.1 SPF fail: v=spf1 ip4:198.51.100.1 ip6:2001:db8::1 -all does not list "
                 "203.0.113.9") == "203.0.113.9");
    CHECK(client("550 5.7.1 SPF fail: v=spf1 IP6:2001:db8::/32 -all") == "-");
}

TEST_CASE("of several addresses that could each be the client, none is taken", "[refusal]") {
    CHECK(client("550 5.7.1 SPF fail: 198.51.100.5 refuses 203.0.113.9") == "-");
    CHECK(client("550 5.7.1 SPF fail: 203.0.113.9 is refused, 203.0.113.9 may not send") ==
          "203.0.113.9");
    CHECK(client("550 5.7.1 SPF fail for client-ip=203.0.113.9, ip=198.51.100.5") == "203.0.113.9");
}
