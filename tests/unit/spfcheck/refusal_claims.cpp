// Which of several addresses and domains in a reply is the client's and the sender's, and which the
// recipient's.

#include "refusal/refusal.hpp"
#include "support/bounces.hpp"
#include "support/catch.hpp"

namespace {

/// Returns the address that a reply names as the client's, or "-".
std::string client(std::string_view reply) {
    const auto ip = spfcheck::read_refusal(reply).claimed_ip;
    return ip ? ip->to_string() : "-";
}

/// "RECIPIENT CAUSE DOMAIN" of a pasted reply about one recipient; what is unknown is "-".
std::string pasted(std::string_view reply) {
    const auto report = spfcheck::read_report(reply);
    REQUIRE(report);
    REQUIRE(report->recipients.size() == 1);
    const auto& one = report->recipients.front();
    const auto shown = [](const std::string& text) {
        return text.empty() ? std::string("-") : text;
    };
    return shown(one.address) + ' ' + std::string(to_string(one.refusal.cause)) + ' ' +
           shown(one.refusal.claimed_domain);
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

TEST_CASE("the sender in a link is not the recipient of a pasted reply", "[bounce]") {
    CHECK(pasted("550 5.7.23 Message rejected: SPF fail. Please see "
                 "http://www.openspf.net/Why?s=mfrom;id=alice@example.org;ip=203.0.113.9") ==
          "- spf example.org");
    CHECK(pasted("550 5.7.23 <bob@dest.example>: Recipient address rejected: SPF fail. Please see "
                 "http://www.openspf.net/Why?s=mfrom;id=alice@example.org;ip=203.0.113.9") ==
          "bob@dest.example spf example.org");
    CHECK(pasted("550 5.7.23 SPF check failed, rejected: id=alice@example.org; ip=203.0.113.9") ==
          "- spf example.org");
}

TEST_CASE("the sender in a pasted reply is not its recipient", "[bounce]") {
    CHECK(pasted("550 5.7.1 SPF check failed. Message from alice@example.org for bob@dest.example "
                 "not accepted, rejected") == "bob@dest.example spf example.org");
    CHECK(pasted("550 5.7.1 SPF check failed for alice@example.org, message rejected") ==
          "- spf example.org");
}

TEST_CASE("the domain of the recipient is not that whose record failed", "[bounce]") {
    CHECK(pasted("550 5.7.1 SPF check failed; message rejected for bob@dest.example "
                 "(203.0.113.9)") == "bob@dest.example spf -");
    CHECK(pasted("550 5.7.1 SPF check failed; message rejected for bob@dest.example, record of "
                 "example.org") == "bob@dest.example spf example.org");
}
