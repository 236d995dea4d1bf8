// The forms of servers that write the client in a way of their own.

#include <string>

#include "spf/message/received.hpp"
#include "support/catch.hpp"

namespace {

/// "203.0.113.9 HELO by BY", "- HELO by BY" without an address, or the code of the error.
std::string read(std::string_view body) {
    const auto line = spf::parse_received(body);
    if (!line) return std::string(to_string(line.error().code));
    return (line->ip ? line->ip->to_string() : "-") + ' ' + line->helo + " by " + line->by;
}

}  // namespace

TEST_CASE("a server may write something more about the client", "[received][rfc5321-4.4]") {
    const auto [server, body, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"Exim, port behind a dot", "from a ([192.0.2.1.63559]) by mx with esmtp (Exim 3.35); x",
         "192.0.2.1 a by mx"},
        {"Exim, keys in another order",
         "from a ([192.0.2.1] ident=c helo=b) by mx with esmtp (Exim 4.92); x",
         "192.0.2.1 b by mx"},
        {"Exim, encrypted identity",
         "from a ([192.0.2.1] helo=b ident=[W9Vc/Q==]) by mx with smtp (Exim 3.36); x",
         "192.0.2.1 b by mx"},
        {"sendmail, encrypted identity",
         "from a (IDENT:[vGiVWJ+/aO==]@b.example [192.0.2.1]) by mx (8.9.3/8.9.3); x",
         "192.0.2.1 a by mx"},
        {"sendmail, identity with an equals sign", "from a (c=d@[192.0.2.1]) by mx (8.11.6); x",
         "192.0.2.1 a by mx"},
        {"sendmail, via", "from a (b [192.0.2.1]) via ESMTP by mx (8.12.1/) id h06; x",
         "192.0.2.1 a by mx"},
        {"sendmail, signed in",
         "from [10.0.0.9] (b [192.0.2.1] (may be forged)) (authenticated (0 bits))\n"
         "\tby mx (8.14.7/8.12.4) with ESMTP id 1; x",
         "192.0.2.1 [10.0.0.9] by mx"},
        {"Courier", "from a (softdnserr [::ffff:192.0.2.1]) (AUTH: LOGIN ann@b.example) by mx; x",
         "192.0.2.1 a by mx"},
        {"SMTPSVC, unverified",
         "from a ([192.0.2.1] unverified) by mx with Microsoft SMTPSVC(5.0); x",
         "192.0.2.1 a by mx"},
        {"SMTPSVC, over TLS",
         "from a ([192.0.2.1]) by mx over TLS secured channel with Microsoft SMTPSVC(8.5); x",
         "192.0.2.1 a by mx"},
        {"SMTPSVC 5.5", "from [10.0.0.9] - 192.0.2.1 by mx with Microsoft SMTPSVC(5.5.1877); x",
         "192.0.2.1 [10.0.0.9] by mx"},
        {"Exchange, without by",
         "from [10.0.0.9] (a [192.0.2.1]) mx.example.com (2001:db8::1) with Microsoft SMTP Server\n"
         " (TLS) id 1; x",
         "192.0.2.1 [10.0.0.9] by mx.example.com"},
        {"Exchange 5.5", "from a (192.0.2.1 [192.0.2.1]) by mx with SMTP (Microsoft Exchange); x",
         "192.0.2.1 a by mx"},
        {"Ecelerity, port and no name", "from ([192.0.2.1:50387] helo=a) by mx (ecelerity 2.1); x",
         "192.0.2.1 a by mx"},
        {"XMail", "from a (192.0.2.1:23198) by mx (10.0.0.9:25) with [XMail 1.27 ESMTP Server]; x",
         "192.0.2.1 a by mx"},
        {"Yahoo, signed in", "from a (HELO b) (ann@192.0.2.1 with plain) by smtp1 with SMTP; x",
         "192.0.2.1 b by smtp1"},
        {"Yahoo, unknown name", "from 127.0.0.1 (EHLO b) (192.0.2.1) by mta1 with SMTP; x",
         "192.0.2.1 b by mta1"},
        {"qmail, no HELO", "from a (HELO ) (192.0.2.1) by mx with SMTP; x", "192.0.2.1  by mx"},
        {"qmail, cut off", "from unknown (HELO b) (192.0.2.1)", "192.0.2.1 b by "},
        {"qmail-ldap, user",
         "from a (HELO b) (ann@c.example@[192.0.2.1]) (envelope-sender <d@e.example>) by mx; x",
         "192.0.2.1 b by mx"},
        {"McAfee", "from unknown [192.0.2.1] (EHLO b) by mx(mxl_mta-6.9.0-0) with ESMTP id 1; x",
         "192.0.2.1 b by mx"},
        {"smap", "from a(192.0.2.1) by mx via smap (V1.3) id 1; x", "192.0.2.1 a by mx"},
        {"smap, HELO", "from a(192.0.2.1, HELO b) by mx via smap (V1.3) id 1; x",
         "192.0.2.1 b by mx"},
        {"smtpd of Obtuse",
         "from a(192.0.2.1), claiming to be \"b.example\" via SMTP by mx, id smtpd1; x",
         "192.0.2.1 b.example by mx"},
        {"InterMail", "from a (<unknown.domain>[192.0.2.1]) by mx (mx) with SMTP id <1>; x",
         "192.0.2.1 a by mx"},
        {"Rockliffe", "from a (unverified [192.0.2.1]) by mx <B0014212518@mx>; x",
         "192.0.2.1 a by mx"},
        {"address twice", "from a ([192.0.2.1] [192.0.2.1]) by mx with ESMTP; x",
         "192.0.2.1 a by mx"},
        {"webmail", "from 192.0.2.1 ( [192.0.2.1]) as user ann@localhost by mx with HTTP; x",
         "192.0.2.1 192.0.2.1 by mx"},
        {"ZMailer without flags", "from a ([192.0.2.1]:48203 \"HELO b\") by vger with ESMTP; x",
         "192.0.2.1 b by vger"},
        {"F-Secure",
         "from [192.0.2.1]:50999 (HELO b) by mx ([10.0.0.9]:25) (F-Secure) with SMTP; x",
         "192.0.2.1 b by mx"},
        {"CommuniGate, no name",
         "from [192.0.2.1] (HELO [10.0.0.9]) by mx (CommuniGate Pro SMTP 7.1.1) with ESMTPS; x",
         "192.0.2.1 [10.0.0.9] by mx"},
        {"CommuniGate, account",
         "from [192.0.2.1] (account ann@b.example [192.0.2.1] verified) by mx (CommuniGate); x",
         "192.0.2.1 [192.0.2.1] by mx"},
        {"CommuniGate, webmail",
         "from [192.0.2.1] (account ann@b.example) by mx (CommuniGate Pro WebUser) with HTTP; x",
         "192.0.2.1 [192.0.2.1] by mx"},
        {"server without name", "from a (b [192.0.2.1]) by  (Symantec Messaging Gateway) with; x",
         "192.0.2.1 a by "},
        {"Stalwart", "from a (b [IPv6:2001:db8::1] (AS64500 Example Network, AT)) by mx; x",
         "2001:db8::1 a by mx"},
        {"Facebook", "from facebook.com (wrXxGlPb== 192.0.2.1) by facebook.com with Thrift id 1; x",
         "192.0.2.1 facebook.com by facebook.com"},
        {"Smail",
         "from a(really b.example [192.0.2.1]) (2017 bytes) by mx via sendmail with smtp; x",
         "192.0.2.1 a by mx"},
        {"old servers of GMX", "from a (EHLO b) [192.0.2.1] by mail.gmx.net (mp058) with SMTP; x",
         "192.0.2.1 b by mail.gmx.net"},
        {"Sina, no spaces", "from unknown( HELO b)([192.0.2.1])by mx with SMTP 20 Mar 2014; x",
         "192.0.2.1 b by mx"},
        {"Comcast", "from a (b.example[192.0.2.1](misconfigured sender)) by mx (mx) with SMTP; x",
         "192.0.2.1 a by mx"},
        {"netqmail with TLS",
         "from a (HELO b) (ann@192.0.2.1)\n"
         "  de/crypted with TLSv1: AES256-SHA [256/256] DN=none\n  by mx with ESMTPSA; x",
         "192.0.2.1 b by mx"},
        {"ZMailer, ident",
         "from a ([192.0.2.1]:1025 ident: \"NO-IDENT-SERVICE[2]\" auth: LOGIN ann) by vger; x",
         "192.0.2.1 a by vger"},
        {"qpsmtpd, signed in",
         "from a (HELO b) (192.0.2.1) (smtp-auth username ann, mechanism login) by mx; x",
         "192.0.2.1 b by mx"},
        {"InterMail, really", "from [10.0.0.9] (really [192.0.2.1]) by mx (InterMail vM.7); x",
         "192.0.2.1 [10.0.0.9] by mx"},
        {"Aliyun", "from a(mailfrom:ann@b.example fp:SMTPD_---1.AB ip:192.0.2.1) by smtp.aliyun; x",
         "192.0.2.1 a by smtp.aliyun"},
        {"a TLS comment first", "from a (using TLS with cipher X) (b [192.0.2.1]) by mx; x",
         "192.0.2.1 a by mx"},
    }));
    CAPTURE(server);
    CHECK(read(body) == expected);
}

TEST_CASE("some servers write only the address that they saw, in place of the name",
          "[received][rfc5321-4.4]") {
    const auto [server, rest] = GENERATE(table<std::string, std::string>({
        {"Exim", "by mx with esmtpsa (Exim 4.96 #2 (Red Hat Linux)) id 1; x"},
        {"Exim, cipher",
         "by mx with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.97) id 1; x"},
        {"iPlanet", "by mx (iPlanet Messaging Server 5.1 (built May 7 2001)) with ESMTP id 1; x"},
        {"Oracle", "by mx (Oracle Communications Messaging Server 7.0.5) with ESMTP id 1; x"},
        {"MDaemon", "by mx (IPv6:2001:db8::2) (MDaemon PRO v25.0.3a) with ESMTPSA id 1; x"},
        {"MessageLabs", "(using TLSv1.2 with cipher X (256 bits)) by mx id 1/2-3; x"},
        {"Mandrill", "by mandrillapp.com id 0123abcd; x"},
        {"Yahoo", "by n3.bullet.mail with NNFMP; x"},
        {"Yahoo, another hop", "by n3.bullet.mail with smtp; x"},
        {"Yahoo, webmail", "by web1 via HTTP; x"},
        {"GMX, webmail", "by 3capp-gmx-bs15 (via HTTP); x"},
        {"GMX and IONOS", "by mrelayeu.kundenserver.de with ESMTPSA (Nemesis) id 1; x"},
        {"iPlanet, webmail", "by mx (mshttpd); x"},
        {"PMDF", "by mx (PMDF V5.2-31 #1) with SMTP id 1; x"},
        {"QMQP", "by mx (10.0.0.9) with QMQP; x"},
        {"Tumbleweed", "by mx with ESMTP ( welcome. (Email Firewall v6.3.1)); x"},
        {"Trend Micro", "by mx (InterScan E-Mail VirusWall NT); x"},
        {"Post.Office", "by mx (Post.Office MTA v3.5.3 release 223) with SMTP id 1; x"},
        {"Ecelerity", "([localhost]) by mx (envelope-from <a@b.example>) (ecelerity 3.6) with; x"},
    }));
    CAPTURE(server);
    const auto line = spf::parse_received("from [192.0.2.1] " + rest);
    REQUIRE(line);
    CHECK(line->ip == spf::IpAddress::v4(192, 0, 2, 1));
    CHECK(line->helo == "[192.0.2.1]");
}

TEST_CASE("an address without brackets is trusted in place of the name only if there is no HELO",
          "[received][spoof]") {
    CHECK(read("from 192.0.2.1 by mx with HTTP; x") == "192.0.2.1 192.0.2.1 by mx");
    CHECK(read("from 192.0.2.1 by 10.0.0.9 with https; x") == "192.0.2.1 192.0.2.1 by 10.0.0.9");
    CHECK(read("from 192.0.2.1 (SquirrelMail authenticated user ann) by mx with HTTP; x") ==
          "192.0.2.1 192.0.2.1 by mx");
    CHECK(read("from 192.0.2.1 by BAY0-DAV.phx.gbl with DAV; x") ==
          "192.0.2.1 192.0.2.1 by BAY0-DAV.phx.gbl");
    CHECK(read("from 192.0.2.1 by mx (SMTPL release 1.0d) with TCP; x") ==
          "192.0.2.1 192.0.2.1 by mx");
    CHECK(read("from 192.0.2.1 by mx (InterScan E-Mail VirusWall NT); x") ==
          "192.0.2.1 192.0.2.1 by mx");
    CHECK(read("from 192.0.2.1 (HELO b) by mx (10.0.0.9) with SMTP; x") == "192.0.2.1 b by mx");
    CHECK(read("from 192.0.2.1 by mx with esmtp (Exim 4.96); x") == "no_address");
    CHECK(read("from 192.0.2.1 by mx id 1; x") == "no_address");
    CHECK(read("from 192.0.2.1 (helo=b) by mx; x") == "no_address");
}

TEST_CASE("an address in place of the name is only a claim if any server could have written it",
          "[received][spoof]") {
    const std::string rest = GENERATE(values<std::string>({
        "by mx with SMTP; x",
        "by mx with ESMTP id 1; x",
        "by mx (Postfix) with ESMTP id 1; x",
        "by mx (MDaemon PRO v9.0.1) with ESMTP id 1; x",
        "by mx (Merak 8.0.3) with SMTP id 1; x",
        "by mx with SMTP id 1 for <\"(Exim 4.96)\"@example.com>; x",
        "by mx (MailHog) id 1; x",
        "by mx with SMTP (envelope-from <\"Exim \"@example.com>) id 1; x",
        "by mx (envelope-from <\"InterScan \"@example.com>) with SMTP id 1; x",
        "(unknown) by mx id 1; x",
        "(unknown []) by mx (Coremail) with SMTP id 1; x",
        "(unknown [unknown]) by mx with HTTP; x",
        "([localhost]) by mx with SMTP; x",
    }));
    CAPTURE(rest);
    CHECK(read("from [10.0.0.9] " + rest) == "no_address");
}

TEST_CASE("two addresses for one client are ambiguous", "[received][spoof]") {
    const std::string body = GENERATE(values<std::string>({
        "from a ([192.0.2.1] [10.0.0.9]) by mx; x",
        "from a ([10.0.0.9]) (b:192.0.2.1) by mx; x",
        "from a ([10.0.0.9])(mailfrom:b@c.example ip:192.0.2.1) by mx; x",
        "from a (mailfrom:\"b ip:10.0.0.9\"@c.example ip:192.0.2.1) by mx; x",
        "from a (b [192.0.2.1]) [10.0.0.9] by mx; x",
        "from a [10.0.0.9] (b [192.0.2.1]) by mx; x",
        "from a[10.0.0.9] (b [192.0.2.1]) by mx; x",
        "from [10.0.0.9]:25 (b [192.0.2.1]) by mx; x",
        "from a - 10.0.0.9 (b [192.0.2.1]) by mx; x",
        "from [10.0.0.9] (helo=b) ([192.0.2.1]) by mx; x",
        "from [10.0.0.9] (HELO b) ([192.0.2.1]) by mx; x",
        "from 10.0.0.9 (HELO b) ([192.0.2.1]) by mx; x",
        "from [10.0.0.9] (account ann [192.0.2.1] verified) by mx; x",
        "from 10.0.0.9 (SquirrelMail authenticated user ann) ([192.0.2.1]) by mx with HTTP; x",
        "from a (HELO b) (HELO c) (192.0.2.1) by mx; x",
        "from a (HELO b) ([192.0.2.1] helo=c) by mx; x",
        "from a ([192.0.2.1]) via [10.0.0.9] by mx; x",
        "from a ([unix socket]) ([192.0.2.1]) by mx with LMTP; x",
        "from a ([192.0.2.1]) (b by c) by mx; x",
        "from a ([192.0.2.1]) by b (by c) ([10.0.0.9]); x",
    }));
    CAPTURE(body);
    const std::string code = read(body);
    CHECK((code == "ambiguous" || code == "no_address"));
}

TEST_CASE("a browser is the program of a user, as an authenticated client is", "[received]") {
    CHECK(spf::is_signed_in(spf::parse_received("from 192.0.2.1 by mx with HTTP; x")->protocol));
    CHECK(spf::is_signed_in("ESMTPSA"));
    CHECK_FALSE(spf::is_signed_in("HTTPS"));  // Microsoft's servers use it among themselves
    CHECK_FALSE(spf::is_signed_in("ESMTPS"));
}
