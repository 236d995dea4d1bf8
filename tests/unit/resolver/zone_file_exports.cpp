// Master files as name servers write them.

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spf/resolver/zone_file.hpp"
#include "support/catch.hpp"

using namespace std::chrono_literals;
using spf::dns::RecordType;
using spf::dns::Status;

namespace {

spf::ZoneResolver zone_of(std::string_view text) {
    auto zone = spf::parse_zone(text);
    if (!zone) FAIL(zone.error().message());
    return *std::move(zone);
}

/// "line: what", or "" if the text is valid.
std::string error_in(std::string_view text) {
    const auto zone = spf::parse_zone(text);
    return zone ? std::string{} : zone.error().message();
}

}  // namespace

TEST_CASE("types are known by name, also those that are younger than ldns", "[zone_file]") {
    for (const char* type : {"AMTRELAY", "RESINFO", "WALLET", "SVCB", "HTTPS", "DSYNC", "ZONEMD",
                             "wallet", "NSEC3PARAM", "SMIMEA", "TYPE65534"}) {
        CAPTURE(type);
        auto zone = zone_of(std::string("a. ") + type + " 1 2 3\n");
        CHECK(zone.resolve({"a", RecordType::txt})->status == Status::no_data);
    }
    CHECK(error_in("a. ALIAS b.") == "1: ALIAS is neither a class nor a type of records");
}

TEST_CASE("data in octets is as long as it says and as its type requires",
          "[zone_file][rfc3597-5]") {
    for (const char* line :
         {"A \\# 4 c0000201", "A \\# 4 c000 0201",
          "AAAA \\# 16 "
          "20010db8000000000000000000000001",
          "MX \\# 3 000a00", "CNAME \\# 3 016100", "TXT \\# 3 026162", "TYPE1 \\# 4 c0000201"}) {
        CAPTURE(line);
        CHECK(error_in(std::string("a. ") + line).empty());
    }
    for (const char* line :
         {"A \\# 5 c000020101", "A \\# 3 c00002", "A \\# 4 c000020101", "MX \\# 4 000a0000",
          "CNAME \\# 5 0161000102", "CNAME \\# 2 c000", "TXT \\# 3 016162", "PTR \\# 2 0000",
          "A \\#", "A \\# x c0000201", "A \\# 65540 c0000201"}) {
        CAPTURE(line);
        CHECK_FALSE(error_in(std::string("a. ") + line).empty());
    }
}

TEST_CASE("a TTL that is left out is that of $TTL, or else the one stated last",
          "[zone_file][rfc1035-5.1][rfc2308-4]") {
    auto zone = zone_of(
        "a. A 192.0.2.1\nb. 300 A 192.0.2.1\nc. A 192.0.2.1\nd. IN 5m AAAA ::1\n"
        "$TTL 1d\ne. A 192.0.2.1\nf. 60 A 192.0.2.1\ng. A 192.0.2.1\n");
    const auto ttl = [&zone](std::string_view name) {
        return zone.resolve({name, RecordType::a})->ttl;
    };
    CHECK(ttl("a") == spf::ZoneResolver::default_ttl);
    CHECK(ttl("c") == 300s);
    CHECK(ttl("e") == 24h);
    CHECK(ttl("f") == 60s);
    CHECK(ttl("g") == 24h);
}

TEST_CASE("a zone as name servers write it is read", "[zone_file][rfc1035-5.1]") {
    // Zones as exported by BIND, NSD and PowerDNS: signed, with every order of TTL and class, blank
    // owners, comments within parentheses, texts with and without quotation marks.
    spf::ZoneOptions options;
    options.knows_all = false;
    auto zone = spf::parse_zone(
        "; <<>> DiG 9.18 <<>> axfr example.com\n;; global options: +cmd\n"
        "$ORIGIN .\n$TTL 86400\t; 1 day\n"
        "example.com\t\tIN SOA\tns1.example.com. hostmaster.example.com. (\n"
        "\t\t\t\t2024010101 ; serial\n\t\t\t\t2h ; refresh\n\t\t\t\t900 ; retry (15 min)\n"
        "\t\t\t\t1W ; expire\n\t\t\t\t300 ) ; minimum\n"
        "\t\t\tNS\tns1.example.com.\n"
        "\t\t\tMX\t10 mail.example.com.\n"
        "\t\t\tTXT\t\"v=spf1 mx \" \"a:mail.example.com \" (\n\t\"include:_spf.example.com\" ; c\n"
        "\t\" -all\" )\n"
        "\t\t\tRRSIG\tTXT 13 2 86400 (\n\t\t\t\t20260101000000 20251201000000 12345 example.com.\n"
        "\t\t\t\toJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTr== )\n"
        "\t\t\tDNSKEY\t257 3 13 ( "
        "mdsswUyr3DPW132mOi8V9xESWE8jTo0d\n\t\t\t\txCjjnopKl+GqJxpVXckHAe== "
        ") ; KSK; alg = ECDSAP256SHA256 ; key id = 12345\n"
        "\t\t\tTYPE65534 \\# 5 ( 0D30390001 )\n"
        "\t\t\tCAA\t0 issue \"letsencrypt.org; validationmethods=dns-01\"\n"
        "\t\t\tHTTPS\t1 . alpn=\"h3,h2\" ipv4hint=192.0.2.80\n"
        "$ORIGIN example.com.\n"
        "_443._tcp.mail\t3600\tIN\tTLSA\t3 1 1 (\n 0123456789abcdef0123456789abcdef\n )\n"
        "mail\t\tIN 300 A 192.0.2.25 ; class first\n\t\t300 IN AAAA 2001:db8::25\n"
        "\t\tIPSECKEY\t( 10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ== )\n"
        "sel._domainkey IN TXT v=DKIM1\\;p=abc\n"
        "_spf            TXT ( v=spf1\\032ip4:192.0.2.0/24\\032-all )\n"
        "$ORIGIN sub\nhost A 192.0.2.9\n@ TXT \"semi;colon\" ; comment \"(\n",
        {}, options);
    if (!zone) FAIL(zone.error().message());
    const auto ask = [&zone](std::string_view name, RecordType type = RecordType::txt) {
        return zone->resolve({name, type});
    };
    CHECK(ask("example.com")->texts ==
          std::vector<std::string>{"v=spf1 mx a:mail.example.com include:_spf.example.com -all"});
    CHECK(ask("_spf.example.com")->texts ==
          std::vector<std::string>{"v=spf1 ip4:192.0.2.0/24 -all"});
    CHECK(ask("sel._domainkey.example.com")->texts == std::vector<std::string>{"v=DKIM1;p=abc"});
    CHECK(ask("mail.example.com", RecordType::a)->ttl == 300s);
    CHECK(ask("mail.example.com", RecordType::aaaa)->addresses.size() == 1);
    CHECK(ask("example.com", RecordType::mx)->ttl == 24h);
    CHECK(ask("host.sub", RecordType::a)->status == Status::not_in_zone);
    CHECK(ask("host.sub.example.com", RecordType::a)->status == Status::ok);
    CHECK(ask("sub.example.com")->texts == std::vector<std::string>{"semi;colon"});
    CHECK(ask("gone.example.com")->status == Status::nxdomain);
    CHECK(ask("gone.example.com")->ttl == 300s);
}

TEST_CASE("a delegation in a file is a zone cut", "[zone_file][rfc1034-4.2.1]") {
    spf::ZoneOptions options;
    options.knows_all = false;
    auto zone = spf::parse_zone(
        "example.com. SOA ns.example.com. x. 1 2 3 4 5\nexample.com. NS ns.example.com.\n"
        "_spf.example.com. NS ns.provider.example.\n",
        {}, options);
    REQUIRE(zone);
    CHECK(zone->resolve({"_spf.example.com", RecordType::txt})->status == Status::not_in_zone);
    CHECK(zone->resolve({"example.com", RecordType::txt})->status == Status::no_data);
}
