// Whatever an untrusted sender writes into the texts that it can choose, the address that is read
// is the one that the server saw, or the line is an error.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "spf/message/received.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

/// A line with places for the texts of the sender: `{H}` is HELO, `{I}` another text, such as the
/// identity of the client (RFC 1413), its user name, its host name or its envelope sender.
/// 192.0.2.1 is the address that the server saw.
const std::vector<std::string_view> lines{
    // Postfix, sendmail, Google, Courier, Amazon, Haraka, OpenSMTPD and many others
    "from {H} (host.example [192.0.2.1]) by mx (Postfix) with ESMTP id 1 for <{R}>; x",
    "from {H} (host.example. [192.0.2.1]) by mx with ESMTPS id 1 for <{R}>; x",
    "from {H} ({I} [192.0.2.1]) by mx with ESMTP id 1 for <{R}>; x",
    "from {H} ({I}[192.0.2.1]) by mx with ESMTP id 1 for <{R}>; x",
    "from {H} (host.example [192.0.2.1]) (Authenticated sender: {I}) by mx with ESMTPA id 1; x",
    "from {H} (host.example [192.0.2.1]) (using TLSv1.3 with cipher X (256/256 bits))\n"
    " (Client CN \"{I}\", Issuer \"CA\" (verified OK)) by mx (Postfix) with ESMTPS id 1; x",
    "from {H} (host.example [192.0.2.1]); by mx (OpenSMTPD) with ESMTP id 1; for <{R}>; x",
    "from {H} (host.example [192.0.2.1] (may be forged)) by mx (8.17.1) for <{R}>; x",
    "from {H} (host.example [192.0.2.1] (AS64500 {I}, AT)) by mx (Stalwart SMTP) id 1; x",
    "from {H} (IDENT:{I}@host.example [192.0.2.1]) by mx (8.9.3/8.9.3) for <{R}>; x",
    "from {H} (IDENT:{I}@[192.0.2.1]) by mx (8.9.3/8.9.3) with SMTP for <{R}>; x",
    "from {H} ({I}@[192.0.2.1]) by mx (8.9.3/8.9.3) with SMTP for <{R}>; x",
    "from {H} ({I}@192.0.2.1) by mx with SMTP; x",
    "from {H} (\"port 99\"@{I} [192.0.2.1]) by mx (iPlanet Messaging Server 5.1) id 1; x",
    "from {H} ([192.0.2.1]) by mx with Microsoft SMTPSVC(6.0); x",
    "from {H} ([192.0.2.1] RDNS failed) by mx with Microsoft SMTPSVC(6.0); x",
    "from {H} ([192.0.2.1] verified) by mx (CommuniGate Pro SMTP 6.1) for {R}; x",
    "from {H} ([192.0.2.1] {I}) (Authenticated sender: {I}) by mx (ZoneMTA) id 1; x",
    "from {H} ([192.0.2.1]) (AUTH: LOGIN {I}) by mx with esmtp; x",
    "from {H} (192.0.2.1) by mx (10.0.0.9) with Microsoft SMTP Server id 1; x",
    "from {H} (192.0.2.1:25) by mx (10.0.0.9:25) with [XMail 1.20 ESMTP Server] for <{R}>; x",
    "from {H} ({I}@192.0.2.1 with login) by mx with SMTP; x",
    "from {H} ( [192.0.2.1]) by mx (ESMTP) with id ; x",
    "from {H} (Not Verified[192.0.2.1]) by mx with Trustwave SEG (v8); x",
    "from {H} (unverified [192.0.2.1]) by mx <B1@mx>; x",
    "from {H} (<unknown.domain>[192.0.2.1]) by mx (mx) with SMTP id 1; x",
    "from {H} ([192.0.2.1] [192.0.2.1]) by mx with ESMTP; x",
    "from {H}(mailfrom:{I} fp:SMTPD_1 ip:192.0.2.1) by smtp.aliyun-inc.com; x",
    "from {H}(192.0.2.1) by mx via smap (V1.3) id 1; x",
    "from {H} [192.0.2.1] by mx (SMTPD32-7.05) id 1; x",
    "from {H} [192.0.2.1] by mx [10.0.0.9] with SMTP (MDaemon.PRO.v5.0.6.R) for <{R}>; x",
    "from {H} [(192.0.2.1)] by mx (envelope-from <{I}>) (Generic MTA) with ESMTP id 1; x",
    "from {H} - 192.0.2.1 by mx with Microsoft SMTPSVC(5.5.1775.675.6); x",
    // Exim, Ecelerity, ZMailer
    "from host.example ([192.0.2.1] helo={H}) by mx with esmtp (Exim 4.96) for {R}; x",
    "from host.example ([192.0.2.1]:25 helo={H} ident={I}) by mx with esmtp (Exim 4.96); x",
    "from {I} ([192.0.2.1] helo={H}) by mx with esmtp (Exim 4.96) for {R}; x",
    "from [192.0.2.1] (helo={H}) by mx with esmtp (Exim 4.96) for {R}; x",
    "from [192.0.2.1] (port=25 helo={H} ident={I}) by mx with esmtp (Exim 4.96) for {R}; x",
    "from [192.0.2.1] (ident={I}) by mx with esmtp (Exim 4.96) for {R}; x",
    "from [192.0.2.1] ([192.0.2.1:99] helo={H}) by mx (envelope-from <{I}>) (ecelerity 4.2) id 1",
    "from ([192.0.2.1:99] helo={H}) by mx (ecelerity 4.2) with ESMTP id 1; x",
    "from host.example ([192.0.2.1]:25 \"EHLO {H}\" rhost-flags-OK) by mx with ESMTP; x",
    // qmail, qpsmtpd, Yahoo, IronPort, Zimbra, McAfee
    "from host.example (HELO {H}) (192.0.2.1) by mx with SMTP; x",
    "from {I} (HELO {H}) (192.0.2.1) by mx with SMTP; x",
    "from host.example (HELO {H}) ({I}@192.0.2.1) by mx with SMTP; x",
    "from host.example (HELO {H}) ({I}@[192.0.2.1]) (envelope-sender <{I}>) by mx for <{R}>; x",
    "from host.example (HELO {H}) ([192.0.2.1]) (envelope-sender <{I}>) by mx for <{R}>; x",
    "from host.example (EHLO {H}) ({I}@192.0.2.1 with plain) by mx with SMTP; x",
    "from host.example (LHLO {H}) (192.0.2.1) by mx with LMTP; x",
    "from host.example [192.0.2.1] (EHLO {H}) by mx (mxl_mta-6.9.0-0) with ESMTP id 1; x",
    "from host.example(192.0.2.1, HELO {H}) by mx via smap (V1.3) id 1; x",
    "from host.example(192.0.2.1), claiming to be \"{H}\" via SMTP by mx, id smtpd1; x",
    // the address in place of the name
    "from 192.0.2.1 (HELO {H}) by mx (10.0.0.9) with SMTP; x",
    "from [192.0.2.1] (HELO {H}) by mx (CommuniGate Pro SMTP 6.1) with ESMTPS id 1 for {R}; x",
    "from [192.0.2.1]:99 (HELO {H}) by mx ([10.0.0.9]:25) (F-Secure) with SMTP; x",
    "from [192.0.2.1] (account {I} HELO {H}) by mx (CommuniGate Pro SMTP 6.1) id 1; x",
    "from [192.0.2.1] (account {I} [192.0.2.1] verified) by mx (CommuniGate Pro SMTP 6.1); x",
    "from [192.0.2.1] (account {I}) by mx (CommuniGate Pro WebUser 4.3.7) with HTTP id 1; x",
    "from 192.0.2.1 (SquirrelMail authenticated user {I}) by mx with HTTP; x",
    "from [192.0.2.1] (using TLSv1.2 with cipher X (256 bits)) by mx id 1; x",
    "from [192.0.2.1] by mx with esmtp (Exim 4.96) (envelope-from <{I}>) id 1 for {R}; x",
};

const std::vector<std::string_view> texts{
    "mail.example.org",
    "[10.0.0.1]",
    "10.0.0.1",
    "a ([10.0.0.1])",
    "a (b [10.0.0.1])",
    "a (10.0.0.1)",
    "a (x@10.0.0.1)",
    "a (x@[10.0.0.1])",
    "a (10.0.0.1 with login)",
    "a (HELO b) (10.0.0.1)",
    "a (HELO b) (10.0.0.1) (",
    "a [10.0.0.1]",
    "a [10.0.0.1] (HELO b)",
    "a [(10.0.0.1)]",
    "a - 10.0.0.1",
    "a(10.0.0.1)",
    "a(10.0.0.1), claiming to be \"b\"",
    "a[10.0.0.1]",
    "[10.0.0.1]:25",
    "[10.0.0.1] (helo=b)",
    "[10.0.0.1] (port=1)",
    "[10.0.0.1] (HELO b)",
    "[10.0.0.1] (HELO b) (",
    "10.0.0.1 (HELO b)",
    "[10.0.0.1] (account b HELO c)",
    "[10.0.0.1] (account b",
    "[10.0.0.1] by mx with HTTP",
    "[10.0.0.1] by mx with esmtp (Exim 4.96)",
    "[10.0.0.1] by mx with esmtp (Exim 4.96) (",
    "[10.0.0.1] by mx id 1; (",
    "a ([10.0.0.1] helo=b) (c",
    "a ([10.0.0.1]) (",
    "a ([10.0.0.1]) (\\",
    "a ([10.0.0.1]) \\",
    "a ([10.0.0.1]) \"",
    "a ([10.0.0.1]) by b",
    "a ([10.0.0.1]) by b (",
    "a ([10.0.0.1]) by b (c (",
    "a ([10.0.0.1]) by b with SMTP; Tue, 3 Jun 2025 09:00:00 +0000",
    "a ([10.0.0.1]) by b with SMTP; (",
    "a ([10.0.0.1])\tBY\tb (",
    "a ([10.0.0.1]) by b for <",
    "a ([10.0.0.1]) via c",
    "a ([10.0.0.1]);",
    "a ([10.0.0.1]) b (10.0.0.2) with Microsoft SMTP Server",
    "a (HELO b) ([10.0.0.1])",
    "a ([10.0.0.1]:1 \"EHLO b\" rhost-flags-OK)",
    "a by b with LMTP",
    "a by b with LMTP (",
    "a ([unix socket])",
    "a ([unix socket]) by b with LMTP (",
    "by b (Postfix) id 1; (",
    "x) ([10.0.0.1]",
    "x) (y [10.0.0.1]",
    "x) (10.0.0.1",
    "x) [10.0.0.1] (y",
    "x) - 10.0.0.1 (y",
    "x) (HELO y) ([10.0.0.1]",
    "x) by b (",
    "x) ([10.0.0.1]) by b (y",
    "x) by b with LMTP (y",
    "x] [10.0.0.1",
    "x]) ([10.0.0.1",
    "x [10.0.0.1]",
    "x 10.0.0.1",
    "x@10.0.0.1",
    "x@[10.0.0.1]",
    "x@[10.0.0.1]) (",
    "helo=x",
    "helo=[10.0.0.1]",
    "ident=x",
    "port=1 helo=[10.0.0.1]",
    "x helo=[10.0.0.1]",
    "x ident=y@[10.0.0.1]",
    "x HELO [10.0.0.1]",
    "x\" [10.0.0.1",
    "x\" rhost-flags-OK) ([10.0.0.1]",
    "x\" via SMTP by b (",
    "x (",
    "x (y",
    "x )",
    "\\",
    "\"",
    "[x]",
    "[",
    "(",
    ")",
    ";",
    "",
    "[x]@[10.0.0.1]",
    "10.0.0.1 ",
    "10.0.0.1,",
    "x, 10.0.0.1",
    "10.0.0.1, HELO x",
    "x ip:10.0.0.1",
    "x ip:10.0.0.1) (",
};

const std::vector<std::string_view> recipients{
    "bob@example.com",
    "\")\"@example.com",
    "\"(Exim 4)\"@example.com",
    "\") by b with LMTP\"@example.com",
    "\"])) (([10.0.0.1])\"@example.com",
};

std::string filled(std::string_view line, std::string_view helo, std::string_view other,
                   std::string_view recipient) {
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string_view place = line.substr(i, 3);
        if (place != "{H}" && place != "{I}" && place != "{R}") {
            out += line[i];
            continue;
        }
        out += place == "{H}" ? helo : place == "{I}" ? other : recipient;
        i += 2;
    }
    return out;
}

}  // namespace

TEST_CASE("no text of the sender is taken for the address, in the form of any server",
          "[received][spoof]") {
    constexpr std::size_t step = 13;
    const spf::IpAddress seen = spf::test::ip("192.0.2.1");
    for (const std::string_view line : lines) {
        std::size_t read = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            // All pairs would take long. Each text is also paired with harmless ones.
            for (std::size_t j = i % step; j < texts.size() + step; j += step) {
                const std::string_view helo = texts[i];
                const std::string_view other = j < texts.size() ? texts[j] : "mail.example.org";
                const std::string_view recipient = recipients[(i + j) % recipients.size()];
                const std::string body = filled(line, helo, other, recipient);
                const auto found = spf::parse_received(body);
                if (found && found->ip != seen) FAIL_CHECK(body);
                if (found) ++read;
            }
        }
        CAPTURE(line);
        CHECK(read > 5);  // so the line is read, if the texts are harmless
    }
}

TEST_CASE("an address in a greeting is not that of the client if the line has no other",
          "[received][spoof]") {
    const std::string_view line = GENERATE(values<std::string_view>({
        "from {H} (user@localhost) by mx (8.15.2/8.15.2/Submit) with SMTP id x1; x",
        "from {H} (user@localhost) by mx with ESMTP; x",
        "from {H} (rdns.example.net) by mx with ESMTP; x",
        "from {H} by mx with LMTP; x",
        "from {H} by mx with SMTP; x",
        "from {H} by mx; x",
    }));
    for (const std::string_view helo : {"[10.0.0.1]:25", "x[10.0.0.1]", "x[10.0.0.1]:25",
                                        "[10.0.0.1]", "[IPv6:2001:db8::1]:25"}) {
        const auto read = spf::parse_received(filled(line, helo, "", ""));
        CAPTURE(line, helo);
        CHECK((!read || !read->ip));
    }
}
