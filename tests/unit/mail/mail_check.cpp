// HELO and MAIL FROM of one message: which of them is checked, and how one outcome affects the
// other.

#include "spf/mail/mail_check.hpp"

#include <string>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "spf/mail/checker.hpp"
#include "spf/mail/mail_evaluation.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/recording_zone.hpp"

namespace {

using spf::Client;
using spf::Identity;
using spf::MailCheck;
using spf::Options;
using spf::Result;
using spf::test::ip;

constexpr const char* server = "192.0.2.1";
constexpr const char* other = "198.51.100.1";

struct Asked final : spf::test::RecordingZone {
    Asked() {
        zone.add_txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all exp=why.example.com");
        zone.add_txt("why.example.com", "%{o} does not know %{i} of %{r}");
        zone.add_txt("mx.example.org", "v=spf1 a -all");
        zone.add_a("mx.example.org", ip(server));
    }
};

/// What a report shows of an outcome.
std::string told(const spf::Outcome& outcome) {
    return spf::report::received_spf(outcome.receiver, outcome) + ' ' +
           std::to_string(outcome.dns_lookups) + '/' + std::to_string(outcome.void_lookups) + ' ' +
           std::to_string(outcome.null_sender) + ' ' + outcome.explanation;
}

/// Checks the same message in each possible way; the results must agree.
MailCheck check(const Client& client, std::string_view reverse_path, Asked& dns,
                const Options& options = {}) {
    MailCheck blocking = check_mail(client, reverse_path, dns, options);

    spf::MailEvaluation steps{client, reverse_path, options};
    while (!steps.done()) steps.answer(dns.zone.lookup(steps.pending()));
    spf::Checker checker{dns.zone};
    for (const MailCheck& same :
         {steps.check(), checker.check_mail(client, reverse_path, options)}) {
        REQUIRE(same.helo.has_value() == blocking.helo.has_value());
        REQUIRE(same.mail_from.has_value() == blocking.mail_from.has_value());
        if (same.helo) CHECK(told(*same.helo) == told(*blocking.helo));
        if (same.mail_from) CHECK(told(*same.mail_from) == told(*blocking.mail_from));
    }
    return blocking;
}

}  // namespace

TEST_CASE("both identities of a message are checked, HELO first", "[mail][rfc7208-2.3]") {
    Asked dns;
    const MailCheck mail =
        check({.ip = ip(server), .helo = "mx.example.org"}, "<ann@example.com>", dns);
    REQUIRE(mail.helo);
    CHECK(mail.helo->result == Result::pass);
    CHECK(mail.helo->identity == Identity::helo);
    CHECK(mail.helo->domain == "mx.example.org");
    REQUIRE(mail.mail_from);
    CHECK(mail.mail_from->result == Result::pass);
    CHECK(mail.mail_from->identity == Identity::mail_from);
    CHECK(mail.mail_from->sender == "ann@example.com");
    CHECK(dns.questions ==
          std::vector<std::string>{"TXT mx.example.org", "A mx.example.org", "TXT example.com"});
}

TEST_CASE("a HELO name that is not a domain name of several labels is not checked",
          "[mail][rfc7208-2.3]") {
    Asked dns;
    for (const char* helo : {"", "localhost", "[192.0.2.1]", "192.0.2.1 ", "-.", "a..example"}) {
        CAPTURE(helo);
        const MailCheck mail = check({.ip = ip(server), .helo = helo}, "ann@example.com", dns);
        CHECK_FALSE(mail.helo);
        REQUIRE(mail.mail_from);
        CHECK(mail.mail_from->result == Result::pass);
    }
}

TEST_CASE("a fail for HELO does not keep MAIL FROM from being checked, unless that is asked for",
          "[mail][rfc7208-2.3]") {
    Asked dns;
    const Client client{.ip = ip(other), .helo = "mx.example.org"};
    const MailCheck both = check(client, "ann@example.com", dns);
    REQUIRE(both.helo);
    CHECK(both.helo->result == Result::fail);
    REQUIRE(both.mail_from);
    CHECK(both.mail_from->result == Result::fail);

    dns.questions.clear();
    Options options;
    options.stop_on_helo_fail = true;
    const MailCheck one = check(client, "ann@example.com", dns, options);
    REQUIRE(one.helo);
    CHECK(one.helo->result == Result::fail);
    CHECK_FALSE(one.mail_from);
    CHECK(dns.questions == std::vector<std::string>{"TXT mx.example.org", "A mx.example.org"});

    // Any other result for HELO does not end the check.
    const Client unknown{.ip = ip(server), .helo = "absent.example"};
    CHECK(check(unknown, "ann@example.com", dns, options).mail_from->result == Result::pass);
}

TEST_CASE("a null reverse-path is postmaster at the HELO name, for which DNS is asked once",
          "[mail][rfc7208-2.4]") {
    for (const char* path : {"", "<>"}) {
        Asked dns;
        const Client client{.ip = ip(other), .helo = "example.com", .receiver = "mx.example.net"};
        const MailCheck mail = check(client, path, dns);
        REQUIRE(mail.helo);
        REQUIRE(mail.mail_from);
        CHECK(dns.questions == std::vector<std::string>{"TXT example.com", "TXT why.example.com"});
        CHECK(mail.mail_from->identity == Identity::mail_from);
        CHECK(mail.mail_from->null_sender);
        CHECK(mail.mail_from->explanation ==
              "example.com does not know 198.51.100.1 of mx.example.net");
        const spf::Outcome alone = check_host(
            {.ip = client.ip, .mail_from = path, .helo = client.helo, .receiver = client.receiver},
            dns.zone);
        CHECK(told(*mail.mail_from) == told(alone));
    }
}

TEST_CASE("a null reverse-path with a HELO name that cannot be checked has the result none",
          "[mail][rfc7208-2.4][rfc7208-4.3]") {
    Asked dns;
    const MailCheck mail = check({.ip = ip(server), .helo = "[192.0.2.1]"}, "<>", dns);
    CHECK_FALSE(mail.helo);
    REQUIRE(mail.mail_from);
    CHECK(mail.mail_from->result == Result::none);
    CHECK(dns.questions.empty());
}

TEST_CASE("each identity has the limits of a check of its own", "[mail][rfc7208-4.6.4]") {
    Asked dns;
    std::string record = "v=spf1";
    for (int i = 0; i < 10; ++i) record += " a:h" + std::to_string(i) + ".example";
    dns.zone.add_txt("ten.example", record + " ip4:192.0.2.1 -all");
    for (int i = 0; i < 10; ++i)
        dns.zone.add_a("h" + std::to_string(i) + ".example", ip("203.0.113.9"));
    const MailCheck mail = check({.ip = ip(server), .helo = "ten.example"}, "ann@ten.example", dns);
    CHECK(mail.helo->result == Result::pass);
    CHECK(mail.helo->dns_lookups == 10);
    CHECK(mail.mail_from->result == Result::pass);
    CHECK(mail.mail_from->dns_lookups == 10);
}
