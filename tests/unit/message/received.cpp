#include "spf/message/received.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

using Code = spf::ReceivedError::Code;
using namespace std::string_literals;

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

TEST_CASE("lines of rarer servers are read", "[received][rfc5321-4.4]") {
    const auto [server, body, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"IronPort", "from x (HELO mail.example.org) ([192.0.2.1])\n  by esa1 with ESMTP; x",
         "192.0.2.1 mail.example.org by esa1"},
        {"IronPort with IPv6", "from unknown (HELO mail) ([IPv6:2001:db8::1]) by esa1; x",
         "2001:db8::1 mail by esa1"},
        {"Apache James", "from x (EHLO mail) ([192.0.2.1]) by james (JAMES SMTP Server ) with; x",
         "192.0.2.1 mail by james"},
        {"Zimbra over LMTP", "from mx (LHLO mx) (10.0.0.5) by store with LMTP; x",
         "10.0.0.5 mx by store"},
        {"qmail-ldap",
         "from x (HELO mail) (ann@[192.0.2.1])\n (envelope-sender <a@b.example>)\n by mx; x",
         "192.0.2.1 mail by mx"},
        {"sendmail, ident but no name", "from mail (IDENT:root@[192.0.2.1])\n by mx (8.11.6); x",
         "192.0.2.1 mail by mx"},
        {"sendmail, ident without prefix", "from [10.0.0.1] (ann@[192.0.2.1]) by mx; x",
         "192.0.2.1 [10.0.0.1] by mx"},
        {"Yahoo, ident and a literal", "from mail (EHLO pc) (ann.x@[192.0.2.1]) by mx; x",
         "192.0.2.1 pc by mx"},
        {"iPlanet", "from mail (\"port 34611\"@mail.example.org [192.0.2.1]) by mx with ESMTP; x",
         "192.0.2.1 mail by mx"},
        {"Stalwart", "from mail (m.example [192.0.2.1] (AS64500 Example, Inc., AT)) by mx; x",
         "192.0.2.1 mail by mx"},
        {"Trustwave", "from mail (Not Verified[192.0.2.1]) by mx with Trustwave SEG (v8); x",
         "192.0.2.1 mail by mx"},
        {"Symantec", "from mail ( [192.0.2.1]) by mx (ESMTP) with id ; x", "192.0.2.1 mail by mx"},
        {"Coremail", "from ann$example.com ( [192.0.2.1] ) by web (Coremail) ; x",
         "192.0.2.1 ann$example.com by web"},
        {"SMTPSVC without reverse name",
         "from mail ([192.0.2.1] RDNS failed) by mx with "
         "Microsoft SMTPSVC(5.0.2195.5329); x",
         "192.0.2.1 mail by mx"},
        {"CommuniGate", "from mail ([192.0.2.1] verified) by mx (CommuniGate Pro SMTP 6.1); x",
         "192.0.2.1 mail by mx"},
        {"CommuniGate, signed in", "from [192.0.2.1] (account a@b.example HELO pc) by mx; x",
         "192.0.2.1 pc by mx"},
        {"ZoneMTA",
         "from mail ([192.0.2.1] m.example) (Authenticated sender: z-1[a@b.example])\n by mx; x",
         "192.0.2.1 mail by mx"},
        {"ZMailer", "from mail ([192.0.2.1]:56184 \"EHLO pc\" rhost-flags-OK-OK-OK-OK)\n by mx; x",
         "192.0.2.1 pc by mx"},
        {"SparkPost", "from [192.0.2.1] ([192.0.2.1:36166] helo=[10.0.0.2])\n by mx; x",
         "192.0.2.1 [10.0.0.2] by mx"},
        {"IceWarp, no HELO",
         "from ([192.0.2.1]) by mx (IceWarp Merak Mail Server 9.4.2 "
         "(2009-05-21) by SoftMail) with ASMTP id 1; x",
         "192.0.2.1  by mx"},
        {"MailEnable, no HELO", "from (mail [192.0.2.1]) by MailEnable Inbound Mail Agent; x",
         "192.0.2.1  by MailEnable"},
        {"PowerMTA, no HELO", "from (192.0.2.1) by mx (PowerMTA(TM) v3.5r16) id 1; x",
         "192.0.2.1  by mx"},
        {"IMail", "from mail [192.0.2.1] by mx with ESMTP\n  (SMTPD32-5.05) id 1; x",
         "192.0.2.1 mail by mx"},
        {"Farcaster", "from mail [192.0.2.1:33431] by mx [10.0.0.2:2525] with esmtp; x",
         "192.0.2.1 mail by mx"},
        {"Generic MTA", "from mail [(192.0.2.1)] by mailgw\n (envelope-from <a@b.example>); x",
         "192.0.2.1 mail by mailgw"},
        {"OpenSMTPD of old", "from mail (m.example [192.0.2.1]);\n by mx (OpenSMTPD); x",
         "192.0.2.1 mail by mx"},
    }));
    CAPTURE(server);
    CHECK(read(body) == expected);
}

TEST_CASE("a field may be folded within its comments", "[received][rfc5322-2.2.3]") {
    const auto [body, expected] = GENERATE(table<std::string, std::string>({
        {"from a (b\n\t[192.0.2.1]) by mx; x", "192.0.2.1 a by mx"},
        {"from a (b.\r\n        [192.0.2.1])        by mx; x", "192.0.2.1 a by mx"},
        {"from a (b [192.0.2.1]\n    (may be forged)) by mx; x", "192.0.2.1 a by mx"},
        {"from a (\r\n b [192.0.2.1]\r\n )\r\n\tby\r\n mx; x", "192.0.2.1 a by mx"},
        {"from a ([192.0.2.1]:43346\n helo=b\n ident=c)\n by mx; x", "192.0.2.1 b by mx"},
        {"from [192.0.2.1] (port=1\r\n helo=b) by mx; x", "192.0.2.1 b by mx"},
        {"from a (HELO\n b) (192.0.2.1)\n by mx; x", "192.0.2.1 b by mx"},
        {"from\n a\n (192.0.2.1)\n by mx\n with\n ESMTP; x\r\n", "192.0.2.1 a by mx"},
        {"(qmail 1234\n invoked from network); x", "-  by "},
    }));
    CHECK(read(body) == expected);
    CHECK(read(spf::unfolded(body)) == expected);
}

TEST_CASE("a body is unfolded into one line", "[received][rfc5322-2.2.3]") {
    CHECK(spf::unfolded(" from a (b\r\n\t[192.0.2.1])\n  by mx; x\r\n") ==
          "from a (b [192.0.2.1]) by mx; x");
    CHECK(spf::unfolded("a\nb\r\nc") == "a\nb\r\nc");  // these line breaks do not fold
    CHECK(spf::unfolded("a\rb\x01") == "a\rb\x01");
    CHECK(spf::unfolded("a\n\n b") == "a\n\nb");
    for (const char* body : {"a\n\n b", "\r\n\n b", "a\n\n", "a\r\n\r\n b", "a\n\n \n b\n"}) {
        const std::string line = spf::unfolded(body);
        CAPTURE(body, line);
        CHECK(spf::unfolded(line) == line);  // unfolding again does not create a folding line break
    }
    CHECK(spf::unfolded("\r\n \t\r\n").empty());
    CHECK(spf::unfolded("").empty());
}

TEST_CASE("if no server handed the message over, there is no client to take for one",
          "[received][rfc5321-4.4]") {
    const std::string body = GENERATE(values<std::string>({
        "by mx.example.com (Postfix, from userid 1000)\n\tid 1; x",
        "from ann by mx with local (Exim 4.96); x",
        "from ann (x [192.0.2.1]) by mx with local-smtp (Exim 4.96); x",
        "from ann (helo=[10.0.0.1]) by mx with local-smtp (Exim 4.96); x",
        "from [192.0.2.1] by mx with local (Exim 4.96); x",
        "from mail ([192.0.2.1]) by mx (x) (y) with LOCAL; x",
        "(qmail 12345 invoked by uid 89); x",
        "(qmail 12345 invoked for bounce); x",
        "(nullmailer pid 4711 invoked by uid 1000); x",
        "(from ann@localhost)\n\tby mx (8.17.1/8.17.1/Submit) id 1; x",
        "from mail pickup service by mx with Microsoft SMTPSVC; x",
        "from localhost (localhost [local])\n\tby mx (OpenSMTPD); x",
        "by 2002:a05:6a10:1234:b0:5f:7c24 with HTTP; x",
        "by mx (Postfix) with ESMTPSA id 1; x",
        "from pop.example.com [192.0.2.1] by pc with POP3 (fetchmail-6.4.2); x",
        "from imap.example.com (imap.example.com [192.0.2.1])\n by pc with IMAP; x",
    }));
    CAPTURE(body);
    CHECK(read(body) == "not_smtp");
    // The counterpart: the same words where they do not mean it.
    CHECK(read("from mail (local [192.0.2.1]) by mx with SMTP id local for <local>; x") ==
          "192.0.2.1 mail by mx");
}

TEST_CASE("a line names the protocol if it is after the server's name", "[received][rfc3848]") {
    const auto protocol = [](std::string_view body) { return spf::parse_received(body)->protocol; };
    CHECK(protocol("from a (b [192.0.2.1]) (TLS)\n\tby mx (Postfix) with ESMTPSA\n id 1; x") ==
          "ESMTPSA");
    CHECK(protocol("from a ([192.0.2.1]) by mx (a) (b (c)) WITH smtp; x") == "smtp");
    CHECK(protocol("from a ([192.0.2.1]) by mx; x").empty());
    CHECK(protocol("from a ([192.0.2.1]) by mx id 1 with ESMTPA; x").empty());
    CHECK(protocol("from a ([192.0.2.1]) by mx (with ESMTPA; x").empty());
}

TEST_CASE("a line may say that the message changed hands within the host",
          "[received][rfc5321-4.4]") {
    CHECK(read("(qmail 12345 invoked from network); 3 Jun 2025 09:00:00 -0000") == "-  by ");
    CHECK(read("from mx.example.com\n\tby mail.example.com with LMTP\n\tid abc\n"
               "\t(envelope-from <ann@example.org>)\n\tfor <bob@example.com>; x") ==
          "- mx.example.com by mail.example.com");
    CHECK(read("by mx.example.com (Postfix)\n\tid 4F2B1C; x") == "-  by mx.example.com");
    CHECK(read("by 2002:a05:6a10:22d0:b0:5f:7c24:1 with SMTP id x1csp1; x") ==
          "-  by 2002:a05:6a10:22d0:b0:5f:7c24:1");
    CHECK(read("by 10.31.8.9 with SMTP id x1csp1;\r\n        x") == "-  by 10.31.8.9");
    CHECK(
        read("from mx.example.com ([unix socket])\n\t by imap (Cyrus v2.4.17) with LMTPA;\n\t x") ==
        "- mx.example.com by imap");
}

TEST_CASE("a line that does not say who the client was is an error that says what is missing",
          "[received][rfc5321-4.4]") {
    const auto [body, code] = GENERATE(table<std::string, std::string>({
        {"", "no_client"},
        {" \r\n\t", "no_client"},
        {"from", "no_client"},
        {"from ; by mx; x", "no_client"},
        {"from (mail) by mx; x", "no_address"},
        {"fromage (mail [192.0.2.1]) by mx; x", "no_client"},
        {"(qmail 12345 invoked from network) from a ([192.0.2.1]) by b; x", "no_client"},
        {"(qmail x invoked from network); x", "no_client"},
        {"from ann (helo=x@10.0.0.1) by mx with local-smtp (Exim 4.96); x", "no_address"},
        {"from ann (helo=[10.0.0.1]) by mx with smtp (Exim 4.96); x", "no_address"},
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
        {"from mail [192.0.2.300] by mx; x", "no_address"},
        {"from mail [192.0.2.1 by mx; x", "no_address"},
        {"from mail [(192.0.2.1] by mx; x", "no_address"},
        {"from mail ([192.0.2.1] (AS64500 of 192.0.2.2)) by mx; x", "no_address"},
        {"from mail (Nearly Verified[192.0.2.1]) by mx; x", "no_address"},
        {"from mail ([192.0.2.1:x]) by mx; x", "no_address"},
        {"from mail ([IPv6:2001:db8::1]:) by mx; x", "no_address"},
        {"from mail (account ann HELO pc) by mx; x", "no_address"},
        {"by mx.example.com with SMTP id 1; x", "no_client"},
        {"by 192.0.2.1 with SMTP id 1; x", "no_client"},
        {"by 2001:db8::1 with SMTP id 1; x", "no_client"},
        {"by 10.0.0.1 with ESMTPS id 1; x", "no_client"},
        {"by mx (Sendmail) id 1; x", "no_client"},
        {"by mx (Postfix) with ESMTP id 1; x", "no_client"},
        {"by 10.0.0.1 with SMTP id 1 by mx; x", "ambiguous"},
        {"from mail (mail [192.0.2.1]); (by) by mx; x", "no_server"},
        {"from mail (mail [192.0.2.1])", "no_server"},
        {"from mail (HELO x) (192.0.2.1) and more", "no_server"},
        {"from mail (mail [192.0.2.1]) by", "no_server"},
        {"from mail (mail [192.0.2.1]) with SMTP; x", "no_server"},
        {"from mail (mail [192.0.2.1]); x by mx", "no_server"},
        {"from mail (mail [192.0.2.1] by mx; x", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) (a (b) by mx; x", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) (a \\) by mx; x", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) (\\", "unclosed_comment"},
        {"from mail (mail [192.0.2.1]) by mx\0; x"s, "control_character"},
        {"from mail\x1b[2J (mail [192.0.2.1]) by mx; x", "control_character"},
        {"from mail\x7f (mail [192.0.2.1]) by mx; x", "control_character"},
        // A line break folds only if white space follows (RFC 5322, 2.2.3).
        {"from mail (mail\n[192.0.2.1]) by mx; x", "control_character"},
        {"from mail (mail\r\n\r\n [192.0.2.1]) by mx; x", "control_character"},
        {"from mail (mail\r [192.0.2.1]) by mx; x", "control_character"},
    }));
    CAPTURE(body);
    CHECK(read(body) == code);
    const auto line = spf::parse_received(body);
    REQUIRE_FALSE(line);
    CHECK(line.error().offset <= body.size());
    CHECK(line.error().line == 0);
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
