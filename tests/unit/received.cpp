#include "spf/received.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace {

using spf::IpAddress;
using spf::ReceivedLine;
using Code = spf::ReceivedError::Code;
using namespace std::string_literals;

IpAddress address(std::string_view text) {
    const auto parsed = IpAddress::parse(text);
    REQUIRE(parsed);
    return *parsed;
}

/// "203.0.113.9 HELO by BY", "- HELO by BY" without an address, or the code of the error.
std::string read(std::string_view body) {
    const auto line = spf::parse_received(body);
    if (!line) return std::string(to_string(line.error().code));
    return (line->ip ? line->ip->to_string() : "-") + ' ' + line->helo + " by " + line->by;
}

}  // namespace

TEST_CASE("lines are read as mail servers really write them", "[received][rfc5321-4.4]") {
    const auto [server, body, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"Postfix with TLS",
         " from mail.example.org (mail.example.org [192.0.2.1])\r\n"
         "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n"
         "\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)\r\n"
         "\t(Client CN \"mail.example.org\", Issuer \"R11\" (verified OK))\r\n"
         "\tby mx.example.com (Postfix) with ESMTPS id 4F2B1C\r\n"
         "\tfor <bob@example.com>; Tue,  3 Jun 2025 09:00:00 +0000 (UTC)",
         "192.0.2.1 mail.example.org by mx.example.com"},
        {"Postfix, address without name, HELO a private literal",
         "from [10.0.0.1] (unknown [192.0.2.1])\n\tby mx.example.com (Postfix) with ESMTP id 1; x",
         "192.0.2.1 [10.0.0.1] by mx.example.com"},
        {"Postfix with IPv6",
         "from mail.example.org (mail.example.org [IPv6:2001:db8::1])\n"
         "\tby mx.example.com (Postfix) with ESMTP id 1; x",
         "2001:db8::1 mail.example.org by mx.example.com"},
        {"Postfix with authentication",
         "from [192.168.1.5] (host.isp.example [192.0.2.1])\n"
         "\t(Authenticated sender: ann@example.com)\n"
         "\tby mx.example.com (Postfix) with ESMTPSA id 1; x",
         "192.0.2.1 [192.168.1.5] by mx.example.com"},
        {"sendmail",
         "from mail.example.org (mail.example.org [192.0.2.1])\n"
         "\tby mx.example.com (8.17.1/8.17.1) with ESMTPS id 553900Kd012345\n"
         "\t(version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT)\n"
         "\tfor <bob@example.com>; Tue, 3 Jun 2025 09:00:00 GMT",
         "192.0.2.1 mail.example.org by mx.example.com"},
        {"sendmail, reverse name without address",
         "from mail (mail.example.org [192.0.2.1] (may be forged))\n\tby mx (8.15.2/8.15.2) with "
         "ESMTP id u1; x",
         "192.0.2.1 mail by mx"},
        {"sendmail with ident",
         "from mail (IDENT:root@mail.example.org [192.0.2.1])\n\tby mx (8.9.3/8.9.3) with SMTP; x",
         "192.0.2.1 mail by mx"},
        {"sendmail, address without name", "from mail ([192.0.2.1])\n\tby mx (8.17.1) with SMTP; x",
         "192.0.2.1 mail by mx"},
        {"Exim, HELO is the name",
         "from mail.example.org ([192.0.2.1])\n"
         "\tby mx.example.com with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384\n"
         "\t(Exim 4.96)\n\t(envelope-from <ann@example.org>)\n\tid 1uMABC-0001Xy-2Z\n"
         "\tfor bob@example.com;\n\tTue, 03 Jun 2025 09:00:00 +0000",
         "192.0.2.1 mail.example.org by mx.example.com"},
        {"Exim, HELO is another name",
         "from host.isp.example ([192.0.2.1]:41234 helo=mail.example.org)\n\tby mx with esmtp; x",
         "192.0.2.1 mail.example.org by mx"},
        {"Exim with ident",
         "from host.isp.example ([192.0.2.1] helo=mail.example.org ident=root)\n\tby mx; x",
         "192.0.2.1 mail.example.org by mx"},
        {"Exim, ident alone", "from mail.example.org ([192.0.2.1] ident=root)\n\tby mx; x",
         "192.0.2.1 mail.example.org by mx"},
        {"Exim, address without name",
         "from [192.0.2.1] (helo=mail.example.org)\n\tby mx with esmtp (Exim 4.96); x",
         "192.0.2.1 mail.example.org by mx"},
        {"Exim, address without name, HELO a private literal",
         "from [192.0.2.1] (port=41234 helo=[10.0.0.1])\n\tby mx with esmtpsa (Exim 4.96); x",
         "192.0.2.1 [10.0.0.1] by mx"},
        {"Exim, address without name, IPv6",
         "from [2001:db8::1] (port=41234 helo=mail.example.org ident=root)\n\tby mx; x",
         "2001:db8::1 mail.example.org by mx"},
        {"Exim, HELO is the literal", "from [192.0.2.1] (port=41234)\n\tby mx with esmtp; x",
         "192.0.2.1 [192.0.2.1] by mx"},
        {"qmail",
         "from unknown (HELO mail.example.org) (192.0.2.1)\n"
         "  by mx.example.com with SMTP; 3 Jun 2025 09:00:00 -0000",
         "192.0.2.1 mail.example.org by mx.example.com"},
        {"qmail, HELO is the name", "from mail.example.org (192.0.2.1)\n  by mx with SMTP; x",
         "192.0.2.1 mail.example.org by mx"},
        {"qmail with ident",
         "from unknown (HELO mail.example.org) (ann@192.0.2.1)\n  by mx with SMTP; x",
         "192.0.2.1 mail.example.org by mx"},
        {"qmail with authentication",
         "from unknown (HELO pc) (ann@example.com@192.0.2.1)\n  by mx with ESMTPA; x",
         "192.0.2.1 pc by mx"},
        {"Exchange",
         "from mail.example.org (192.0.2.1) by EX1.example.com (10.0.0.5) with Microsoft SMTP\n"
         " Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\n"
         " 15.2.1544.11; Tue, 3 Jun 2025 09:00:00 +0000",
         "192.0.2.1 mail.example.org by EX1.example.com"},
        {"Office 365, from a stranger",
         "from mail.example.org (192.0.2.1) by\n"
         " DB5EUR03FT048.mail.protection.outlook.com (10.152.20.155) with Microsoft SMTP\n"
         " Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.8813.18 via\n"
         " Frontend Transport; Tue, 3 Jun 2025 09:00:00 +0000",
         "192.0.2.1 mail.example.org by DB5EUR03FT048.mail.protection.outlook.com"},
        {"Office 365, inside",
         "from AM0PR05MB1234.eurprd05.prod.outlook.com (2603:10a6:208:f8::25)\n"
         " by VI1PR05MB5678.eurprd05.prod.outlook.com with HTTPS; Tue, 3 Jun 2025 09:00:00 +0000",
         "2603:10a6:208:f8::25 AM0PR05MB1234.eurprd05.prod.outlook.com by "
         "VI1PR05MB5678.eurprd05.prod.outlook.com"},
        {"Office 365, link-local with zone",
         "from DB7PR04MB.prod.outlook.com ([fe80::a1:b2%3]) by DB7PR04MB.prod.outlook.com\n"
         " ([fe80::a1:b2%3]) with mapi id 15.20; x",
         "fe80::a1:b2 DB7PR04MB.prod.outlook.com by DB7PR04MB.prod.outlook.com"},
        {"Google",
         "from mail.example.org (mail.example.org. [192.0.2.1])\r\n"
         "        by mx.google.com with ESMTPS id a1-20020a.12.2025.06.03\r\n"
         "        for <bob@example.com>\r\n"
         "        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\r\n"
         "        Tue, 03 Jun 2025 02:00:00 -0700 (PDT)",
         "192.0.2.1 mail.example.org by mx.google.com"},
        {"Google with IPv6",
         "from mail.example.org (mail.example.org. [2001:db8::1]) by mx.google.com with SMTPS; x",
         "2001:db8::1 mail.example.org by mx.google.com"},
        {"OpenSMTPD",
         "from mail.example.org (mail.example.org [192.0.2.1])\n"
         "\tby mx (OpenSMTPD) with ESMTPS id 1 (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)\n"
         "\tfor <bob@example.com>; x",
         "192.0.2.1 mail.example.org by mx"},
        {"Courier, IPv4 in an IPv6 literal",
         "from mail.example.org (mail.example.org [::ffff:192.0.2.1])\n"
         "  (TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384)\n  by mx with ESMTPS id 1; x",
         "192.0.2.1 mail.example.org by mx"},
        {"amavis",
         "from mx.example.com ([127.0.0.1])\n"
         "\tby localhost (mx.example.com [127.0.0.1]) (amavisd-new, port 10024)\n"
         "\twith ESMTP id 1; x",
         "127.0.0.1 mx.example.com by localhost"},
        {"Dovecot over TCP",
         "from mx.example.com ([10.0.0.5])\n\tby store with LMTP\n\tid 1\n\t(envelope-from <a@b>)",
         "10.0.0.5 mx.example.com by store"},
        {"Microsoft SMTPSVC",
         "from mail ([192.0.2.1]) by host.example with Microsoft SMTPSVC(8.5.9600.16384);\n\t x",
         "192.0.2.1 mail by host.example"},
        {"letters of either case", "FROM mail (Mail [IPV6:2001:DB8::1]) BY mx WITH SMTP; x",
         "2001:db8::1 mail by mx"},
        {"a HELO name that is a keyword", "from by (by [192.0.2.1]) by mx with SMTP; x",
         "192.0.2.1 by by mx"},
    }));
    CAPTURE(server);
    CHECK(read(body) == expected);
}

TEST_CASE("a line may say that the message changed hands within the host",
          "[received][rfc5321-4.4]") {
    CHECK(read("(qmail 12345 invoked from network); 3 Jun 2025 09:00:00 -0000") == "-  by ");
    CHECK(read("from mx.example.com\n\tby mail.example.com with LMTP\n\tid abc\n"
               "\t(envelope-from <ann@example.org>)\n\tfor <bob@example.com>; x") ==
          "- mx.example.com by mail.example.com");
    CHECK(
        read("from mx.example.com ([unix socket])\n\t by imap (Cyrus v2.4.17) with LMTPA;\n\t x") ==
        "- mx.example.com by imap");
}

TEST_CASE("a line that does not tell who the client was is an error that says what is missing",
          "[received][rfc5321-4.4]") {
    const auto [body, code] = GENERATE(table<std::string, std::string>({
        {"", "no_client"},
        {" \r\n\t", "no_client"},
        {"from", "no_client"},
        {"from (mail [192.0.2.1]) by mx; x", "no_client"},
        {"fromage (mail [192.0.2.1]) by mx; x", "no_client"},
        {"by mx.example.com (Postfix, from userid 1000)\n\tid 1; x", "no_client"},
        {"by 2002:a05:6a10:1234:b0:5f:7c24 with SMTP id x1csp1; x", "no_client"},
        {"(qmail 12345 invoked by uid 89); x", "no_client"},
        {"(qmail 12345 invoked from network) from a ([192.0.2.1]) by b; x", "no_client"},
        {"(qmail x invoked from network); x", "no_client"},
        {"(from ann@localhost)\n\tby mx (8.17.1/8.17.1/Submit) id 1; x", "no_client"},
        {"from ann by mx with local (Exim 4.96); x", "no_address"},
        {"from ann (helo=[10.0.0.1]) by mx with local-smtp (Exim 4.96); x", "no_address"},
        {"from ann (helo=x@10.0.0.1) by mx with local-smtp (Exim 4.96); x", "no_address"},
        {"from mail pickup service by mx with Microsoft SMTPSVC; x", "no_server"},
        {"from localhost (localhost [local])\n\tby mx (OpenSMTPD); x", "no_address"},
        {"from mail (unknown [unknown]) by mx; x", "no_address"},
        {"from mail (mail.example.org) by mx; x", "no_address"},
        {"from mail by mx with SMTP; x", "no_address"},
        {"from mail ([unix socket]) by mx with SMTP; x", "no_address"},
        {"from mail (mail [192.0.2.300]) by mx; x", "no_address"},
        {"from mail (mail [IPv6:192.0.2.1]) by mx; x", "no_address"},
        {"from mail (mail [192.0.2.1%1]) by mx; x", "no_address"},
        {"from mail (mail [fe80::1%]) by mx; x", "no_address"},
        {"from mail (mail [192.0.2.1]:) by mx; x", "no_address"},
        {"from mail (mail [192.0.2.1) by mx; x", "no_address"},
        {"from mail (HELO x) by mx; x", "no_address"},
        {"from mail (HELO x) (TLS) (192.0.2.1) by mx; x", "no_address"},
        {"from mail (TLS) (mail [192.0.2.1]) by mx; x", "no_address"},
        {"from mail (mail [192.0.2.1])", "no_server"},
        {"from mail (mail [192.0.2.1]) by", "no_server"},
        {"from mail (mail [192.0.2.1]) by (Postfix); x", "no_server"},
        {"from mail (mail [192.0.2.1]) with SMTP; x", "no_server"},
        {"from mail (mail [192.0.2.1]) via tcp by mx; x", "no_server"},
        {"from mail (mail [192.0.2.1]); x by mx", "no_server"},
        {"from mail (mail [192.0.2.1] by mx; x", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) (a (b) by mx; x", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) (a \\) by mx; x", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) (\\", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) by mx\0; x"s, "control_character"},
        {"from mail\x1b[2J (mail [192.0.2.1]) by mx; x", "control_character"},
        {"from mail\x7f (mail [192.0.2.1]) by mx; x", "control_character"},
    }));
    CAPTURE(body);
    CHECK(read(body) == code);
    const auto line = spf::parse_received(body);
    REQUIRE_FALSE(line);
    CHECK(line.error().offset <= body.size());
    CHECK(line.error().line == 0);
}

TEST_CASE("a bare literal is what the client claims, not its address", "[received][rfc5321-4.4]") {
    CHECK(read("from [192.0.2.1] by mx with esmtp (Exim 4.96); x") == "no_address");
    CHECK(read("from 192.0.2.1 by mx with SMTP; x") == "no_address");
}

TEST_CASE("a literal in HELO is not taken for the address", "[received][spoof]") {
    CHECK(read("from [10.0.0.1] (unknown [192.0.2.1]) by mx; x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from [10.0.0.1] (192.0.2.1) by mx (10.0.0.2); x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from x ([192.0.2.1] helo=[10.0.0.1]) by mx; x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from [192.0.2.1] (helo=[10.0.0.1]) by mx; x") == "192.0.2.1 [10.0.0.1] by mx");
    CHECK(read("from x (HELO ?10.0.0.1?) (192.0.2.1) by mx; x") == "192.0.2.1 ?10.0.0.1? by mx");
    // The same text with Exim's keys as a user name of ident, which sendmail puts in front.
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
    }));
    // What else a stranger can choose comes behind: an address that is accepted here.
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
          "from host.example (HELO " + helo + ") (192.0.2.1)" + rest}) {
        CAPTURE(body);
        const auto line = spf::parse_received(body);
        CHECK((!line || line->ip == address("192.0.2.1")));
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

TEST_CASE("an error of a line points to the place", "[received]") {
    const std::string body = "from mail (mail.example.org) by mx; x";
    CHECK(spf::parse_received(body).error().offset == body.find('('));
    const std::string twice = "from mail ([192.0.2.1]) ([192.0.2.2]) by mx; x";
    CHECK(spf::parse_received(twice).error().offset == twice.rfind('('));
}

TEST_CASE("each error of Received lines has a name and a text of its own", "[received]") {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < spf::ReceivedError::code_count; ++i) {
        const spf::ReceivedError error{static_cast<Code>(i)};
        CHECK(error.message().size() > 20);
        CHECK(error.message().back() != '.');
        CHECK(std::find(names.begin(), names.end(), to_string(error.code)) == names.end());
        names.push_back(to_string(error.code));
    }
    CHECK(to_string(Code::no_client) == "no_client");
    CHECK(to_string(Code::from_inside) == "from_inside");
}
