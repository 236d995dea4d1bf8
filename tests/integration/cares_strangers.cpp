// What untrusted remote parties can do by the answers of their servers, or by silence: it must not
// harm the checks of others.

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "integration/cares_support.hpp"
#include "integration/message_builder.hpp"
#include "integration/sockets.hpp"
#include "integration/stream_server.hpp"
#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;
using spf::CaresDriver;
using spf::CaresOptions;
using spf::Outcome;
using spf::Problem;
using spf::Result;
using spf::ZoneResolver;
using namespace spf::test;

using Step = StreamServer::Step;

std::string domain(std::string_view name, int number) {
    return std::string{name} + std::to_string(number) + ".test";
}

}  // namespace

TEST_CASE("checks of silent domains do not delay those of others", "[cares]") {
    const int strangers = GENERATE(300, 1000);
    CAPTURE(strangers);
    const ScriptedServer server{[](const Message& query, bool) {
        const std::string name = asked_in(query).name;
        if (name.starts_with("silent")) return std::vector<Sent>{};
        if (name.starts_with("i")) {
            return std::vector<Sent>{
                txt_reply(query, "v=spf1 include:" + name.substr(1) + " -all")};
        }
        return std::vector<Sent>{txt_reply(query, pass_record)};
    }};
    CaresOptions options;
    options.timeout = 60s;
    CaresDriver driver = driver_for(server.server(), options);
    for (int i = 0; i < strangers; ++i) {
        driver.submit(request_for("ann@" + domain("silent", i)),
                      [](const Outcome&) { FAIL("somebody answered"); });
    }
    int passed = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) {
        driver.submit(
            request_for("ann@" + domain("iinnocent", i)),
            [&passed](const Outcome& outcome) { passed += outcome.result == Result::pass; });
    }
    while (passed < 10 && std::chrono::steady_clock::now() < begin + 20s) driver.poll(1s);
    const auto taken = std::chrono::steady_clock::now() - begin;
    CHECK(passed == 10);
    // Each wave of questions is late after 20 ms; the rest of the time is for a busy machine.
    CHECK(taken < 80ms + 900ms);
}

TEST_CASE("late questions are limited, too", "[cares]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.max_outstanding = 4;
    options.timeout = 60s;
    CaresDriver driver = driver_for(server.server(), options);
    for (int i = 0; i < 200; ++i) driver.submit(request_for("ann@" + domain("d", i)), {});
    CHECK(driver.outstanding() == 4);
    CHECK(driver.queued() == 196);
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (driver.outstanding() < 64 && std::chrono::steady_clock::now() < end) driver.poll(1s);
    for (int i = 0; i < 5; ++i) driver.poll(25ms);
    CHECK(driver.outstanding() == 64);
    CHECK(driver.queued() == 136);
    CHECK(server.received() == 64);
}

TEST_CASE("what is tried once more is queued again", "[cares]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.max_outstanding = 4;
    options.timeout = 400ms;
    options.tries = 2;
    CaresDriver driver = driver_for(server.server(), options);
    for (int i = 0; i < 40; ++i) driver.submit(request_for("ann@" + domain("d", i)), {});
    std::size_t most = 0;  // at the same time; all first tries are in flight before the second ones
    std::size_t sent = server.received();
    while (driver.in_flight() > 0) {
        driver.poll(1s);
        const std::size_t now = server.received();
        most = std::max(most, now);
        sent += now;
    }
    CHECK(sent == 80);
    CHECK(most <= 4);
}

TEST_CASE("a slow server is not asked so much more that its buffer drops most questions",
          "[cares]") {
    const ScriptedServer server{[](const Message& query, bool) {
        std::this_thread::sleep_for(400us);
        return std::vector<Sent>{txt_reply(query, pass_record)};
    }};
    CaresOptions options;
    options.timeout = 4s;
    options.tries = 1;  // so that queries for which the server's buffer had no room are noticed
    CaresDriver driver = driver_for(server.server(), options);
    constexpr std::size_t count = 4000;
    std::size_t passed = 0;
    for (std::size_t i = 0; i < count; ++i) {
        driver.submit(
            request_for("ann@" + domain("d", static_cast<int>(i))),
            [&passed](const Outcome& outcome) { passed += outcome.result == Result::pass; });
    }
    driver.run();
    // Until the server shows that it is slow, more is sent than its buffer can hold.
    CHECK(passed > count / 2);
}

TEST_CASE("a silent server that has all sockets leaves some for the next one", "[cares]") {
    const bool tcp_only = GENERATE(false, true);
    CAPTURE(tcp_only);
    const spf::test::SilentServer silent;
    const StreamServer stalls{[](const Message&) { return Step{{}, Step::Then::stall}; }};
    const StreamServer good_stream{
        [](const Message& query) { return Step{txt_reply(query, pass_record)}; }};
    const ScriptedServer good{[](const Message& query, bool) {
        return std::vector<Sent>{txt_reply(query, pass_record)};
    }};
    CaresOptions options;
    options.tcp_only = tcp_only;
    options.servers = {tcp_only ? good_stream.server() : good.server()};
    options.timeout = 2s;
    options.tries = 1;
    CaresDriver driver = driver_for(tcp_only ? stalls.server() : silent.server(), options);
    const int count = tcp_only ? 200 : 2200;
    int passed = 0;
    for (int i = 0; i < count; ++i) {
        driver.submit(request_for("ann@" + domain("d", i)), [&passed](const Outcome& outcome) {
            passed += outcome.result == Result::pass;
        });
    }
    driver.run();
    CHECK(passed == count);
}

TEST_CASE("an answer that comes after the deadline counts as none", "[cares][rfc7208-4.6.4]") {
    ZoneResolver zone;
    zone.add_txt("example.com", pass_record);
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    spf::Options hasty = CaresDriver::default_options();
    hasty.limits.deadline = 30ms;
    Outcome outcome;
    driver.submit(
        request_for("ann@example.com"), [&outcome](const Outcome& result) { outcome = result; },
        hasty);
    std::this_thread::sleep_for(60ms);
    CHECK(server.answer_all() == 1);
    driver.run();
    CHECK(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    CHECK(outcome.problem->code == Problem::Code::deadline);
}

TEST_CASE("many questions at once come from many ports", "[cares][rfc5452-9.2]") {
    const spf::ZoneResolver nothing;
    LockstepServer server{nothing};
    CaresOptions options;
    options.max_outstanding = 512;
    CaresDriver driver = driver_for(server.server(), options);
    for (int i = 0; i < 512; ++i) driver.submit(request_for("ann@" + domain("d", i)), {});
    CHECK(driver.outstanding() == 512);
    rounds(driver, server);
    const auto& ports = server.client_ports();
    // There are 32 sockets, and the kernel may pick some ports twice.
    CHECK(std::set<std::uint16_t>(ports.begin(), ports.end()).size() >= 24);
}

TEST_CASE("after FORMERR neither the number nor the port of the query is used again",
          "[cares][rfc5452-9.2][rfc6891]") {
    std::map<std::string, std::vector<int>> numbers;
    std::vector<std::string> names;
    LockstepServer server{[&](const Message& query) {
        const auto asked = asked_in(query);
        numbers[asked.name].push_back(query[0] * 256 + query[1]);
        if (asked.edns) return spf::test::reply_to(query, spf::test::formerr);
        return txt_reply(query, pass_record);
    }};
    CaresDriver driver = driver_for(server.server());
    constexpr int count = 16;
    int passed = 0;
    for (int i = 0; i < count; ++i) {
        driver.submit(request_for("ann@" + domain("d", i)), [&passed](const Outcome& outcome) {
            passed += outcome.result == Result::pass;
        });
    }
    server.answer_all();
    const std::set<std::uint16_t> before(server.client_ports().begin(),
                                         server.client_ports().end());
    rounds(driver, server);
    CHECK(passed == count);
    for (const auto& [name, both] : numbers) {
        REQUIRE(both.size() == 2);
        CHECK(both[0] != both[1]);
    }
    for (const std::uint16_t port : before) CHECK(server.client_ports().count(port) == count);
}

TEST_CASE("names of any octets that macros make are asked for", "[cares][rfc7208-7.3]") {
    const bool tcp_only = GENERATE(false, true);
    const ScriptedServer server{[](const Message& query, bool) {
        const auto asked = asked_in(query);
        if (asked.type == spf::dns::RecordType::txt) {
            return std::vector<Sent>{txt_reply(query, "v=spf1 exists:%{l}._spf.%{d} -all")};
        }
        if (asked.name != "a+b=c!d._spf.example.com") {
            return std::vector<Sent>{spf::test::reply_to(query, spf::test::nxdomain)};
        }
        return std::vector<Sent>{spf::test::good_reply(query)};
    }};
    CaresOptions options;
    options.tcp_only = tcp_only;
    CaresDriver driver = driver_for(server.server(), options);
    Outcome outcome;
    driver.submit(request_for("a+b=c!d@example.com"),
                  [&outcome](const Outcome& result) { outcome = result; });
    driver.run();
    CHECK(outcome.result == Result::pass);
}
