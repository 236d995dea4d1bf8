// Both identities of a message with the asynchronous driver: the results of check_mail(), in fewer
// round trips.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "integration/cares_support.hpp"
#include "spf/mail/mail_check.hpp"
#include "support/catch.hpp"

namespace {

using spf::CaresDriver;
using spf::Client;
using spf::MailCheck;
using spf::Options;
using spf::Result;
using namespace spf::test;

spf::IpAddress ip(std::string_view text) { return *spf::IpAddress::parse(text); }

/// Returns the differences of two outcomes except for the TTL: this server's negative answers have
/// none.
std::string difference_of(spf::Outcome left, const spf::Outcome& right) {
    left.ttl = right.ttl;
    return difference(left, right);
}

struct Example {
    spf::ZoneResolver zone;
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());

    Example() {
        zone.add_txt("example.com", "v=spf1 ip4:192.0.2.0/24 -all");
        zone.add_txt("mx.example.org", "v=spf1 a -all");
        zone.add_a("mx.example.org", ip("192.0.2.1"));
    }
    std::optional<MailCheck> check(const Client& client, std::string_view path,
                                   const Options& options = CaresDriver::default_options()) {
        std::optional<MailCheck> out;
        driver.submit_mail(
            client, path, [&out](const MailCheck& mail) { out = mail; }, options);
        round_trips = rounds(driver, server);
        return out;
    }
    std::size_t round_trips = 0;
};

}  // namespace

TEST_CASE("the driver says of a message what check_mail() says", "[cares][mail]") {
    Options stop = CaresDriver::default_options();
    stop.stop_on_helo_fail = true;
    for (const char* address : {"192.0.2.1", "198.51.100.1"}) {
        for (const char* helo : {"mx.example.org", "absent.example", "[192.0.2.1]", ""}) {
            for (const char* path : {"ann@example.com", "<>", "ann@absent.example"}) {
                for (const Options& options : {CaresDriver::default_options(), stop}) {
                    CAPTURE(address, helo, path, options.stop_on_helo_fail);
                    Example example;
                    const Client client{
                        .ip = ip(address), .helo = helo, .receiver = "mx.example.net"};
                    const auto mail = example.check(client, path, options);
                    const MailCheck expected = check_mail(client, path, example.zone, options);
                    REQUIRE(mail);
                    REQUIRE(mail->helo.has_value() == expected.helo.has_value());
                    REQUIRE(mail->mail_from.has_value() == expected.mail_from.has_value());
                    if (expected.helo) CHECK(difference_of(*mail->helo, *expected.helo) == "");
                    if (expected.mail_from)
                        CHECK(difference_of(*mail->mail_from, *expected.mail_from) == "");
                }
            }
        }
    }
}

TEST_CASE("HELO and MAIL FROM are asked for at the same time", "[cares][mail]") {
    Example example;
    const auto mail =
        example.check({.ip = ip("192.0.2.1"), .helo = "mx.example.org"}, "ann@example.com");
    REQUIRE(mail);
    CHECK(mail->helo->result == Result::pass);
    CHECK(mail->mail_from->result == Result::pass);
    CHECK(example.round_trips == 2);  // TXT of both, and the address of one
}

TEST_CASE("a message that is cancelled calls no callback", "[cares][mail]") {
    Example example;
    bool called = false;
    const auto ticket = example.driver.submit_mail(
        {.ip = ip("192.0.2.1"), .helo = "mx.example.org"}, "ann@example.com",
        [&called](const MailCheck&) { called = true; });
    CHECK(example.driver.in_flight() == 2);
    CHECK(example.driver.cancel(ticket));
    CHECK(example.driver.in_flight() == 0);
    CHECK_FALSE(example.driver.cancel(ticket));
    rounds(example.driver, example.server);
    CHECK_FALSE(called);
    CHECK_FALSE(example.driver.cancel(CaresDriver::MailTicket()));
}

TEST_CASE("a message's callback may submit the next one", "[cares][mail]") {
    Example example;
    std::vector<Result> results;
    const Client client{.ip = ip("192.0.2.1"), .helo = "mx.example.org"};
    example.driver.submit_mail(client, "ann@example.com", [&](const MailCheck& first) {
        results.push_back(first.mail_from->result);
        example.driver.submit_mail(client, "<>", [&](const MailCheck& second) {
            results.push_back(second.mail_from->result);
        });
    });
    rounds(example.driver, example.server);
    CHECK(results == std::vector<Result>{Result::pass, Result::pass});
}

TEST_CASE("the ticket of a message that has ended does not cancel the next one", "[cares][mail]") {
    Example example;
    int called = 0;
    const auto submit = [&] {
        return example.driver.submit_mail({.ip = ip("192.0.2.1"), .helo = "mx.example.org"},
                                          "ann@example.com",
                                          [&called](const MailCheck&) { ++called; });
    };
    const auto ended = submit();
    rounds(example.driver, example.server);
    REQUIRE(called == 1);
    const auto cancelled = submit();
    REQUIRE(example.driver.cancel(cancelled));
    submit();
    CHECK_FALSE(example.driver.cancel(ended));
    CHECK_FALSE(example.driver.cancel(cancelled));
    rounds(example.driver, example.server);
    CHECK(called == 2);
}

TEST_CASE("messages with long texts and short ones follow each other", "[cares][mail]") {
    Example example;
    const std::string sender = std::string(2000, 'a') + "@example.com";
    const Client client{.ip = ip("192.0.2.1"), .helo = "mx.example.org"};
    for (int i = 0; i < 3; ++i) {
        const auto large = example.check(client, sender);
        REQUIRE(large);
        CHECK(large->mail_from->sender == sender);
        const auto small = example.check(client, "ann@example.com");
        REQUIRE(small);
        CHECK(small->mail_from->sender == "ann@example.com");
    }
}

TEST_CASE("a ticket of a message outlives it and the driver", "[cares][mail]") {
    CaresDriver::MailTicket ticket;
    {
        Example example;
        ticket = example.driver.submit_mail({.ip = ip("192.0.2.1")}, "ann@example.com", nullptr);
    }
    Example other;
    CHECK_FALSE(other.driver.cancel(ticket));
}

TEST_CASE("a driver counts what it has done", "[cares][statistics]") {
    Example example;
    const Client client{.ip = ip("192.0.2.1"), .helo = "mx.example.org"};
    int called = 0;
    for (int i = 0; i < 3; ++i)
        example.driver.submit_mail(client, "ann@example.com",
                                   [&called](const MailCheck&) { ++called; });
    rounds(example.driver, example.server);
    CHECK(called == 3);
    const spf::CaresStatistics statistics = example.driver.statistics();
    CHECK(statistics.checks == 6);
    CHECK(statistics.by_policy == 0);
    CHECK(statistics.lookups == 9);
    CHECK(statistics.coalesced == 6);
    CHECK(statistics.queries == 3);
    CHECK(statistics.tcp_queries == 0);
    CHECK(statistics.silent == 0);
}
