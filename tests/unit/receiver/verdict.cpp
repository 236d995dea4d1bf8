// The verdicts that a receiver's policy gives: written by hand from RFC 7208, section 8, and from
// what the settings say.

#include "spf/receiver/verdict.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

using spf::Identity;
using spf::MailCheck;
using spf::Outcome;
using spf::Result;
using spf::receiver::Action;
using spf::receiver::Evidence;
using spf::receiver::Exceptions;
using spf::receiver::Ground;
using spf::receiver::ReceiverPolicy;
using spf::receiver::Session;
using spf::receiver::Verdict;
using spf::test::ip;

constexpr const char* public_client = "192.0.2.1";

Outcome outcome(Identity identity, Result result, const char* domain) {
    Outcome made;
    made.identity = identity;
    made.result = result;
    made.domain = domain;
    return made;
}

/// The results for a message from ann@example.com by mx.example.net; no result for HELO if absent.
MailCheck results(std::optional<Result> helo, std::optional<Result> mail_from) {
    MailCheck mail;
    if (helo) mail.helo = outcome(Identity::helo, *helo, "mx.example.net");
    if (mail_from) mail.mail_from = outcome(Identity::mail_from, *mail_from, "example.com");
    return mail;
}

/// The results for the null reverse-path, for which both identities are the HELO name.
MailCheck bounce(Result result) {
    MailCheck mail;
    mail.helo = outcome(Identity::helo, result, "mx.example.net");
    mail.mail_from = outcome(Identity::mail_from, result, "mx.example.net");
    mail.mail_from->null_sender = true;
    return mail;
}

Session session(const char* client = public_client) {
    return {.client = {.ip = ip(client), .helo = "mx.example.net"},
            .reverse_path = "<ann@example.com>",
            .recipient = "<bob@example.org>"};
}

Session null_session() {
    Session made = session();
    made.reverse_path = "<>";
    return made;
}

/// A policy with one setting that is not the default.
struct Setting {
    const char* name;
    void (*set)(ReceiverPolicy&);
};

Exceptions mail_from_exception(Result result, Action action) {
    Exceptions made;
    if (result == Result::fail) made.mail_from.fail = action;
    if (result == Result::softfail) made.mail_from.softfail = action;
    return made;
}

const std::vector<Setting> settings{
    {"default", [](ReceiverPolicy&) {}},
    {"mark fail", [](ReceiverPolicy& policy) { policy.rules.mail_from.fail = Action::mark; }},
    {"refuse softfail",
     [](ReceiverPolicy& policy) { policy.rules.mail_from.softfail = Action::reject; }},
    {"refuse none", [](ReceiverPolicy& policy) { policy.rules.mail_from.none = Action::reject; }},
    {"refuse neutral",
     [](ReceiverPolicy& policy) { policy.rules.mail_from.neutral = Action::reject; }},
    {"pass without field",
     [](ReceiverPolicy& policy) { policy.rules.mail_from.pass = Action::none; }},
    {"defer temperror",
     [](ReceiverPolicy& policy) { policy.rules.mail_from.temperror = Action::defer; }},
    {"refuse permerror",
     [](ReceiverPolicy& policy) { policy.rules.mail_from.permerror = Action::reject; }},
    {"mark HELO", [](ReceiverPolicy& policy) { policy.rules.helo.fail = Action::mark; }},
    {"defer HELO temperror",
     [](ReceiverPolicy& policy) { policy.rules.helo.temperror = Action::defer; }},
    {"domain: refuse softfail",
     [](ReceiverPolicy& policy) {
         policy.domains.add("example.com", mail_from_exception(Result::softfail, Action::reject));
     }},
    {"domain: mark HELO fail",
     [](ReceiverPolicy& policy) {
         Exceptions exceptions;
         exceptions.helo.fail = Action::mark;
         policy.domains.add("*.example.net", exceptions);
     }},
    {"recipient: mark fail",
     [](ReceiverPolicy& policy) {
         policy.recipients.add("bob@example.org", mail_from_exception(Result::fail, Action::mark));
     }},
    {"relay network",
     [](ReceiverPolicy& policy) { policy.relay_networks = spf::test::networks({"192.0.2.0/28"}); }},
    {"test", [](ReceiverPolicy& policy) { policy.is_test = true; }},
};

struct Row {
    const char* setting;
    std::optional<Result> helo;
    std::optional<Result> mail_from;
    Action action;
    Identity identity = Identity::mail_from;
    Ground ground = Ground::result;
};

constexpr auto by_helo = Identity::helo;
constexpr auto by_mail_from = Identity::mail_from;

const std::vector<Row> rows{
    // 8.1 to 8.7: only a fail is refused; the others are accepted with a field.
    {"default", Result::none, Result::none, Action::mark},
    {"default", Result::none, Result::neutral, Action::mark},
    {"default", Result::none, Result::pass, Action::mark},
    {"default", Result::none, Result::fail, Action::reject},
    {"default", Result::none, Result::softfail, Action::mark},
    {"default", Result::none, Result::temperror, Action::mark},
    {"default", Result::none, Result::permerror, Action::mark},
    // A HELO name that cannot be checked changes nothing.
    {"default", std::nullopt, Result::fail, Action::reject},
    {"default", std::nullopt, Result::pass, Action::mark},
    // A HELO pass never outweighs a MAIL FROM fail, nor a MAIL FROM pass a HELO fail.
    {"default", Result::pass, Result::fail, Action::reject, by_mail_from},
    {"default", Result::fail, Result::pass, Action::reject, by_helo},
    {"default", Result::fail, Result::fail, Action::reject, by_mail_from},
    // MAIL FROM was not checked, because HELO failed (Options::stop_on_helo_fail).
    {"default", Result::fail, std::nullopt, Action::reject, by_helo},
    {"mark HELO", Result::fail, std::nullopt, Action::mark, by_helo},

    {"mark fail", Result::none, Result::fail, Action::mark},
    {"mark fail", Result::fail, Result::fail, Action::reject, by_helo},
    {"mark fail", Result::none, Result::permerror, Action::mark},
    {"refuse softfail", Result::none, Result::softfail, Action::reject},
    {"refuse softfail", Result::softfail, Result::none, Action::mark},
    {"refuse none", Result::none, Result::none, Action::reject},
    {"refuse none", Result::none, Result::neutral, Action::mark},
    {"refuse neutral", Result::none, Result::neutral, Action::reject},
    {"pass without field", std::nullopt, Result::pass, Action::none},
    {"pass without field", Result::none, Result::pass, Action::mark, by_helo},
    {"pass without field", std::nullopt, Result::fail, Action::reject},
    {"defer temperror", Result::none, Result::temperror, Action::defer},
    {"defer temperror", Result::temperror, Result::pass, Action::mark},
    {"refuse permerror", Result::none, Result::permerror, Action::reject},
    // HELO fail is marked only, but a MAIL FROM fail is still refused.
    {"mark HELO", Result::fail, Result::pass, Action::mark},
    {"mark HELO", Result::fail, Result::fail, Action::reject, by_mail_from},
    {"defer HELO temperror", Result::temperror, Result::pass, Action::defer, by_helo},
    {"defer HELO temperror", Result::temperror, Result::fail, Action::reject, by_mail_from},

    {"domain: refuse softfail", Result::none, Result::softfail, Action::reject},
    {"domain: refuse softfail", Result::softfail, Result::none, Action::mark},
    {"domain: refuse softfail", Result::none, Result::fail, Action::reject},
    {"domain: mark HELO fail", Result::fail, Result::pass, Action::mark},
    {"domain: mark HELO fail", Result::fail, Result::fail, Action::reject, by_mail_from},
    {"recipient: mark fail", Result::none, Result::fail, Action::mark},
    {"recipient: mark fail", Result::fail, Result::none, Action::reject, by_helo},

    // A trusted relay forwards mail of others, which then fails: it is marked.
    {"relay network", Result::none, Result::fail, Action::mark, by_mail_from,
     Ground::relay_network},
    {"relay network", Result::fail, Result::pass, Action::mark, by_helo, Ground::relay_network},
    {"relay network", Result::none, Result::pass, Action::mark},
    {"relay network", Result::none, Result::softfail, Action::mark},
};

const Setting& setting(std::string_view name) {
    for (const Setting& each : settings) {
        if (each.name == name) return each;
    }
    FAIL("no such setting: " << name);
    return settings.front();
}

ReceiverPolicy policy_of(std::string_view name) {
    ReceiverPolicy policy;
    setting(name).set(policy);
    return policy;
}

}  // namespace

TEST_CASE("each result of each identity has the verdict of the policy", "[receiver][rfc7208-8]") {
    for (const Row& row : rows) {
        CAPTURE(row.setting, row.helo ? to_string(*row.helo) : "-",
                row.mail_from ? to_string(*row.mail_from) : "-");
        const Verdict verdict =
            decide(session(), policy_of(row.setting), results(row.helo, row.mail_from));
        CHECK(to_string(verdict.action) == to_string(row.action));
        CHECK(verdict.demanded == row.action);
        CHECK(to_string(verdict.identity) == to_string(row.identity));
        CHECK(to_string(verdict.ground) == to_string(row.ground));
    }
}

TEST_CASE("every setting changes a verdict", "[receiver]") {
    for (const Setting& each : settings) {
        if (std::string_view{each.name} == "default") continue;
        CAPTURE(each.name);
        bool changes = false;
        for (const Row& row : rows) {
            const MailCheck mail = results(row.helo, row.mail_from);
            const Verdict usual = decide(session(), ReceiverPolicy{}, mail);
            const Verdict other = decide(session(), policy_of(each.name), mail);
            changes = changes || usual.action != other.action;
        }
        CHECK(changes);
    }
}

TEST_CASE("in test mode nothing is refused, and the verdict says what would have been",
          "[receiver]") {
    for (const Row& row : rows) {
        CAPTURE(row.setting, row.helo ? to_string(*row.helo) : "-",
                row.mail_from ? to_string(*row.mail_from) : "-");
        ReceiverPolicy policy = policy_of(row.setting);
        policy.is_test = true;
        const Verdict verdict = decide(session(), policy, results(row.helo, row.mail_from));
        CHECK(verdict.demanded == row.action);
        CHECK(verdict.action == (refuses(row.action) ? Action::mark : row.action));
    }
}

TEST_CASE("a bounce has rules of its own, which alone count", "[receiver][rfc7208-2.4]") {
    ReceiverPolicy policy;
    CHECK(decide(null_session(), policy, bounce(Result::fail)).action == Action::reject);
    policy.rules.null_sender.fail = Action::mark;
    CHECK(decide(null_session(), policy, bounce(Result::fail)).action == Action::mark);
    CHECK(decide(session(), policy, results(Result::none, Result::fail)).action == Action::reject);
    policy.rules.null_sender.none = Action::reject;
    CHECK(decide(null_session(), policy, bounce(Result::none)).action == Action::reject);
    CHECK(decide(session(), policy, results(Result::none, Result::none)).action == Action::mark);

    Exceptions exceptions;
    exceptions.null_sender.none = Action::none;
    REQUIRE(policy.domains.add("mx.example.net", exceptions));
    CHECK(decide(null_session(), policy, bounce(Result::none)).action == Action::none);
}

TEST_CASE("an exception for a recipient outweighs that for a domain", "[receiver]") {
    ReceiverPolicy policy;
    REQUIRE(policy.domains.add("example.com", mail_from_exception(Result::fail, Action::defer)));
    const MailCheck failed = results(Result::none, Result::fail);
    CHECK(decide(session(), policy, failed).action == Action::defer);
    REQUIRE(policy.recipients.add("example.org", mail_from_exception(Result::fail, Action::mark)));
    CHECK(decide(session(), policy, failed).action == Action::mark);

    Session other = session();
    other.recipient = "eve@example.net";
    CHECK(decide(other, policy, failed).action == Action::defer);
}

TEST_CASE("messages that a policy skips need no check", "[receiver]") {
    const auto ground = [](const Session& session, const ReceiverPolicy& policy,
                           const Evidence& evidence = {}) {
        const std::optional<Verdict> verdict = decide_unchecked(session, policy, evidence);
        return std::string{verdict ? to_string(verdict->ground) : "checked"};
    };
    ReceiverPolicy policy;
    CHECK(ground(session(), policy) == "checked");

    Session signed_in = session();
    signed_in.is_authenticated = true;
    CHECK(ground(signed_in, policy) == "authenticated");
    policy.skip_authenticated = false;
    CHECK(ground(signed_in, policy) == "checked");

    CHECK(ground(session("127.0.0.1"), policy) == "network");
    CHECK(ground(session("::1"), policy) == "network");
    policy.skip_networks = {};
    CHECK(ground(session("127.0.0.1"), policy) == "checked");

    Exceptions skipped;
    skipped.skip = true;
    ReceiverPolicy by_sender;
    REQUIRE(by_sender.domains.add("example.com", skipped));
    CHECK(ground(session(), by_sender) == "sender_domain");
    CHECK(ground(null_session(), by_sender) == "checked");
    ReceiverPolicy by_recipient;
    REQUIRE(by_recipient.recipients.add("bob@example.org", skipped));
    CHECK(ground(session(), by_recipient) == "recipient");

    ReceiverPolicy by_helo_name;
    REQUIRE(by_helo_name.skip_helo_names.add("*.example.net", true));
    CHECK(ground(session(), by_helo_name) == "checked");
    CHECK(ground(session(), by_helo_name, {.helo_is_confirmed = true}) == "helo_name");
    CHECK(ground(session(), policy, {.helo_is_confirmed = true}) == "checked");
}

TEST_CASE("only a domain that can be checked is skipped as a sender's", "[receiver]") {
    Exceptions skipped;
    skipped.skip = true;
    ReceiverPolicy policy;
    REQUIRE(policy.domains.add("*.skip.example", skipped));
    Session made = session();
    made.reverse_path = "<a@x.skip.example>";
    REQUIRE(decide_unchecked(made, policy));
    CHECK(decide_unchecked(made, policy)->matched == "x.skip.example");
    for (const char* const other :
         {"<a@.skip.example>", "<a@bank.example x.skip.example>", "<a@x\x1b[31m.skip.example>"}) {
        CAPTURE(other);
        made.reverse_path = other;
        CHECK_FALSE(decide_unchecked(made, policy));
    }
}

TEST_CASE("what matched is printable", "[receiver]") {
    Exceptions skipped;
    skipped.skip = true;
    ReceiverPolicy policy;
    REQUIRE(policy.recipients.add("example.org", skipped));
    Session made = session();
    made.recipient = "<a\r\nb@example.org>";
    REQUIRE(decide_unchecked(made, policy));
    CHECK(decide_unchecked(made, policy)->matched == "<a\\x0d\\x0ab@example.org>");
}

TEST_CASE("a message that a relay may have sent is deferred while DNS fails", "[receiver]") {
    Evidence evidence;
    evidence.relay_is_unknown = true;
    CHECK(
        decide(session(), ReceiverPolicy{}, results(Result::none, Result::fail), evidence).action ==
        Action::defer);
    CHECK(
        decide(session(), ReceiverPolicy{}, results(Result::none, Result::pass), evidence).action ==
        Action::mark);
}

TEST_CASE("an unchecked message is accepted without a field", "[receiver]") {
    const Verdict verdict = *decide_unchecked(session("127.0.0.1"), ReceiverPolicy{});
    CHECK(verdict.action == Action::none);
    CHECK(verdict.matched == "127.0.0.1");
    CHECK(outcome_of(verdict, {}) == nullptr);
}

TEST_CASE("a relay that DNS confirms is named in the verdict", "[receiver]") {
    const MailCheck failed = results(Result::none, Result::fail);
    const Verdict verdict =
        decide(session(), ReceiverPolicy{}, failed,
               {.relay = "relay.example.net", .relay_ground = Ground::relay_domain});
    CHECK(verdict.action == Action::mark);
    CHECK(verdict.ground == Ground::relay_domain);
    CHECK(verdict.matched == "relay.example.net");
    REQUIRE(outcome_of(verdict, failed) != nullptr);
    CHECK(outcome_of(verdict, failed)->result == Result::fail);
}

TEST_CASE("a client with a local address that does not pass is noticed", "[receiver]") {
    const ReceiverPolicy policy;
    const auto local = [&](const char* client, Result result) {
        return decide(session(client), policy, results(Result::none, result)).local_client;
    };
    REQUIRE(local("172.17.0.1", Result::fail) != nullptr);
    CHECK(local("172.17.0.1", Result::fail)->name == "private (RFC 1918)");
    CHECK(local("fd00::1", Result::softfail) != nullptr);
    CHECK(local("172.17.0.1", Result::pass) == nullptr);
    CHECK(local(public_client, Result::fail) == nullptr);
}

TEST_CASE("each ground has a name of its own", "[receiver]") {
    std::vector<std::string_view> names;
    for (unsigned i = 0; i <= static_cast<unsigned>(Ground::relay_domain); ++i) {
        const std::string_view name = to_string(static_cast<Ground>(i));
        CHECK(std::find(names.begin(), names.end(), name) == names.end());
        names.push_back(name);
    }
    CHECK(to_string(static_cast<Ground>(names.size())) == "?");
}
