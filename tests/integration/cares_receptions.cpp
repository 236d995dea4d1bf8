// Decisions about whole messages with the asynchronous driver: those of receive(), in fewer round
// trips.

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "integration/cares_support.hpp"
#include "spf/policy/cache.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/resolver/cache.hpp"
#include "support/catch.hpp"
#include "support/networks.hpp"

namespace {

using spf::CaresDriver;
using spf::Options;
using spf::Result;
using spf::receiver::Action;
using spf::receiver::Decision;
using spf::receiver::Ground;
using spf::receiver::ReceiverPolicy;
using spf::receiver::Session;
using namespace spf::test;
using namespace std::chrono_literals;

using Names = std::vector<std::string>;

constexpr const char* own_server = "192.0.2.1";
constexpr const char* relay = "198.51.100.7";
constexpr const char* forwarder = "198.51.100.65";
constexpr const char* stranger = "203.0.113.9";

spf::CaresOptions options_with(spf::PolicyCache* policies) {
    spf::CaresOptions options;
    options.policies = policies;
    return options;
}

/// A driver, and a name server that notes the names for which it is asked. It does not reply to
/// questions for `silent`.
struct Example {
    spf::ZoneResolver zone;
    Names asked;
    std::string silent;
    LockstepServer server{[this](const Message& query) {
        const std::string name = asked_in(query).name;
        asked.push_back(name);
        if (name == silent) return Message{};
        return name == "failing.example" ? reply_to(query, servfail) : reply_from(zone, query);
    }};
    CaresDriver driver;

    explicit Example(spf::PolicyCache* policies = nullptr)
        : driver(driver_for(server.server(), options_with(policies))) {
        zone.add_txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
        zone.add_txt("mx.example.com", "v=spf1 ip4:192.0.2.1 -all");
        zone.add_a("relay.example.net", ip("198.51.100.7"));
        zone.add_txt("forwarder.example", "v=spf1 ip4:198.51.100.64/28 -all");
        zone.add_txt("broken.example", "v=spf1 ip4:nonsense -all");
        zone.set_status("failing.example", spf::dns::Status::servfail);
    }
    std::optional<Decision> receive(const Session& session, const ReceiverPolicy& policy,
                                    const Options& options = CaresDriver::default_options()) {
        std::optional<Decision> out;
        driver.submit_reception(
            session, policy, [&out](const Decision& decision) { out = decision; }, options);
        round_trips = rounds(driver, server);
        return out;
    }
    std::size_t round_trips = 0;
};

Session session(const char* client, const char* helo = "mx.example.com",
                const char* reverse_path = "<ann@example.com>") {
    return {.client = {.ip = ip(client), .helo = helo, .receiver = "mx.example.org"},
            .reverse_path = reverse_path,
            .recipient = "<bob@example.org>"};
}

ReceiverPolicy policy_with_relays() {
    ReceiverPolicy policy;
    policy.relay_hosts = {"gone.example.net", "relay.example.net"};
    policy.relay_domains = {"forwarder.example"};
    return policy;
}

/// Returns policies of which each makes at least one of the sessions of the test below have another
/// decision than the default.
std::vector<ReceiverPolicy> policies() {
    std::vector<ReceiverPolicy> all(6);
    all[1] = policy_with_relays();
    all[1].is_test = true;
    all[2] = policy_with_relays();
    all[2].relay_hosts.emplace_back("failing.example");
    all[3].skip_helo_names.add("relay.example.net", true);
    all[3].rules.helo.fail = Action::mark;
    spf::receiver::Exceptions skipped;
    skipped.skip = true;
    all[4].domains.add("absent.example", skipped);
    all[4].rules.mail_from.none = Action::defer;
    all[4].reason = *spf::receiver::ReasonText::parse("{domain}: {result} for {client}");
    all[5].skip_networks = networks({"203.0.113.0/24"});
    return all;
}

void check_same(const std::optional<spf::Outcome>& left, const std::optional<spf::Outcome>& right) {
    REQUIRE(left.has_value() == right.has_value());
    if (!left) return;
    spf::Outcome with_ttl = *left;
    with_ttl.ttl = right->ttl;  // the negative answers of this server have no TTL
    CHECK(difference(with_ttl, *right) == "");
}

void check_same(const Decision& left, const Decision& right) {
    CHECK(left.verdict.action == right.verdict.action);
    CHECK(left.verdict.demanded == right.verdict.demanded);
    CHECK(to_string(left.verdict.ground) == to_string(right.verdict.ground));
    CHECK(left.verdict.identity == right.verdict.identity);
    CHECK(left.verdict.matched == right.verdict.matched);
    CHECK(left.verdict.local_client == right.verdict.local_client);
    CHECK(left.reason == right.reason);
    check_same(left.mail.helo, right.mail.helo);
    check_same(left.mail.mail_from, right.mail.mail_from);
}

}  // namespace

TEST_CASE("the driver decides about a message as receive() does", "[cares][receiver]") {
    const std::vector<ReceiverPolicy> all = policies();
    Options stop = CaresDriver::default_options();
    stop.stop_on_helo_fail = true;
    std::vector<std::string> grounds;
    spf::AnswerCache answers;
    spf::PolicyCache policies_of_domains{answers};
    Example keeping{&policies_of_domains};
    for (const char* client : {own_server, relay, forwarder, stranger, "10.0.0.7", "127.0.0.1"}) {
        for (const char* helo : {"mx.example.com", "relay.example.net", "[192.0.2.1]"}) {
            for (const char* path : {"<ann@example.com>", "<>", "ann@absent.example",
                                     "ann@broken.example", "ann@failing.example"}) {
                Example example;
                for (const ReceiverPolicy& policy : all) {
                    for (const Options& options : {CaresDriver::default_options(), stop}) {
                        CAPTURE(client, helo, path, &policy - all.data(),
                                options.stop_on_helo_fail);
                        const Session message = session(client, helo, path);
                        const auto decision = example.receive(message, policy, options);
                        REQUIRE(decision);
                        const Decision expected = receive(message, policy, example.zone, options);
                        check_same(*decision, expected);
                        const auto kept = keeping.receive(message, policy, options);
                        REQUIRE(kept);
                        check_same(*kept, expected);
                        grounds.emplace_back(to_string(decision->verdict.ground));
                    }
                }
            }
        }
    }
    for (const char* ground :
         {"result", "network", "helo_name", "sender_domain", "relay_host", "relay_domain"}) {
        CAPTURE(ground);
        CHECK(std::ranges::count(grounds, ground) > 0);
    }
    CHECK(policies_of_domains.statistics().hits > 100);
}

TEST_CASE("the checks of a message that need not wait are made at the same time",
          "[cares][receiver]") {
    Example example;
    const ReceiverPolicy policy = policy_with_relays();
    const auto passed = example.receive(session(own_server), policy);
    REQUIRE(passed);
    CHECK(passed->verdict.action == Action::mark);
    CHECK(example.round_trips == 1);  // TXT of both
    std::ranges::sort(example.asked);
    CHECK(example.asked == Names{"example.com", "mx.example.com"});  // no relay

    example.asked.clear();
    const auto refused = example.receive(session(stranger), policy);
    REQUIRE(refused);
    CHECK(refused->verdict.action == Action::reject);
    CHECK(example.round_trips == 2);  // TXT of both, then all relays
    std::ranges::sort(example.asked);
    CHECK(example.asked == Names{"example.com", "forwarder.example", "gone.example.net",
                                 "mx.example.com", "relay.example.net"});
}

TEST_CASE("a relay that is found makes the decision, whatever the others answer",
          "[cares][receiver]") {
    Example example;
    example.silent = "gone.example.net";
    const ReceiverPolicy policy = policy_with_relays();
    std::optional<std::size_t> in_flight;
    std::string matched;
    example.driver.submit_reception(session(relay), policy, [&](const Decision& decision) {
        in_flight = example.driver.in_flight();
        matched = decision.verdict.matched;
    });
    CHECK(rounds(example.driver, example.server) == 2);
    CHECK(in_flight == 0U);
    CHECK(matched == "relay.example.net");
}

TEST_CASE("the decision about a message that is skipped waits for the caller's loop",
          "[cares][receiver]") {
    Example example;
    const ReceiverPolicy policy;
    std::optional<Ground> ground;
    const auto ticket = example.driver.submit_reception(
        session("127.0.0.1"), policy,
        [&ground](const Decision& decision) { ground = decision.verdict.ground; });
    CHECK_FALSE(ground);
    CHECK(example.driver.in_flight() == 1);
    CHECK(example.driver.next_timeout() == 0ms);
    example.driver.process_timeouts();
    CHECK(ground == Ground::network);
    CHECK(example.driver.in_flight() == 0);
    CHECK_FALSE(example.driver.next_timeout());
    CHECK_FALSE(example.driver.cancel(ticket));
    CHECK(example.driver.statistics().checks == 0);
    CHECK(example.asked.empty());
}

TEST_CASE("run() ends only after the decision about a message that is skipped",
          "[cares][receiver]") {
    Example example;
    const ReceiverPolicy policy;
    bool called = false;
    example.driver.submit_reception(session("127.0.0.1"), policy,
                                    [&called](const Decision&) { called = true; });
    example.driver.run();
    CHECK(called);
    // The object of the message is used for a check again, which is evaluated as always.
    const auto decision = example.receive(session(own_server), policy);
    REQUIRE(decision);
    CHECK(decision->mail.mail_from->result == Result::pass);
    CHECK(example.driver.statistics().checks == 2);
}

TEST_CASE("a reception that is cancelled calls no callback, in any stage", "[cares][receiver]") {
    Example example;
    const ReceiverPolicy policy = policy_with_relays();
    bool called = false;
    const auto callback = [&called](const Decision&) { called = true; };

    auto ticket = example.driver.submit_reception(session("127.0.0.1"), policy, callback);
    CHECK(example.driver.cancel(ticket));
    CHECK(example.driver.in_flight() == 0);
    example.driver.process_timeouts();
    CHECK_FALSE(called);

    ticket = example.driver.submit_reception(session(stranger), policy, callback);
    CHECK(example.driver.in_flight() == 2);
    CHECK(example.driver.cancel(ticket));
    CHECK(example.driver.in_flight() == 0);
    CHECK_FALSE(example.driver.cancel(ticket));

    ticket = example.driver.submit_reception(session(stranger), policy, callback);
    while (example.driver.in_flight() != 3) {  // until the three relays are being checked
        example.server.answer_all();
        example.driver.poll(100ms);
    }
    CHECK(example.driver.cancel(ticket));
    CHECK(rounds(example.driver, example.server) == 0);
    CHECK_FALSE(called);
}

TEST_CASE("a callback may destroy the policy of its message, and start the next",
          "[cares][receiver]") {
    Example example;
    auto policy = std::make_unique<ReceiverPolicy>(policy_with_relays());
    const ReceiverPolicy other;
    std::vector<Action> actions;
    for (const char* client : {relay, "127.0.0.1"}) {
        policy = std::make_unique<ReceiverPolicy>(policy_with_relays());
        example.driver.submit_reception(session(client), *policy, [&](const Decision& decision) {
            policy.reset();
            actions.push_back(decision.verdict.action);
            example.driver.submit_reception(session(stranger), other, [&](const Decision& next) {
                actions.push_back(next.verdict.action);
            });
        });
        rounds(example.driver, example.server);
    }
    CHECK(actions ==
          std::vector<Action>{Action::mark, Action::reject, Action::none, Action::reject});
}

TEST_CASE("the driver copies the texts of a session", "[cares][receiver]") {
    Example example;
    const ReceiverPolicy policy;
    std::string helo = "mx.example.com";
    std::string path = "<ann@example.com>";
    std::string sender;
    example.driver.submit_reception(
        {.client = {.ip = ip(own_server), .helo = helo}, .reverse_path = path}, policy,
        [&sender](const Decision& decision) { sender = decision.mail.mail_from->sender; });
    helo.assign(helo.size(), 'x');
    path.assign(path.size(), 'x');
    rounds(example.driver, example.server);
    CHECK(sender == "ann@example.com");
}

TEST_CASE("a callback of a reception that throws has ended its message", "[cares][receiver]") {
    Example example;
    example.silent = "gone.example.net";
    const ReceiverPolicy policy = policy_with_relays();
    const auto ticket = example.driver.submit_reception(
        session(relay), policy, [](const Decision&) { throw std::runtime_error{"full"}; });
    CHECK_THROWS_AS(rounds(example.driver, example.server), std::runtime_error);
    CHECK(example.driver.in_flight() == 0);
    CHECK_FALSE(example.driver.cancel(ticket));
    CHECK(example.receive(session(own_server), policy)->verdict.action == Action::mark);
}

TEST_CASE("a message needs no callback, and a dropped one calls none", "[cares][receiver]") {
    const ReceiverPolicy policy;
    bool called = false;
    CaresDriver::MailTicket ticket;
    {
        Example example;
        example.driver.submit_reception(session(own_server), policy, nullptr);
        example.driver.submit_reception(session("127.0.0.1"), policy, nullptr);
        CHECK(rounds(example.driver, example.server) == 1);
        for (const char* client : {own_server, "127.0.0.1"})
            ticket = example.driver.submit_reception(session(client), policy,
                                                     [&called](const Decision&) { called = true; });
    }
    Example other;
    CHECK_FALSE(other.driver.cancel(ticket));
    CHECK_FALSE(called);
}
