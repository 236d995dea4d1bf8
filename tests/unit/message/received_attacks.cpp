// What untrusted senders write into Received fields by way of HELO, ident, their name and the
// recipient.

#include <string>

#include "spf/message/received.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

using spf::IpAddress;
using spf::test::ip;

/// "203.0.113.9 HELO by BY", "- HELO by BY" without an address, or the code of the error.
std::string read(std::string_view body) {
    const auto line = spf::parse_received(body);
    if (!line) return std::string(to_string(line.error().code));
    return (line->ip ? line->ip->to_string() : "-") + ' ' + line->helo + " by " + line->by;
}

}  // namespace

TEST_CASE("a bare literal is what the client claims, not its address", "[received][rfc5321-4.4]") {
    CHECK(read("from [192.0.2.1] by mx with esmtp; x") == "no_address");
    CHECK(read("from 192.0.2.1 by mx with SMTP; x") == "no_address");
}

TEST_CASE("a literal in HELO is not taken for the address", "[received][spoof]") {
    CHECK(read("from [10.0.0.1] (unknown [192.0.2.1]) by mx; x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from [10.0.0.1] (192.0.2.1) by mx (10.0.0.2); x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from x ([192.0.2.1] helo=[10.0.0.1]) by mx; x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from [192.0.2.1] (helo=[10.0.0.1]) by mx; x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from x (HELO ?10.0.0.1?) (192.0.2.1) by mx; x") == "192.0.2.1 ?10.0.0.1? by mx");
    // The same text, with Exim's keys as a user name of ident, which sendmail puts first.
    CHECK(read("from [10.0.0.1] (helo=x@host [192.0.2.1]) by mx; x") == "no_address");
    CHECK(read("from [10.0.0.1] (helo=x@[192.0.2.1]) by mx; x") == "no_address");
    CHECK(read("from [10.0.0.1] (helo=x@192.0.2.1) by mx; x") == "no_address");
    CHECK(read("from [10.0.0.1] (port=1 helo=x ident=y@[192.0.2.1]) by mx; x") == "no_address");
}

TEST_CASE("a HELO name that is written down as it came is refused, never believed",
          "[received][spoof]") {
    const std::string helo = GENERATE(values<std::string>({
        "a ([10.0.0.1])",
        "a (b [10.0.0.1])",
        "a (10.0.0.1)",
        "a (x@10.0.0.1)",
        "a (HELO b) (10.0.0.1)",
        "a (HELO b) (10.0.0.1) (",
        "[10.0.0.1] (helo=b)",
        "[10.0.0.1] (port=1)",
        "a ([10.0.0.1] helo=b) (c",
        "a ([10.0.0.1]) (",
        "a ([10.0.0.1]) (\\",
        "a ([10.0.0.1]) \"",
        "a ([10.0.0.1]) by mx with SMTP; Tue, 3 Jun 2025 09:00:00 +0000",
        "a ([10.0.0.1]) by mx with SMTP; (",
        "a ([10.0.0.1])\tBY\tmx (",
        "a ([10.0.0.1]) by mx \"",
        "a ([10.0.0.1]) by mx for <",
        "a by b with LMTP",
        "a by b with LMTP (",
        "a ([unix socket])",
        "a ([unix socket]) by b with LMTP (",
        "(qmail 1 invoked from network);",
        "x) ([10.0.0.1]",
        "x) (10.0.0.1",
        "x) by mx ([10.0.0.1]",
        "x]) ([10.0.0.1",
        "x helo=[10.0.0.1]",
        "x [10.0.0.1]",
        "",
        "([10.0.0.1])",
        "a (HELO b) ([10.0.0.1])",
        "a (HELO b) ([10.0.0.1]) by b (by SoftMail)",
        "a (EHLO b) (x@[10.0.0.1]) (\\",
        "a (x@[10.0.0.1])",
        "a (Not Verified[10.0.0.1])",
        "a (b [10.0.0.1] (AS1 x",
        "a ([10.0.0.1] verified) (x",
        "a ([10.0.0.1] b) (Authenticated sender: c",
        "a ([10.0.0.1] b) ([x@",
        "a ([10.0.0.1]:1 \"EHLO b\" rhost-flags-OK)",
        "a ([10.0.0.1:1])",
        "[10.0.0.1] (account b HELO c)",
        "[10.0.0.1] (account b HELO",
        "a [10.0.0.1]",
        "a [10.0.0.1] by b (",
        "a [(10.0.0.1)]",
        "a [(10.0.0.1)] by b with ESMTP; (",
        "a ([10.0.0.1]);",
        "a ([10.0.0.1]); by b (",
        "a\n ([10.0.0.1])\r\n\tby mx (",
        "a ([10.0.0.1]) (\n",
        "x@[10.0.0.1]) (",
        "[10.0.0.1]",
        "[10.0.0.1] x) (",
        "x\" rhost-flags-OK) ([10.0.0.1]",
    }));
    // The other texts that a sender can choose come later: an address that is accepted here.
    const std::string recipient = GENERATE(values<std::string>(
        {"bob@example.com", "\")\"@example.com", "\") by b with LMTP\"@example.com",
         "\"])) (([10.0.0.1])\"@example.com", "\"\\\"@example.com"}));
    const std::string rest = "\n\tby mx.example.com with SMTP id 1\n\tfor <" + recipient + ">; x";
    for (const std::string& body :
         {"from " + helo + " (host.example [192.0.2.1])" + rest,
          "from " + helo + " ([192.0.2.1])" + rest, "from " + helo + " (192.0.2.1)" + rest,
          "from " + helo + " (192.0.2.1:25)" + rest,
          "from " + helo + " (host.example[192.0.2.1])" + rest,
          "from host.example ([192.0.2.1] helo=" + helo + ")" + rest,
          "from [192.0.2.1] (helo=" + helo + ")" + rest,
          "from host.example (HELO " + helo + ") (192.0.2.1)" + rest,
          "from host.example (HELO " + helo + ") ([192.0.2.1])" + rest,
          "from host.example (HELO " + helo + ") (x@[192.0.2.1])" + rest,
          "from " + helo + " (IDENT:x@[192.0.2.1])" + rest,
          "from host.example (IDENT:" + helo + "@[192.0.2.1])" + rest,
          "from host.example (" + helo + " [192.0.2.1])" + rest,
          "from host.example ([192.0.2.1] " + helo + ")" + rest,
          "from host.example ([192.0.2.1]:25 \"EHLO " + helo + "\" rhost-flags-OK)" + rest,
          "from [192.0.2.1] (account ann HELO " + helo + ")" + rest,
          "from " + helo + " (Not Verified[192.0.2.1])" + rest,
          "from " + helo + " [192.0.2.1]" + rest, "from " + helo + " [(192.0.2.1)]" + rest}) {
        CAPTURE(body);
        const auto line = spf::parse_received(body);
        CHECK((!line || line->ip == ip("192.0.2.1")));
    }
}

TEST_CASE("a line without end costs linear time, and no stack", "[received][hostile]") {
    const std::string open(1'000'000, '(');
    CHECK(read("from a " + open) == "unclosed_comment");
    CHECK(read("from a (b [192.0.2.1]) " + open + std::string(1'000'000, ')') + " by mx; x") ==
          "192.0.2.1 a by mx");
    std::string comments = "from a (b [192.0.2.1])";
    for (int i = 0; i < 200'000; ++i) comments += " (1:2:3)";
    CHECK(read(comments + " by mx; x") == "192.0.2.1 a by mx");
    CHECK(read("from a (b [192.0.2.1]) (" + std::string(1'000'000, ':') + ") by mx; x") ==
          "192.0.2.1 a by mx");
}
