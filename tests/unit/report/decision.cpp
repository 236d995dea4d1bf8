// What a server sends and writes once it has decided about a message.

#include <string>
#include <vector>

#include "spf/report/authentication_results.hpp"
#include "spf/report/fields.hpp"
#include "spf/report/received_spf.hpp"
#include "spf/report/smtp_reply.hpp"
#include "support/catch.hpp"
#include "support/outcomes.hpp"

using namespace report_test;
using spf::Identity;
using spf::MailCheck;
using spf::Result;
using spf::receiver::Action;
using spf::receiver::Decision;
using spf::report::Folding;

namespace {

spf::Outcome helo_outcome(Result result) {
    spf::Outcome outcome = outcome_of(result);
    outcome.identity = Identity::helo;
    outcome.domain = "mail.example.net";
    outcome.helo = "mail.example.net";
    return outcome;
}

Decision decision(Action action, Identity identity, Result helo, Result mail_from) {
    Decision made;
    made.verdict.action = action;
    made.verdict.demanded = action;
    made.verdict.identity = identity;
    made.mail = {.helo = helo_outcome(helo), .mail_from = outcome_of(mail_from)};
    return made;
}

}  // namespace

TEST_CASE("a refused message has a reply about the identity that was refused, and no fields",
          "[report][receiver]") {
    const Decision by_helo = decision(Action::reject, Identity::helo, Result::fail, Result::pass);
    const auto reply = spf::report::smtp_reply(by_helo);
    REQUIRE(reply);
    CHECK(reply->code == 550);
    CHECK_THAT(reply->text(), Catch::Contains("HELO name mail.example.net"));
    CHECK(spf::report::fields("mx.example.org", by_helo).empty());

    const auto deferred = spf::report::smtp_reply(
        decision(Action::defer, Identity::mail_from, Result::none, Result::temperror));
    REQUIRE(deferred);
    CHECK(deferred->code == 451);
    CHECK_THAT(deferred->text(), Catch::Contains("MAIL FROM"));
}

TEST_CASE("an accepted message has no reply, and its fields name MAIL FROM first",
          "[report][receiver][rfc7208-9]") {
    const Decision accepted =
        decision(Action::mark, Identity::mail_from, Result::pass, Result::softfail);
    CHECK_FALSE(spf::report::smtp_reply(accepted));
    const std::vector<std::string> fields =
        spf::report::fields("mx.example.org", accepted, Folding::unfolded);
    REQUIRE(fields.size() == 3);
    CHECK(fields[0] ==
          spf::report::authentication_results("mx.example.org", accepted.mail, Folding::unfolded));
    CHECK(fields[1].starts_with("Received-SPF: softfail "));
    CHECK_THAT(fields[1], Catch::Contains("identity=mailfrom"));
    CHECK(fields[2].starts_with("Received-SPF: pass "));
    CHECK_THAT(fields[2], Catch::Contains("identity=helo"));
}

TEST_CASE("a bounce has one Received-SPF field", "[report][rfc7208-2.4]") {
    MailCheck mail{.helo = helo_outcome(Result::pass), .mail_from = helo_outcome(Result::pass)};
    mail.mail_from->identity = Identity::mail_from;
    mail.mail_from->null_sender = true;
    const auto fields = spf::report::received_spf("mx.example.org", mail, Folding::unfolded);
    REQUIRE(fields.size() == 1);
    CHECK_THAT(fields[0], Catch::Contains("envelope-from=\"\""));
    CHECK(spf::report::received_spf("mx.example.org", MailCheck{}).empty());
}

TEST_CASE("a message that was not checked has neither a reply nor fields", "[report][receiver]") {
    Decision skipped;
    skipped.verdict.ground = spf::receiver::Ground::network;
    CHECK_FALSE(spf::report::smtp_reply(skipped));
    CHECK(spf::report::fields("mx.example.org", skipped).empty());
}
