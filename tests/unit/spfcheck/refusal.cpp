// What spfcheck makes of the words with which a server refuses a message.

#include "refusal/refusal.hpp"

#include <array>
#include <fstream>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "support/catch.hpp"

namespace {

using spfcheck::Cause;
using spfcheck::read_refusal;
using spfcheck::Refusal;

Cause cause(std::string_view words) { return read_refusal(words).cause; }

}  // namespace

TEST_CASE("a reply has a code, an enhanced code, and its words on one line",
          "[spfcheck][refusal]") {
    const Refusal refusal = read_refusal(
        "550-5.1.1 The email account that you tried to reach\r\n550 5.1.1 does not exist.\r\n");
    CHECK(refusal.code == 550U);
    CHECK(refusal.status == "5.1.1");
    CHECK(refusal.text == "550 5.1.1 The email account that you tried to reach does not exist.");
    CHECK(refusal.cause == Cause::mailbox_unknown);
}

TEST_CASE("codes in the middle of lines that a server joined are left out", "[spfcheck][refusal]") {
    CHECK(read_refusal("550-5.7.26 hard fail 550-5.7.26 policy (-all) 550 5.7.26 [192.0.2.7].")
              .text == "550 5.7.26 hard fail policy (-all) [192.0.2.7].");
}

TEST_CASE("a number in a sentence is no reply code", "[spfcheck][refusal]") {
    CHECK_FALSE(read_refusal("The limit is 500 messages a day").code);
    CHECK_FALSE(read_refusal("see 192.0.2.250").code);
    CHECK(read_refusal("the server said 550 no").code == 550U);
}

TEST_CASE("an address or a version is no enhanced code", "[spfcheck][refusal]") {
    CHECK(read_refusal("550 [5.1.1.1] refused by Exim 4.94.2").status.empty());
    CHECK(read_refusal("550 no such user (#5.1.1)").status == "5.1.1");
}

TEST_CASE("the code behind the reply code is believed before another",
          "[spfcheck][refusal][rfc3463]") {
    CHECK(read_refusal("550 5.7.1 rejected (was 5.1.1)").status == "5.7.1");
    CHECK(read_refusal("550 5.0.0 rejected, 5.2.2 mailbox full").status == "5.2.2");
}

TEST_CASE("behind an arrow stands what the other server said", "[spfcheck][refusal]") {
    constexpr std::string_view exchange =
        "550 5.7.23 The message was rejected because of Sender Policy Framework violation -> ";
    const Refusal dmarc = read_refusal(
        std::string(exchange).append("550 5.7.1 not accepted due to;domain's DMARC policy."));
    CHECK(dmarc.cause == Cause::dmarc);
    CHECK(dmarc.status == "5.7.1");
    CHECK(cause(std::string(exchange).append("553 SPF check;failed")) == Cause::spf);
    CHECK(cause(std::string(exchange).append("550 5.1.1 User unknown")) == Cause::mailbox_unknown);
}

TEST_CASE("5.7.23 alone is no SPF", "[spfcheck][refusal][rfc7372]") {
    CHECK(cause("550 5.7.23 Message refused") == Cause::policy);
}

TEST_CASE("5.7.26 is what its words say", "[spfcheck][refusal][rfc7372]") {
    CHECK(cause("550-5.7.26 The MAIL FROM domain [example.org] has an SPF record with a hard fail\n"
                "550-5.7.26 policy (-all) but it fails to pass SPF checks with the ip:\n"
                "550 5.7.26 [192.0.2.7].") == Cause::spf);
    CHECK(
        cause("550-5.7.26 Unauthenticated email from example.org is not accepted due to domain's\n"
              "550 5.7.26 DMARC policy.") == Cause::dmarc);
    CHECK(cause("550 5.7.26 Multiple authentication checks failed") == Cause::policy);
}

TEST_CASE("a list of results says which of them failed", "[spfcheck][refusal]") {
    CHECK(cause("550 5.7.515 Access denied. Spf= Fail , Dkim= Pass , DMARC= Pass") == Cause::spf);
    CHECK(cause("550 5.7.515 Access denied. Spf= Pass , Dkim= Fail , DMARC= Pass") == Cause::dkim);
    CHECK(cause("550 5.7.515 Access denied. Spf= Fail , Dkim= Fail , DMARC= Fail") == Cause::dmarc);
    CHECK(cause("550 5.7.515 Access denied. Spf= Pass , Dkim= Pass , DMARC= Pass") != Cause::spf);
}

TEST_CASE("that another method passed does not excuse the one that failed", "[spfcheck][refusal]") {
    CHECK(cause("550-5.7.1 Email from a@example.org does not pass DMARC; SPF pass, DKIM none") ==
          Cause::dmarc);
}

TEST_CASE("a server may refuse by SPF without its name", "[spfcheck][refusal]") {
    CHECK(cause("550 192.0.2.7 is not allowed to send mail from example.org") == Cause::spf);
    CHECK(cause("550 domain [example.org] mismatches client ip 192.0.2.7.") == Cause::spf);
    CHECK(cause("550 see http://www.openspf.org/why.html?sender=a@example.org&ip=192.0.2.7") ==
          Cause::spf);
}

TEST_CASE("the word SPF is no proof", "[spfcheck][refusal]") {
    for (const std::string_view words :
         {"550 5.7.1 Rejected as spam. * Set up SPF records for your domain if you have not.",
          "554 5.7.1 failed several checks. Please be sure your server is correct (spf, HELO, PTR)",
          "554 rejected, spam score 12.3: SPF_FAIL, HELO_MISMATCH",
          "550 5.7.1 Rejected: spam, SPF or a virus", "550 SPF passed, but the mailbox is full",
          "550 5.7.1 Message refused. For SPF see http://spf.example/fail",
          "550 User unknown; Received-SPF: fail (x)", "550 blocked QW/spf+failZ==",
          "550 5.7.1 If SPF fails for your domain, ask your provider"}) {
        CAPTURE(words);
        CHECK(cause(words) != Cause::spf);
    }
}

TEST_CASE("a DKIM word in the name of a header field is no DKIM", "[spfcheck][refusal]") {
    CHECK(cause("554 Transaction failed: Duplicate header 'DKIM-Signature'.") == Cause::content);
    CHECK(cause("550 5.7.20 No passing DKIM signature found") == Cause::dkim);
    CHECK(cause("550 5.7.1 DKIM signature verification failed") == Cause::dkim);
}

TEST_CASE("words decide before codes", "[spfcheck][refusal]") {
    CHECK(
        cause(
            "550 5.1.0 192.0.2.7 is not allowed to send from <example.org> per it's SPF Record") ==
        Cause::spf);
    CHECK(cause("550 5.4.1 Recipient address rejected: Access denied") == Cause::mailbox_unknown);
    CHECK(cause("550 5.7.1 Mailbox full") == Cause::mailbox_full);
}

TEST_CASE("enhanced codes decide where the words do not", "[spfcheck][refusal][rfc3463]") {
    for (const auto& [words, expected] : std::array<std::pair<std::string_view, Cause>, 8>{{
             {"550 5.1.1 no", Cause::mailbox_unknown},
             {"552 5.2.2 no", Cause::mailbox_full},
             {"550 5.1.2 no", Cause::dns},
             {"552 5.3.4 no", Cause::content},
             {"550 5.7.25 no", Cause::reverse_dns},
             {"556 5.1.10 no", Cause::dns},
             {"550 5.7.27 no", Cause::dns},
             {"550 5.7.20 no", Cause::dkim},
         }}) {
        CAPTURE(words);
        CHECK(cause(words) == expected);
    }
}

TEST_CASE("servers say it in many languages", "[spfcheck][refusal]") {
    for (const auto& [words, expected] : std::array<std::pair<std::string_view, Cause>, 12>{{
             {"550 Utente sconosciuto", Cause::mailbox_unknown},
             {"552 Casella piena", Cause::mailbox_full},
             {"550 Empf\xc3\xa4nger unbekannt", Cause::mailbox_unknown},
             {"552 Das Postfach ist voll", Cause::mailbox_full},
             {"550 Utilisateur inconnu", Cause::mailbox_unknown},
             {"550 Adresse d au moins un destinataire invalide.", Cause::mailbox_unknown},
             {"550 usuario desconocido", Cause::mailbox_unknown},
             {"550 O usu\xc3\xa1rio n\xc3\xa3o existe", Cause::mailbox_unknown},
             {"550 \xd0\xbf\xd0\xbe\xd0\xbb\xd1\x8c\xd0\xb7\xd0\xbe\xd0\xb2\xd0\xb0\xd1\x82\xd0\xb5"
              "\xd0\xbb\xd1\x8c \xd0\xbd\xd0\xb5 \xd0\xbd\xd0\xb0\xd0\xb9\xd0\xb4\xd0\xb5\xd0\xbd",
              Cause::mailbox_unknown},
             {"550 \xe7\x94\xa8\xe6\x88\xb7\xe4\xb8\x8d\xe5\xad\x98\xe5\x9c\xa8",
              Cause::mailbox_unknown},
             {"552 \xe9\x82\xae\xe7\xae\xb1\xe5\xb7\xb2\xe6\xbb\xa1", Cause::mailbox_full},
             {"550 Messaggio troppo grande", Cause::content},
         }}) {
        CAPTURE(words);
        CHECK(cause(words) == expected);
    }
}

TEST_CASE("a reply names the client and the domain that failed", "[spfcheck][refusal]") {
    const Refusal link = read_refusal(
        "550 5.7.23 rejected: SPF fail. See http://www.openspf.net/Why?s=mfrom;id=a@example.org;"
        "ip=192.0.2.7;r=mx.example.net");
    REQUIRE(link.claimed_ip);
    CHECK(link.claimed_ip->to_string() == "192.0.2.7");
    CHECK(link.claimed_domain == "example.org");
    const Refusal six =
        read_refusal("550 SPF: 2001:DB8::25 is not allowed to send mail from EXAMPLE.org");
    REQUIRE(six.claimed_ip);
    CHECK(six.claimed_ip->to_string() == "2001:db8::25");
    CHECK(six.claimed_domain == "example.org");
}

TEST_CASE("any octets are a refusal, on one printable line", "[spfcheck][refusal]") {
    const Refusal refusal = read_refusal(std::string_view("550 a\x1b[31m\0\xff\nb", 14));
    CHECK(refusal.text.find('\x1b') == std::string::npos);
    CHECK(read_refusal("") == Refusal{});
    CHECK(read_refusal(std::string(100'000, 'x')).text.size() <= spfcheck::longest_words);
}

TEST_CASE("of replies that servers gave, none is SPF that is not", "[spfcheck][refusal]") {
    std::ifstream file(SPF_SUITES_DIR "/../mail/spf-replies.json");
    if (!file) {
        WARN("SKIPPED: there is no list of replies");
        return;
    }
    const auto replies = nlohmann::json::parse(file);
    std::size_t right = 0;
    for (const auto& each : replies) {
        const auto means = each.at("means").get<std::string>();
        const auto reply = each.at("reply").get<std::string>();
        CAPTURE(means, reply);
        const Cause found = cause(reply);
        const bool spf = means.find("spf") == 0 || means.find(": spf") != std::string::npos;
        if (!spf) CHECK(found != Cause::spf);
        const bool dmarc = means.find("dmarc") == 0 || means.find(": dmarc") != std::string::npos;
        const bool fits = spf     ? found == Cause::spf
                          : dmarc ? found == Cause::dmarc
                                  : found != Cause::spf && found != Cause::dmarc;
        right += fits ? 1U : 0U;
    }
    CHECK(right + 2 >= replies.size());
}
