// Which checks a message needs, in what order, and the decision at the end.

#include "spf/receiver/reception.hpp"

#include <string>
#include <utility>
#include <vector>

#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/zone.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"
#include "support/recording_zone.hpp"

namespace {

using spf::Result;
using spf::receiver::Action;
using spf::receiver::Decision;
using spf::receiver::Ground;
using spf::receiver::receive;
using spf::receiver::ReceiverPolicy;
using spf::receiver::Reception;
using spf::receiver::Session;
using spf::test::ip;

struct Asked final : spf::test::RecordingZone {
    Asked() {
        zone.add_txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
        zone.add_txt("mx.example.com", "v=spf1 ip4:192.0.2.1 -all");
        zone.add_a("relay.example.net", ip("198.51.100.7"));
        zone.add_aaaa("relay.example.net", ip("2001:db8::7"));
        zone.add_txt("forwarder.example", "v=spf1 ip4:198.51.100.64/28 -all");
    }
};

using Questions = std::vector<std::string>;

Session session(const char* client, const char* helo = "mx.example.com",
                const char* reverse_path = "<ann@example.com>") {
    return {.client = {.ip = ip(client), .helo = helo, .receiver = "mx.example.org"},
            .reverse_path = reverse_path};
}

constexpr const char* own_server = "192.0.2.1";
constexpr const char* relay = "198.51.100.7";
constexpr const char* forwarder = "198.51.100.65";
constexpr const char* stranger = "203.0.113.9";

ReceiverPolicy policy_with_relays() {
    ReceiverPolicy policy;
    policy.relay_hosts = {"gone.example.net", "relay.example.net"};
    policy.relay_domains = {"forwarder.example"};
    return policy;
}

}  // namespace

TEST_CASE("a message is checked for HELO and MAIL FROM, then decided about", "[receiver]") {
    Asked dns;
    const ReceiverPolicy policy;
    const Decision passed = receive(session(own_server), policy, dns);
    CHECK(passed.verdict.action == Action::mark);
    CHECK(passed.mail.helo->result == Result::pass);
    CHECK(passed.mail.mail_from->result == Result::pass);
    CHECK(passed.mail.mail_from->receiver == "mx.example.org");
    CHECK(dns.questions == Questions{"TXT mx.example.com", "TXT example.com"});

    const Decision failed = receive(session(stranger), policy, dns);
    CHECK(failed.verdict.action == Action::reject);
    CHECK(failed.verdict.ground == Ground::result);
}

TEST_CASE("a message that is skipped asks nothing", "[receiver]") {
    Asked dns;
    Session signed_in = session(stranger);
    signed_in.is_authenticated = true;
    const Decision decision = receive(signed_in, ReceiverPolicy{}, dns);
    CHECK(decision.verdict.ground == Ground::authenticated);
    CHECK_FALSE(decision.mail.helo);
    CHECK_FALSE(decision.mail.mail_from);
    CHECK(dns.questions.empty());
}

TEST_CASE("HELO is checked alone if it may make the check of MAIL FROM unnecessary",
          "[receiver][rfc7208-2.3]") {
    Asked dns;
    const ReceiverPolicy policy;
    spf::Options options;
    options.stop_on_helo_fail = true;
    const Decision decision = receive(session(stranger), policy, dns, options);
    CHECK(decision.verdict.action == Action::reject);
    CHECK(decision.verdict.identity == spf::Identity::helo);
    CHECK_FALSE(decision.mail.mail_from);
    CHECK(dns.questions == Questions{"TXT mx.example.com"});
}

TEST_CASE("a bounce is checked once", "[receiver][rfc7208-2.4]") {
    Asked dns;
    const Decision decision = receive(session(stranger, "mx.example.com", "<>"), {}, dns);
    CHECK(decision.verdict.action == Action::reject);
    CHECK(decision.mail.mail_from->null_sender);
    CHECK(dns.questions == Questions{"TXT mx.example.com"});
}

TEST_CASE("both identities can be checked at the same time, in any order", "[receiver]") {
    Asked dns;
    const ReceiverPolicy policy;
    Reception reception{session(stranger), policy};
    REQUIRE(reception.checks().size() == 2);
    const auto helo = reception.checks()[0];
    const auto mail_from = reception.checks()[1];
    CHECK(helo.request().identity == spf::Identity::helo);
    reception.take(mail_from.id, spf::check_host(mail_from.request(), dns));
    CHECK_FALSE(reception.done());
    reception.take(mail_from.id, {});  // ignored: its outcome is known
    reception.take(helo.id, spf::check_host(helo.request(), dns));
    REQUIRE(reception.done());
    CHECK(reception.decision().mail.mail_from->result == Result::fail);
    reception.take(helo.id, {});
    CHECK(reception.decision().mail.helo->result == Result::fail);
}

TEST_CASE("a HELO name is skipped only if DNS gives it the client's address", "[receiver]") {
    Asked dns;
    ReceiverPolicy policy;
    REQUIRE(policy.skip_helo_names.add("relay.example.net", true));
    const Decision real = receive(session(relay, "Relay.example.net"), policy, dns);
    CHECK(real.verdict.ground == Ground::helo_name);
    CHECK(real.verdict.matched == "Relay.example.net");
    CHECK(dns.questions == Questions{"A relay.example.net"});
    CHECK(receive(session("2001:db8::7", "relay.example.net"), policy, dns).verdict.ground ==
          Ground::helo_name);

    const Decision forged = receive(session(stranger, "relay.example.net"), policy, dns);
    CHECK(forged.verdict.ground == Ground::result);
    CHECK(forged.verdict.action == Action::reject);
}

TEST_CASE("relays are looked up only if the message would be refused", "[receiver]") {
    Asked dns;
    const ReceiverPolicy policy = policy_with_relays();
    CHECK(receive(session(own_server), policy, dns).verdict.action == Action::mark);
    CHECK(dns.questions.size() == 2);

    const Decision by_host = receive(session(relay, "other.example"), policy, dns);
    CHECK(by_host.verdict.action == Action::mark);
    CHECK(by_host.verdict.ground == Ground::relay_host);
    CHECK(by_host.verdict.matched == "relay.example.net");
    CHECK(by_host.mail.mail_from->result == Result::fail);

    const Decision by_domain = receive(session(forwarder, "other.example"), policy, dns);
    CHECK(by_domain.verdict.ground == Ground::relay_domain);
    CHECK(by_domain.verdict.matched == "forwarder.example");

    const Decision refused = receive(session(stranger, "other.example"), policy, dns);
    CHECK(refused.verdict.action == Action::reject);
    CHECK(refused.verdict.ground == Ground::result);
}

TEST_CASE("while DNS fails for a relay, what the relay may have sent is deferred", "[receiver]") {
    Asked dns;
    const ReceiverPolicy policy = policy_with_relays();
    dns.zone.set_status("gone.example.net", spf::dns::Status::servfail);
    CHECK(receive(session(relay, "other.example"), policy, dns).verdict.ground ==
          Ground::relay_host);
    CHECK(receive(session(stranger, "other.example"), policy, dns).verdict.action == Action::defer);
    dns.zone.set_status("gone.example.net", spf::dns::Status::nxdomain);
    CHECK(receive(session(stranger, "other.example"), policy, dns).verdict.action ==
          Action::reject);
}

TEST_CASE("a HELO that is made to fail does not keep MAIL FROM from being checked",
          "[receiver][rfc7208-2.3]") {
    Asked dns;
    spf::Options options;
    options.stop_on_helo_fail = true;
    ReceiverPolicy policy;
    policy.rules.helo.fail = Action::mark;
    const Decision decision = receive(session(stranger), policy, dns, options);
    CHECK(decision.verdict.action == Action::reject);
    CHECK(decision.mail.mail_from->result == Result::fail);

    ReceiverPolicy with_exception;
    spf::receiver::Exceptions exceptions;
    exceptions.helo.fail = Action::mark;
    REQUIRE(with_exception.domains.add("mx.example.com", exceptions));
    CHECK(receive(session(stranger), with_exception, dns, options).verdict.action ==
          Action::reject);
}

TEST_CASE("a client cannot choose the HELO name with which a relay's record is evaluated",
          "[receiver]") {
    Asked dns;
    dns.zone.add_txt("relay.example", "v=spf1 exists:%{h} -all");
    ReceiverPolicy policy;
    policy.relay_domains = {"relay.example"};
    CHECK(receive(session(stranger, "relay.example.net"), policy, dns).verdict.action ==
          Action::reject);
}

TEST_CASE("a refused message brings the reason in the words of the site", "[receiver][reason]") {
    Asked dns;
    ReceiverPolicy policy;
    policy.reason.emplace(*spf::receiver::ReasonText::parse("SPF {result} for {domain}"));
    CHECK(receive(session(stranger), policy, dns).reason == "SPF fail for example.com");
    CHECK(receive(session(own_server), policy, dns).reason.empty());
}

TEST_CASE("all relays can be checked at the same time, and the first that passes decides",
          "[receiver]") {
    Asked dns;
    const ReceiverPolicy policy = policy_with_relays();
    Reception reception{session(forwarder, "other.example"), policy};
    while (reception.checks().size() < 3) {
        const auto& check = reception.checks().front();
        reception.take(check.id, spf::check_host(check.request(), dns));
    }
    const auto last = reception.checks()[2];
    reception.take(last.id, spf::check_host(last.request(), dns));
    REQUIRE(reception.done());
    CHECK(reception.decision().verdict.ground == Ground::relay_domain);
    CHECK(reception.checks().empty());
}

TEST_CASE("an object that is reset decides as a new one does", "[receiver]") {
    Asked dns;
    const ReceiverPolicy with_relays = policy_with_relays();
    ReceiverPolicy plain;
    plain.reason.emplace(*spf::receiver::ReasonText::parse("SPF {result} for {domain}"));
    const auto text_of = [](const Decision& decision) {
        const auto result = [](const auto& outcome) {
            return outcome ? std::string(to_string(outcome->result)) + ' ' + outcome->sender : "-";
        };
        return std::string(to_string(decision.verdict.action)) + ' ' +
               std::string(to_string(decision.verdict.ground)) + ' ' + decision.verdict.matched +
               ", " + result(decision.mail.helo) + ", " + result(decision.mail.mail_from) + ", " +
               decision.reason;
    };
    Reception reused{session(stranger), with_relays};  // its checks are never made
    for (const char* client : {stranger, relay, forwarder, own_server, "127.0.0.1", stranger}) {
        for (const char* helo :
             {"mx.example.com", "", "a name that is too long to be short.example"}) {
            for (const char* reverse_path : {"<ann@example.com>", "<>", "<bob@gone.example>"}) {
                for (const ReceiverPolicy* policy : {&with_relays, &std::as_const(plain)}) {
                    const Session asked = session(client, helo, reverse_path);
                    CAPTURE(client, helo, reverse_path);
                    reused.reset(asked, *policy);
                    while (!reused.done()) {
                        const auto& check = reused.checks().front();
                        reused.take(check.id, spf::check_host(check.request(), dns));
                    }
                    CHECK(text_of(reused.decision()) == text_of(receive(asked, *policy, dns)));
                }
            }
        }
    }
}

TEST_CASE("a check evaluates the record that its request brings", "[check_host][receiver]") {
    Asked dns;
    spf::Request request;
    request.ip = ip(relay);
    request.mail_from = "postmaster@relay.example.net";
    request.record = "v=spf1 a -all";
    CHECK(spf::check_host(request, dns).result == Result::pass);
    CHECK(dns.questions == Questions{"A relay.example.net"});
    request.ip = ip(stranger);
    CHECK(spf::check_host(request, dns).result == Result::fail);
    request.record = "v=spf1 ip4:nonsense";
    CHECK(spf::check_host(request, dns).result == Result::permerror);
    request.record = "no record";
    CHECK(spf::check_host(request, dns).result == Result::none);
}
