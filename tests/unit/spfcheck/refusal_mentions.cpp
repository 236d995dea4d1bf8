// Replies that mention a method of authentication, or mean one without its name.

#include <string>

#include "refusal/refusal.hpp"
#include "support/catch.hpp"

namespace {

using spfcheck::Cause;
using spfcheck::read_refusal;

}  // namespace

TEST_CASE("SPF in an address, a host's name or a link is no cause", "[refusal]") {
    const std::string reply =
        GENERATE("550 5.1.1 <spf@example.net>: Recipient address rejected: User unknown",
                 "550 5.1.1 <u@spf-check.example>: Recipient address rejected: User unknown",
                 "550 5.1.1 mx.spf.example.net: User unknown, mail rejected",
                 "550 5.1.1 User unknown, mail rejected, https://www.example.net/help/spf-fail");
    CAPTURE(reply);
    CHECK(read_refusal(reply).cause == Cause::mailbox_unknown);
}

TEST_CASE("SPF that passed or has no result is no cause", "[refusal]") {
    CHECK(read_refusal("554 5.7.5 DKIM signature verification failed; SPF was pass").cause ==
          Cause::dkim);
    CHECK(read_refusal("550 5.7.1 SPF check passed, rejected as spam").cause == Cause::content);
    CHECK(
        read_refusal("550 5.7.0 Local policy violation, Authentication-Results: spf=none").cause ==
        Cause::policy);
    CHECK(read_refusal("550 5.7.23 SPF check did not pass").cause == Cause::spf);
}

TEST_CASE("the rules of a block list or a filter are no cause", "[refusal]") {
    CHECK(read_refusal("554 5.7.1 Client host [192.0.2.7] blocked using zen.spamhaus.org; see also "
                       "our rules for SPF")
              .cause == Cause::policy);
    CHECK(read_refusal("550 5.7.1 Mail from 192.0.2.7 refused by blackhole site bl.spamcop.net")
              .cause == Cause::policy);
    CHECK(read_refusal("550 This message scored 11.3 spam points: SPF_FAIL, RDNS_NONE").cause ==
          Cause::content);
    CHECK(read_refusal("554 5.7.1 Blocked for the words 'SPF 50 sunscreen'").cause != Cause::spf);
}

TEST_CASE("a mention of SPF does not outweigh a code and words about the mailbox", "[refusal]") {
    CHECK(read_refusal("550 5.1.1 User unknown (SPF result was fail)").cause ==
          Cause::mailbox_unknown);
    CHECK(read_refusal("452 4.2.2 Mailbox full. Received-SPF: fail").cause == Cause::mailbox_full);
    CHECK(read_refusal("550 5.1.0 192.0.2.7 is not allowed to send from example.org per its SPF "
                       "Record")
              .cause == Cause::spf);
}

TEST_CASE("what one should set up is the cause only if nothing else is said", "[refusal]") {
    CHECK(read_refusal("550 5.7.1 Refused by local policy. Check that your SPF and reverse DNS are "
                       "set up")
              .cause == Cause::policy);
    CHECK(read_refusal("550 5.7.1 Please fix reverse DNS for 192.0.2.7").cause ==
          Cause::reverse_dns);
}

TEST_CASE("SPF is the cause without its name, and in any language", "[refusal]") {
    const std::string reply = GENERATE(
        "550 Sender address forged: example.org does not designate 192.0.2.7 as permitted sender",
        "553 5.7.1 192.0.2.7 is not authorized to send mail on behalf of example.org",
        "550 5.7.1 Client host 192.0.2.7 is not authorized to use domain example.org in MAIL FROM",
        "550 MI:SPF mx26,Psmo http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7&hostid=mx26",
        "550 5.7.23 SPF: 192.0.2.7 darf keine E-Mail f\xc3\xbcr example.org senden",
        "550 5.7.1 SPF-Pr\xc3\xbc"
        "fung fehlgeschlagen: 192.0.2.7");
    CAPTURE(reply);
    CHECK(read_refusal(reply).cause == Cause::spf);
    CHECK(read_refusal(reply).claimed_ip == spf::IpAddress::v4(192, 0, 2, 7));
}

TEST_CASE("an address in words about a mailbox or a name in DNS is not the client's", "[refusal]") {
    CHECK_FALSE(read_refusal("connect to mx.example.net[198.51.100.25]:25: Connection timed out")
                    .claimed_ip);
    CHECK_FALSE(read_refusal("552 5.2.2 mailbox full at 198.51.100.25").claimed_ip);
}

TEST_CASE("a domain that is not found is not a mailbox that is not found", "[refusal]") {
    const std::string reply = GENERATE(
        "450 4.1.2 <u@example.net>: Recipient address rejected: Domain not found",
        "553 5.1.8 <anna@example.org>... Domain of sender address anna@example.org does not exist");
    CAPTURE(reply);
    CHECK(read_refusal(reply).cause == Cause::dns);
}

TEST_CASE("Exchange Online says access denied of an unknown recipient", "[refusal]") {
    CHECK(read_refusal("550 5.4.1 Recipient address rejected: Access denied. [VE1EUR]").cause ==
          Cause::mailbox_unknown);
}

TEST_CASE("a loop of mail is neither content nor policy", "[refusal]") {
    CHECK(read_refusal("550 5.4.14 Hop count exceeded - possible mail loop").cause == Cause::other);
}

TEST_CASE("a policy, a list of signs or a later try outweighs the word SPF",
          "[spfcheck][refusal]") {
    using spfcheck::Cause;
    const auto cause = [](std::string_view words) { return spfcheck::read_refusal(words).cause; };
    CHECK(cause("550-5.7.32 Your email has been blocked because the From: header (RFC5322) in this "
                "message isn't aligned with either the authenticated SPF or DKIM domain.") ==
          Cause::dmarc);
    CHECK(cause("550 5.7.1 DMARC policy reject: example.org, spf=fail dkim=fail") == Cause::dmarc);
    CHECK(cause("451 4.7.1 Greylisted, no SPF") == Cause::greylisted);
    CHECK(cause("550 5.7.1 Client host rejected: Access denied - dynamic IP, no PTR, no SPF") !=
          Cause::spf);
    CHECK(cause("550 Sender verify failed (SPF was neutral)") != Cause::spf);
}

TEST_CASE("a failure of SPF is read in the languages of its servers", "[spfcheck][refusal]") {
    const std::string_view words = GENERATE(Catch::Generators::values<std::string_view>({
        "421-4.7.27 Your email has been rate limited because SPF authentication didn't pass for "
        "this message.",
        "554 5.7.1 Sender is not authorized to use 'a@example.org' in 'mfrom' identity",
        "550 203.0.113.9 is not permitted to send mail for example.org per its SPF policy.",
        "550 5.7.1 Your SPF record does not list 203.0.113.9",
        "554 5.7.1 Il server 203.0.113.9 non risulta autorizzato dal record SPF",
        "550 5.7.1 El remitente no supera la comprobaci\xc3\xb3n SPF",
        "550 5.7.1 Mensagem rejeitada: falha na verifica\xc3\xa7\xc3\xa3o SPF",
        "550 5.7.1 SPF\xe8\xaa\x8d\xe8\xa8\xbc\xe3\x81\xab\xe5\xa4\xb1\xe6\x95\x97",
    }));
    CAPTURE(words);
    CHECK(spfcheck::read_refusal(words).cause == spfcheck::Cause::spf);
}
