// RFC 7208 section 5.7 (exists).
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Result;
using Asked = std::vector<std::string>;

}  // namespace

TEST_CASE("exists matches if there is any A record, whatever the client", "[check][rfc7208-5.7]") {
    const std::string client = GENERATE("192.0.2.1", "2001:db8::1");
    CHECK(result_of(client, "v=spf1 exists:x.example -all", "x.example. A 127.0.0.2") ==
          Result::pass);
    CHECK(result_of(client, "v=spf1 exists:x.example -all", "x.example. A 0.0.0.0") ==
          Result::pass);
}

TEST_CASE("exists asks for A even of an IPv6 client", "[check][rfc7208-5.7]") {
    TestZone zone("example.com. TXT \"v=spf1 exists:x.example -all\"\nx.example. AAAA 2001:db8::1");
    CHECK(check("2001:db8::1", "ann@example.com", zone).result == Result::fail);
    CHECK(zone.asked == Asked{"TXT example.com", "A x.example"});
}

TEST_CASE("exists does not match if there is no A record", "[check][rfc7208-5.7]") {
    const std::string zone = GENERATE("", "x.example. AAAA 2001:db8::1", "x.example. TXT hello",
                                      "x.example. MX 10 x.example.");
    CAPTURE(zone);
    CHECK(result_of("2001:db8::1", "v=spf1 exists:x.example -all", zone) == Result::fail);
}

TEST_CASE("a failed lookup of exists is a temperror", "[check][rfc7208-5][rfc7208-5.7]") {
    const std::string status = GENERATE("!servfail", "!error", "!timeout", "!unreachable");
    CHECK(result_of("192.0.2.1", "v=spf1 exists:x.example +all", "x.example. A " + status) ==
          Result::temperror);
    CHECK(result_of("2001:db8::1", "v=spf1 exists:x.example +all", "x.example. A " + status) ==
          Result::temperror);
}

TEST_CASE("exists asks for names made of client, sender and domain", "[check][rfc7208-5.7]") {
    TestZone zone(R"(
        example.com.                                TXT "v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d} -all"
        1.2.0.192.someuser._spf.example.com.        A 127.0.0.2
    )");
    const std::string sender =
        GENERATE("someuser@example.com", "someuser+tag@example.com", "SomeUser-tag@example.com");
    CHECK(check("192.0.2.1", sender, zone).result == Result::pass);
    CHECK(check("192.0.2.2", sender, zone).result == Result::fail);
    CHECK(check("192.0.2.1", "other-someuser@example.com", zone).result == Result::fail);
}

TEST_CASE("exists follows aliases", "[check][rfc7208-5.7]") {
    CHECK(result_of("192.0.2.1", "v=spf1 exists:x.example -all",
                    "x.example. CNAME y.example.\ny.example. A 127.0.0.2") == Result::pass);
}
