// Advice that depends on what is known in addition to the outcome.

#include "spf/advice/advice.hpp"
#include "spf/advice/next.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/lint/domain.hpp"
#include "spf/report/text.hpp"
#include "spf/resolver/zone.hpp"
#include "support/advice.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace advice_test;
using namespace report_test;
using spf::Result;

namespace {

/// The advice for a check of user@example.com from an address, in a zone that was examined.
std::string advised(spf::ZoneResolver& zone, const char* ip = "198.51.100.7") {
    const spf::Outcome outcome =
        spf::check_host({.ip = *spf::IpAddress::parse(ip), .mail_from = "user@example.com"}, zone,
                        {.limits = {}, .trace = true});
    const spf::lint::DomainLint lint = spf::lint::lint_domain("example.com", zone);
    spf::advice::Context context;
    context.lint = &lint;
    return texts(outcome, context) + commands(outcome, context);
}

std::string advised(const std::string& record, const char* ip = "198.51.100.7") {
    spf::ZoneResolver zone = advice_test::zone_of(record);
    return advised(zone, ip);
}

}  // namespace

TEST_CASE("of two records, both are shown", "[advice][rfc7208-4.5]") {
    spf::ZoneResolver zone = advice_test::zone_of("v=spf1 mx -all");
    CHECK_THAT(advised(zone), !Catch::Contains("Merge"));
    zone.add_txt("example.com", "v=spf1 a -all");
    CHECK_THAT(advised(zone),
               Catch::Contains("Merge the two SPF records of example.com, \"v=spf1 mx "
                               "-all\" and \"v=spf1 a -all\", into one.") &&
                   Catch::Contains("spfcheck fix example.com\n"));
    zone.add_txt("example.com", "v=spf1 ptr -all");
    CHECK_THAT(advised(zone), Catch::Contains("Merge the 3 SPF records"));
}

TEST_CASE("an include of a host with addresses is meant as a:", "[advice][rfc7208-5.2]") {
    CHECK_THAT(advised("v=spf1 include:host.example -all"),
               Catch::Contains("Write a:host.example if that host sends mail") &&
                   Catch::Contains("--record 'v=spf1 a:host.example -all'"));
    CHECK_THAT(advised("v=spf1 include:none.example -all"), !Catch::Contains("a:none.example"));
}

TEST_CASE("of a loop, the term that closes it is named", "[advice][rfc7208-4.6.4]") {
    CHECK_THAT(advised("v=spf1 include:example.com -all"),
               Catch::Contains("Delete \"include:example.com\"."));
    CHECK_THAT(advised("v=spf1 redirect=example.com"),
               Catch::Contains("Delete \"redirect=example.com\"."));
    CHECK_THAT(advised("v=spf1 include:_spf.example.net -all"), !Catch::Contains("Delete"));
}

TEST_CASE("a redirect that an \"all\" overrules is reported if the \"all\" decided",
          "[advice][rfc7208-6.1]") {
    CHECK_THAT(advised("v=spf1 redirect=_spf.example.net ~all"),
               Catch::Contains("redirect= is ignored because the record has an \"all\"") &&
                   Catch::Contains("spfcheck lint example.com\n"));
    CHECK_THAT(advised("v=spf1 redirect=_spf.example.net"), !Catch::Contains("is ignored"));
    CHECK_THAT(advised("v=spf1 -ip4:198.51.100.7 redirect=_spf.example.net -all"),
               !Catch::Contains("is ignored"));
}

TEST_CASE("an alias is reported: one that dangles, and one without a record",
          "[advice][rfc1034-3.6.2]") {
    spf::ZoneResolver dangling;
    dangling.add_cname("example.com", "gone.example");
    CHECK_THAT(advised(dangling),
               Catch::Contains("example.com is an alias (CNAME) of gone.example, which does not "
                               "exist") &&
                   !Catch::Contains("authorize"));
    spf::ZoneResolver without = advice_test::zone_of("unused");
    without.add_cname("www.example.com", "host.example");
    spf::ZoneResolver bare;
    bare.add_cname("example.com", "host.example");
    bare.add_txt("host.example", "hello");
    CHECK_THAT(advised(bare),
               Catch::Contains("of host.example, which has no SPF record. To correct "
                               "this, have the record published at host.example") &&
                   !Catch::Contains("authorize"));
    CHECK_THAT(advised(without), !Catch::Contains("alias"));
}

TEST_CASE("for an alias, the record of its target has to list the server",
          "[advice][rfc1034-3.6.2]") {
    spf::ZoneResolver zone;
    zone.add_cname("example.com", "target.example");
    zone.add_txt("target.example", "v=spf1 ip4:192.0.2.1 -all");
    CHECK_THAT(advised(zone), Catch::Contains("Whose server is 198.51.100.7?") &&
                                  Catch::Contains("the record of target.example must list it") &&
                                  Catch::Contains("authorize target.example 198.51.100.7\n"));
    CHECK_THAT(advised("v=spf1 -all"), !Catch::Contains("alias"));
}

TEST_CASE("a record of type SPF alone is shown, to be published as TXT", "[advice][rfc7208-3.1]") {
    spf::ZoneResolver zone;
    zone.add_spf("example.com", "v=spf1 ip4:192.0.2.1 -all");
    CHECK_THAT(advised(zone), Catch::Contains("obsolete type SPF (99)") &&
                                  Catch::Contains("Now: there is a record") &&
                                  Catch::Contains("publish its text as a TXT record") &&
                                  Catch::Contains("--record 'v=spf1 ip4:192.0.2.1 -all'"));
    zone.add_txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
    CHECK_THAT(advised(zone), !Catch::Contains("obsolete"));
}

TEST_CASE("a truncated answer without TCP is a matter of the name servers' port",
          "[advice][rfc7766-5]") {
    spf::Outcome outcome = outcome_of(Result::temperror);
    CHECK_THAT(texts(outcome), !Catch::Contains("TCP"));
    outcome.problem->status = spf::dns::Status::error;
    CHECK_THAT(texts(outcome), !Catch::Contains("TCP"));
    outcome.problem->source = "truncated";
    CHECK_THAT(texts(outcome),
               Catch::Contains("Let the name servers of example.com answer over TCP, port 53"));
    CHECK_THAT(outcome.problem->message(), Catch::Contains("does not fit into a UDP message"));
}

TEST_CASE("before an address is added, it is asked whose it is, and said whose if that is known",
          "[advice]") {
    const spf::Outcome outcome = from(Result::fail, "8.8.4.4");
    spf::advice::Context context;
    context.services_asked = 140;
    CHECK_THAT(texts(outcome, context),
               Catch::Contains("Whose server is 8.8.4.4?") &&
                   Catch::Contains("belongs to none of the 140 sending services"));
    CHECK_THAT(commands(outcome, context), !Catch::Contains("whose"));
    context.services = {"Mailer", "Sender"};
    CHECK_THAT(texts(outcome, context),
               Catch::Contains("8.8.4.4 belongs to Mailer, Sender. If you do not send mail through "
                               "it, there is nothing to do.") &&
                   !Catch::Contains("none of the"));
    CHECK(commands(outcome, context) == "spfcheck authorize example.com 8.8.4.4\n");
    CHECK_THAT(texts(from(Result::pass, "8.8.4.4"), context), !Catch::Contains("Mailer"));
}

TEST_CASE("advice for another domain than the one examined is not used", "[advice]") {
    spf::ZoneResolver zone = advice_test::zone_of("v=spf1 redirect=_spf.example.net -all");
    const spf::lint::DomainLint lint = spf::lint::lint_domain("host.example", zone);
    spf::advice::Context context;
    context.lint = &lint;
    const spf::Outcome outcome = from(Result::fail, "198.51.100.7");
    CHECK(texts(outcome, context) == texts(outcome));
}

TEST_CASE("a pass for another domain than that in From: does not count for DMARC",
          "[advice][rfc7489-3.1.2]") {
    spf::advice::Context context;
    const spf::Outcome outcome = from(Result::pass, "198.51.100.7");  // for example.com
    for (const char* author : {"customer.example", "example.net", "com", "evil-example.com"}) {
        context.author_domain = author;
        CAPTURE(author);
        CHECK_THAT(texts(outcome, context), Catch::Contains("readers see " + std::string(author)) &&
                                                Catch::Contains("does not count for DMARC") &&
                                                !Catch::Contains("Nothing to do"));
        CHECK(commands(outcome, context) ==
              "spfcheck check --ip 198.51.100.7 --sender " + std::string(author) + '\n');
    }
    for (const char* author : {"", "example.com", "EXAMPLE.com", "news.example.com"}) {
        context.author_domain = author;
        CAPTURE(author);
        CHECK(texts(outcome, context) == texts(outcome));
        CHECK(commands(outcome, context).empty());
    }
    // Without a list of public suffixes, two names below example.com may have one owner.
    spf::Outcome bounce = outcome;
    bounce.domain = "bounce.example.com";
    context.author_domain = "news.example.com";
    CHECK_THAT(texts(bounce, context), !Catch::Contains("DMARC"));
    // DMARC does not use the result for HELO, except for the null reverse-path.
    context.author_domain = "customer.example";
    spf::Outcome helo = outcome;
    helo.identity = spf::Identity::helo;
    CHECK_THAT(texts(helo, context), !Catch::Contains("DMARC"));
    for (const Result result : all_results()) {
        const bool is_pass = result == Result::pass;
        CHECK((texts(outcome_of(result), context).find("DMARC") != std::string::npos) == is_pass);
    }
}
