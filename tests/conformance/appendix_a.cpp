// Every example of RFC 7208 appendix A, on the DNS data printed there.
#include "conformance/check_zone.hpp"

namespace {

using namespace spf::test;
using spf::Result;

const std::string setup = R"(
$ORIGIN example.com.
; A domain with two mail servers, two hosts, and two servers at the domain name
@           MX  10 mail-a
@           MX  20 mail-b
@           A   192.0.2.10
@           A   192.0.2.11
amy         A   192.0.2.65
bob         A   192.0.2.66
mail-a      A   192.0.2.129
mail-b      A   192.0.2.130
www         CNAME example.com.
; A related domain
$ORIGIN example.org.
@           MX  10 mail-c
mail-c      A   192.0.2.140
; The reverse IP for those addresses
$ORIGIN 2.0.192.in-addr.arpa.
10          PTR example.com.
11          PTR example.com.
65          PTR amy.example.com.
66          PTR bob.example.com.
129         PTR mail-a.example.com.
130         PTR mail-b.example.com.
140         PTR mail-c.example.org.
; A rogue reverse IP domain that claims to be something it's not
$ORIGIN 0.0.10.in-addr.arpa.
4           PTR bob.example.com.
)";

/// The last octets of the clients in 192.0.2.0/24 that pass.
std::string passing(const std::string& record) {
    TestZone zone(setup + "example.com. TXT \"" + record + "\"");
    std::string clients;
    for (int octet = 0; octet < 256; ++octet) {
        const auto outcome = check("192.0.2." + std::to_string(octet), "ann@example.com", zone);
        if (outcome.result == Result::pass)
            clients += (clients.empty() ? "" : " ") + std::to_string(octet);
    }
    return clients;
}

}  // namespace

TEST_CASE("the simple examples of appendix A.1 pass the clients listed there",
          "[check][rfc7208-A.1]") {
    const auto [record, clients] = GENERATE(table<std::string, std::string>({
        {"v=spf1 a -all", "10 11"},
        {"v=spf1 a:example.org -all", ""},
        {"v=spf1 mx -all", "129 130"},
        {"v=spf1 mx:example.org -all", "140"},
        {"v=spf1 mx mx:example.org -all", "129 130 140"},
        {"v=spf1 mx/30 mx:example.org/30 -all", "128 129 130 131 140 141 142 143"},
        {"v=spf1 ptr -all", "10 11 65 66 129 130"},
        {"v=spf1 ip4:192.0.2.128/28 -all",
         "128 129 130 131 132 133 134 135 136 137 138 139 140 141 142 143"},
    }));
    CAPTURE(record);
    CHECK(passing(record) == clients);
}

TEST_CASE("+all passes any client", "[check][rfc7208-A.1]") {
    const std::string client = GENERATE("192.0.2.1", "10.0.0.4", "203.0.113.9", "2001:db8::1");
    CHECK(check(client, "ann@example.com", setup + "example.com. TXT \"v=spf1 +all\"").result ==
          Result::pass);
}

TEST_CASE("ptr distinguishes valid from rogue reverse mappings",
          "[check][rfc7208-A.1][rfc7208-5.5]") {
    const auto [client, result] = GENERATE(table<std::string, Result>(
        {{"192.0.2.65", Result::pass}, {"192.0.2.140", Result::fail}, {"10.0.0.4", Result::fail}}));
    CHECK(check(client, "ann@example.com", setup + "example.com. TXT \"v=spf1 ptr -all\"").result ==
          result);
}

TEST_CASE("the name of an alias has the record of its target", "[check][rfc7208-A.1]") {
    CHECK(check("192.0.2.10", "ann@www.example.com", setup + "example.com. TXT \"v=spf1 a -all\"")
              .result == Result::pass);
}

TEST_CASE("related domains share servers as in appendix A.2", "[check][rfc7208-A.2]") {
    const std::string zone = setup + R"(
        example.com.      TXT "v=spf1 mx -all"
        example.net.      TXT "v=spf1 ip4:198.51.100.0/24 -all"
        example.org.      TXT "v=spf1 include:example.com include:example.net -all"
        la.example.org.   TXT "v=spf1 redirect=example.org"
        ny.example.org.   TXT "v=spf1 redirect=example.org"
        sf.example.org.   TXT "v=spf1 redirect=example.org"
    )";
    const auto [client, result] =
        GENERATE(table<std::string, Result>({{"192.0.2.129", Result::pass},
                                             {"198.51.100.7", Result::pass},
                                             {"192.0.2.140", Result::fail}}));
    const std::string domain =
        GENERATE("example.org", "la.example.org", "ny.example.org", "sf.example.org");
    CHECK(check(client, "ann@" + domain, zone).result == result);
}

TEST_CASE("users are listed one by one as in appendix A.3", "[check][rfc7208-A.3]") {
    const std::string zone = setup + R"(
$ORIGIN _spf.example.com.
mary.mobile-users                   A 127.0.0.2
fred.mobile-users                   A 127.0.0.2
15.15.168.192.joel.remote-users     A 127.0.0.2
16.15.168.192.joel.remote-users     A 127.0.0.2
example.com.               TXT "v=spf1 mx include:mobile-users._spf.%{d} include:remote-users._spf.%{d} -all"
mobile-users._spf.example.com.   TXT "v=spf1 exists:%{l1r+}.%{d}"
remote-users._spf.example.com.   TXT "v=spf1 exists:%{ir}.%{l1r+}.%{d}"
)";
    const auto [client, user, result] = GENERATE(table<std::string, std::string, Result>({
        {"192.0.2.129", "anybody", Result::pass},
        {"203.0.113.1", "mary", Result::pass},
        {"203.0.113.1", "fred+list", Result::pass},
        {"203.0.113.1", "joel", Result::fail},
        {"192.168.15.15", "joel", Result::pass},
        {"192.168.15.16", "joel+x", Result::pass},
        {"192.168.15.17", "joel", Result::fail},
        {"192.168.15.15", "bob", Result::fail},
    }));
    CHECK(check(client, user + "@example.com", zone).result == result);
}

TEST_CASE("two requirements are met at once as in appendix A.4", "[check][rfc7208-A.4]") {
    const std::string zone = setup + R"(
example.com.           TXT "v=spf1 " "-include:ip4._spf.%{d} " "-include:ptr._spf.%{d} " "+all"
ip4._spf.example.com.  TXT "v=spf1 -ip4:192.0.2.0/24 +all"
ptr._spf.example.com.  TXT "v=spf1 -ptr:example.com +all"
)";
    const auto [client, result] = GENERATE(table<std::string, Result>({
        {"192.0.2.65", Result::pass},   // in the range, and the reverse mapping matches
        {"192.0.2.140", Result::fail},  // in the range, but another domain's
        {"192.0.2.1", Result::fail},    // in the range, without reverse mapping
        {"10.0.0.4", Result::fail},     // neither
    }));
    CHECK(check(client, "ann@example.com", zone).result == result);
}

TEST_CASE("the ptr of appendix A.4 as printed matches names below its own domain",
          "[check][rfc7208-A.4]") {
    // "-ptr" in ptr._spf.example.com means that name, not example.com: no host of the setup is
    // below that name.
    CHECK(check("192.0.2.65", "ann@example.com", setup + R"(
example.com.           TXT "v=spf1 -include:ip4._spf.%{d} -include:ptr._spf.%{d} +all"
ip4._spf.example.com.  TXT "v=spf1 -ip4:192.0.2.0/24 +all"
ptr._spf.example.com.  TXT "v=spf1 -ptr +all"
)")
              .result == Result::fail);
}
