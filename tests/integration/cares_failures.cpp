// The asynchronous driver, and servers that do not answer correctly.

#include <array>
#include <atomic>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "integration/cares_support.hpp"
#include "integration/message_builder.hpp"
#include "integration/name_server.hpp"
#include "spf/evaluation/check_host.hpp"
#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;
using spf::CaresDriver;
using spf::CaresOptions;
using spf::Outcome;
using spf::Problem;
using spf::Result;
using namespace spf::test;

/// Checks one sender to the end.
Outcome check(CaresDriver& driver, std::string_view sender = "ann@example.com",
              const spf::Options& options = CaresDriver::default_options()) {
    Outcome outcome;
    driver.submit(
        request_for(sender), [&outcome](const Outcome& result) { outcome = result; }, options);
    driver.run();
    return outcome;
}

/// Does what check() does with the blocking resolver.
Outcome check_blocking(const CaresOptions& options) {
    spf::LdnsOptions same;
    same.servers = options.servers;
    same.timeout = options.timeout;
    same.tries = options.tries;
    same.edns = options.edns;
    same.tcp_only = options.tcp_only;
    spf::LdnsResolver resolver{same};
    return spf::check_host(request_for("ann@example.com"), resolver);
}

/// A reply that passes, with a size in octets.
Message padded_reply(const Message& query, std::size_t size) {
    std::string record = pass_record;
    while (txt_reply(query, record).size() < size) record.insert(record.rfind(' '), 1, ' ');
    return txt_reply(query, record);
}

spf::dns::NameServer nobody() { return server_at(free_port()); }

/// The status because of which a check ended in temperror.
spf::dns::Status status_of(const Outcome& outcome) {
    REQUIRE(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Problem::Code::dns_failure);
    return outcome.problem->status;
}

}  // namespace

TEST_CASE("a silent server is tried again, then the lookup has timed out", "[cares]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.timeout = 30ms;
    options.tries = 3;
    CaresDriver driver = driver_for(server.server(), options);
    CHECK(status_of(check(driver)) == spf::dns::Status::timeout);
    CHECK(server.received() == 3);
    CHECK(driver.outstanding() == 0);
}

TEST_CASE("a deadline that is over ends in temperror", "[cares][rfc7208-4.6.4]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.timeout = 60s;
    CaresDriver driver = driver_for(server.server(), options);
    spf::Options hasty = CaresDriver::default_options();
    hasty.limits.deadline = 40ms;
    const Outcome outcome = check(driver, "ann@example.com", hasty);
    CHECK(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Problem::Code::deadline);
    CHECK(driver.outstanding() == 1);  // its answer may still be used by other checks
}

TEST_CASE("a check may wait for ever, and several deadlines come in their order", "[cares]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.timeout = 60s;
    CaresDriver driver = driver_for(server.server(), options);
    std::string order;
    const auto submit = [&](std::chrono::milliseconds deadline, char mark) {
        spf::Options limited = CaresDriver::default_options();
        limited.limits.deadline = deadline;
        return driver.submit(
            request_for("ann@example.com"), [&order, mark](const Outcome&) { order += mark; },
            limited);
    };
    submit(60ms, '3');
    const auto patient = submit(std::chrono::milliseconds::max(), 'x');
    submit(20ms, '1');
    submit(40ms, '2');
    while (driver.in_flight() > 1) driver.poll();
    CHECK(order == "123");
    CHECK(driver.cancel(patient));
    driver.run();
    CHECK(order == "123");
}

TEST_CASE("an address without a server is unreachable", "[cares]") {
    CaresDriver driver = driver_for(nobody());
    CHECK(status_of(check(driver)) == spf::dns::Status::unreachable);
    CaresOptions options;
    options.tcp_only = true;
    CaresDriver tcp = driver_for(nobody(), options);
    CHECK(status_of(check(tcp)) == spf::dns::Status::unreachable);
}

TEST_CASE("without any server all is unreachable", "[cares]") {
    CaresOptions options;
    options.resolv_conf = "/nonexistent";
    auto driver = CaresDriver::make(options);
    REQUIRE(driver);
    CHECK(driver->servers().empty());
    CHECK(status_of(check(*driver)) == spf::dns::Status::unreachable);
}

TEST_CASE("10000 checks of a dead server all end", "[cares]") {
    CaresDriver driver = driver_for(nobody());
    std::size_t failed = 0;
    for (int i = 0; i < 10'000; ++i) {
        driver.submit(
            request_for("ann@d" + std::to_string(i) + ".test"),
            [&failed](const Outcome& outcome) { failed += outcome.result == Result::temperror; });
    }
    driver.run();
    CHECK(failed == 10'000);
}

TEST_CASE("records that lead to silent servers take no time from the checks of others",
          "[cares][rfc7208-4.6.4]") {
    const ScriptedServer server{[](const Message& query, bool) {
        const std::string name = spf::test::asked_in(query).name;
        if (name.starts_with("dead")) return std::vector<Sent>{};
        if (name.starts_with("good")) return std::vector<Sent>{txt_reply(query, pass_record)};
        std::string record = "v=spf1";
        for (int i = 0; i < 9; ++i) record += " include:dead" + std::to_string(i) + "." + name;
        return std::vector<Sent>{txt_reply(query, record)};
    }};
    CaresOptions options;
    options.max_outstanding = 8;
    options.timeout = 100ms;
    options.tries = 1;
    CaresDriver driver = driver_for(server.server(), options);
    spf::Options limited = CaresDriver::default_options();
    limited.limits.deadline = 1s;
    int passed = 0;
    int timed_out = 0;
    for (int i = 0; i < 100; ++i) {
        const auto number = std::to_string(i);
        driver.submit(
            request_for("ann@evil" + number + ".test"),
            [&timed_out](const Outcome& outcome) {
                timed_out +=
                    outcome.problem && outcome.problem->status == spf::dns::Status::timeout;
            },
            limited);
        driver.submit(
            request_for("ann@good" + number + ".test"),
            [&passed](const Outcome& outcome) { passed += outcome.result == Result::pass; },
            limited);
    }
    driver.run();
    CHECK(passed == 100);
    CHECK(timed_out == 100);
}

TEST_CASE("a question that no check waits for any more is not tried again", "[cares]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.timeout = 50ms;
    options.tries = 3;
    CaresDriver driver = driver_for(server.server(), options);
    const auto ticket = driver.submit(request_for("ann@example.com"), {});
    CHECK(driver.cancel(ticket));
    while (driver.outstanding() > 0) driver.poll();
    CHECK(server.received() == 1);
}

TEST_CASE("driver: the next server is asked if one fails, and the most specific failure counts",
          "[cares]") {
    const ScriptedServer failing{[](const Message& query, bool) {
        return std::vector<Sent>{reply_to(query, spf::test::servfail)};
    }};
    const ScriptedServer refusing{[](const Message& query, bool) {
        return std::vector<Sent>{reply_to(query, spf::test::refused)};
    }};
    const ScriptedServer good{[](const Message& query, bool) {
        return std::vector<Sent>{txt_reply(query, pass_record)};
    }};
    CaresOptions options;
    options.timeout = 5s;
    options.servers = {refusing.server(), failing.server(), good.server()};
    auto all = CaresDriver::make(options);
    REQUIRE(all);
    CHECK(check(*all).result == Result::pass);
    CHECK(failing.udp_queries() == 1);

    options.servers = {nobody(), failing.server(), refusing.server()};
    auto bad = CaresDriver::make(options);
    REQUIRE(bad);
    const Outcome outcome = check(*bad);
    CHECK(status_of(outcome) == spf::dns::Status::servfail);
    CHECK(failing.udp_queries() == 2);  // a server that reported a failure is not asked again
    CHECK(spf::test::difference(outcome, check_blocking(options)) == "");
}

TEST_CASE("if all servers have said what they had to say, tries without end are over", "[cares]") {
    const ScriptedServer server{[](const Message& query, bool) {
        return std::vector<Sent>{reply_to(query, spf::test::servfail)};
    }};
    CaresOptions options;
    options.servers = {server.server()};
    options.tries = std::numeric_limits<unsigned>::max();
    const auto begin = std::chrono::steady_clock::now();
    CaresDriver driver = driver_for(server.server(), options);
    CHECK(check(driver).result == Result::temperror);
    CHECK(check_blocking(options).result == Result::temperror);
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
}

TEST_CASE("a truncated reply is fetched over TCP", "[cares]") {
    const std::string record = "v=spf1 ip4:192.0.2.1 " + std::string(3000, ' ') + "-all";
    const ScriptedServer server{[&record](const Message& query, bool over_tcp) {
        return std::vector<Sent>{over_tcp ? txt_reply(query, record)
                                          : spf::test::truncated_reply(query)};
    }};
    CaresDriver driver = driver_for(server.server());
    CHECK(check(driver).result == Result::pass);
    CHECK(server.udp_queries() == 1);
    CHECK(server.tcp_queries() == 1);

    CaresOptions options;
    options.tcp_only = true;
    CaresDriver tcp = driver_for(server.server(), options);
    CHECK(check(tcp).result == Result::pass);
    CHECK(server.udp_queries() == 1);
}

TEST_CASE("many truncated replies at once are fetched over TCP", "[cares]") {
    if (!spf::test::Nsd::installed()) return;
    std::string file = "$ORIGIN test.\n$TTL 300\n@ SOA ns root 1 3600 600 86400 60\n@ NS ns\n";
    const std::string spaces(250, ' ');
    for (int i = 0; i < 300; ++i) {
        file += "d" + std::to_string(i) + " TXT \"v=spf1 ip4:192.0.2.1\"";
        for (int j = 0; j < 8; ++j) file += " \"" + spaces + "\"";
        file += " \" -all\"\n";
    }
    const spf::test::Nsd nsd{"test.", file};
    CaresDriver driver = driver_for(nsd.server());
    std::size_t passed = 0;
    for (int i = 0; i < 300; ++i) {
        driver.submit(
            request_for("ann@d" + std::to_string(i) + ".test"),
            [&passed](const Outcome& outcome) { passed += outcome.result == Result::pass; });
    }
    driver.run();
    CHECK(passed == 300);
}

TEST_CASE("a server that truncates but has no TCP is an error", "[cares]") {
    // A UDP socket only; TCP is refused.
    const spf::test::SilentServer silent;
    const ScriptedServer server{[](const Message& query, bool) {
        return std::vector<Sent>{spf::test::truncated_reply(query)};
    }};
    CaresDriver driver = driver_for(server.server());
    const Outcome outcome = check(driver);  // the reply over TCP is truncated, too
    CHECK(status_of(outcome) == spf::dns::Status::error);
    CHECK(server.tcp_queries() == 1);
}

TEST_CASE("garbage is skipped, and the reply after it counts", "[cares]") {
    const ScriptedServer server{[](const Message& query, bool) {
        Message wrong_number = reply_to(query, spf::test::nxdomain);
        wrong_number[1] = static_cast<std::uint8_t>(wrong_number[1] ^ 1U);
        Message wrong_question = reply_to(query, spf::test::nxdomain);
        wrong_question[13] = static_cast<std::uint8_t>(wrong_question[13] ^ 1U);
        Message no_reply = reply_to(query, spf::test::nxdomain);
        no_reply[2] = 0x01;  // QR
        Message status_query = reply_to(query, spf::test::nxdomain);
        status_query[2] = 0x91;  // opcode
        return std::vector<Sent>{Message{},
                                 Message{1, 2, 3},
                                 Message(12),
                                 Message(4096, 0xff),
                                 query,
                                 wrong_number,
                                 wrong_question,
                                 no_reply,
                                 status_query,
                                 {reply_to(query, spf::test::nxdomain), true},
                                 txt_reply(query, pass_record)};
    }};
    CaresOptions options;
    options.timeout = 5s;
    CaresDriver driver = driver_for(server.server(), options);
    CHECK(check(driver).result == Result::pass);
    CHECK(server.udp_queries() == 1);
}

TEST_CASE("a reply with a broken record is an error", "[cares]") {
    const ScriptedServer server{[](const Message& query, bool) {
        Message reply = txt_reply(query, pass_record);
        reply.resize(reply.size() - 4);
        return std::vector<Sent>{reply};
    }};
    CaresDriver driver = driver_for(server.server());
    CHECK(status_of(check(driver)) == spf::dns::Status::error);
}

TEST_CASE("a server that knows no EDNS is asked without", "[cares][rfc6891]") {
    const auto way = GENERATE(0, 1, 2);
    CAPTURE(way);
    const ScriptedServer server{[way](const Message& query, bool) {
        if (!spf::test::asked_in(query).edns) {
            return std::vector<Sent>{txt_reply(query, pass_record)};
        }
        Message refusal = reply_to(
            query, way == 2 ? spf::test::notimp : spf::test::formerr);  // NOTIMP or FORMERR
        if (way == 1) {                                                 // without the question
            refusal.resize(12);
            refusal[5] = 0;
        }
        return std::vector<Sent>{refusal};
    }};
    CaresOptions options;
    options.timeout = 5s;
    CaresDriver driver = driver_for(server.server(), options);
    for (int i = 0; i < 3; ++i) {
        CHECK(check(driver, "ann@d" + std::to_string(i) + ".test").result == Result::pass);
    }
}

TEST_CASE("a complete reply over UDP counts as it is, whatever its size",
          "[cares][rfc1035-4.2.1]") {
    const auto size = GENERATE(511U, 512U, 513U, 900U);
    const auto edns = GENERATE(true, false);
    const auto knows_edns = GENERATE(true, false);
    CAPTURE(size, edns, knows_edns);
    std::atomic<std::size_t> sent{0};
    const ScriptedServer server{[&](const Message& query, bool over_tcp) {
        if (over_tcp) return std::vector<Sent>{};
        const spf::test::Asked asked = spf::test::asked_in(query);
        if (!knows_edns && asked.edns && asked.name == "first.test") {
            return std::vector<Sent>{reply_to(query, spf::test::formerr)};
        }
        const Message reply = padded_reply(query, size);
        sent = reply.size();
        return std::vector<Sent>{reply};
    }};
    CaresOptions options;
    options.servers = {server.server()};
    options.timeout = 5s;
    options.edns = edns;
    auto driver = CaresDriver::make(options);
    REQUIRE(driver);
    CHECK(check(*driver, "ann@first.test").result == Result::pass);
    CHECK(check(*driver, "ann@second.test").result == Result::pass);
    const Outcome outcome = check(*driver);
    CHECK(outcome.result == Result::pass);
    CHECK(spf::test::difference(outcome, check_blocking(options)) == "");
    CHECK(sent == size);
    CHECK(server.tcp_queries() == 0);
}

TEST_CASE("replies of many sizes at once each count for their own question",
          "[cares][rfc1035-4.2.1]") {
    const ScriptedServer server{[](const Message& query, bool over_tcp) {
        if (over_tcp) return std::vector<Sent>{};
        const int number = std::stoi(spf::test::asked_in(query).name);
        const std::string spaces(number % 3 == 0 ? 1 : 600, ' ');
        const std::string address = number % 2 == 0 ? "192.0.2.1" : "192.0.2.2";
        return std::vector<Sent>{txt_reply(query, "v=spf1" + spaces + "ip4:" + address + " -all")};
    }};
    CaresOptions options;
    options.timeout = 5s;
    options.edns = false;
    CaresDriver driver = driver_for(server.server(), options);
    constexpr int count = 120;
    int right = 0;
    for (int i = 0; i < count; ++i) {
        driver.submit(request_for("ann@" + std::to_string(i) + ".test"),
                      [&right, i](const Outcome& outcome) {
                          right += outcome.result == (i % 2 == 0 ? Result::pass : Result::fail);
                      });
    }
    driver.run();
    CHECK(right == count);
}

TEST_CASE("an alias that leads out of the reply is followed, and a loop of them is an error",
          "[cares]") {
    const ScriptedServer server{[](const Message& query, bool) {
        const std::string name = spf::test::asked_in(query).name;
        if (name == "example.com") {
            return std::vector<Sent>{spf::test::alias_reply(query, "alias.example.net")};
        }
        if (name == "alias.example.net") {
            return std::vector<Sent>{txt_reply(query, pass_record)};
        }
        const std::string other = name == "ping.test" ? "pong.test" : "ping.test";
        return std::vector<Sent>{spf::test::alias_reply(query, other)};
    }};
    CaresDriver driver = driver_for(server.server());
    CHECK(check(driver).result == Result::pass);
    CHECK(status_of(check(driver, "ann@ping.test")) == spf::dns::Status::error);
}

TEST_CASE("failures leave no descriptor open", "[cares]") {
    const std::size_t before = spf::test::open_descriptors();
    {
        const spf::test::SilentServer silent;
        CaresOptions options;
        options.timeout = 20ms;
        options.tries = 1;
        CaresDriver driver = driver_for(silent.server(), options);
        const std::size_t idle = spf::test::open_descriptors();
        for (int i = 0; i < 1000; ++i) {
            driver.submit(request_for("ann@d" + std::to_string(i) + ".test"), {});
        }
        driver.run();
        CHECK(spf::test::open_descriptors() == idle);
        CHECK(driver.watches().empty());
    }
    CHECK(spf::test::open_descriptors() == before);
}
