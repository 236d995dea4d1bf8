// The asynchronous driver over TCP, and servers that close connections or keep them waiting.

#include <atomic>
#include <string>
#include <string_view>

#include "integration/cares_support.hpp"
#include "integration/message_builder.hpp"
#include "integration/stream_server.hpp"
#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;
using spf::CaresDriver;
using spf::CaresOptions;
using spf::Outcome;
using spf::Result;
using namespace spf::test;
using Step = StreamServer::Step;
using Then = Step::Then;

/// TCP only; a slow reply ends in failure, not in a second try.
CaresOptions over_tcp() {
    CaresOptions options;
    options.tcp_only = true;
    options.timeout = 30s;
    options.tries = 1;
    return options;
}

/// Submits a check for each of `count` domains.
void submit_many(CaresDriver& driver, std::string_view name, int count, std::size_t& passed) {
    for (int i = 0; i < count; ++i) {
        driver.submit(
            request_for("ann@" + std::string{name} + std::to_string(i) + ".test"),
            [&passed](const Outcome& outcome) { passed += outcome.result == Result::pass; });
    }
}

/// The status with which the check of one domain fails.
spf::dns::Status failure_of(CaresDriver& driver) {
    Outcome outcome;
    driver.submit(request_for("ann@example.com"),
                  [&outcome](const Outcome& result) { outcome = result; });
    driver.run();
    REQUIRE(outcome.result == Result::temperror);
    REQUIRE(outcome.problem);
    return outcome.problem->status;
}

}  // namespace

TEST_CASE("a server that closes after each reply has all questions answered",
          "[cares][rfc7766-6.2.4]") {
    const int count = GENERATE(50, 400);  // 400 is more than the number of connections at once
    CAPTURE(count);
    const StreamServer server{[](const Message& query) {
        return Step{txt_reply(query, pass_record), Then::close};
    }};
    CaresDriver driver = driver_for(server.server(), over_tcp());
    std::size_t passed = 0;
    submit_many(driver, "d", count, passed);
    driver.run();
    CHECK(passed == static_cast<std::size_t>(count));
}

TEST_CASE("a question on a connection that is closed is asked again on a new one",
          "[cares][rfc7766-6.2.4]") {
    std::atomic<int> closed{0};
    const StreamServer server{[&closed](const Message& query) {
        if (closed++ < 2) return Step{{}, Then::close};
        return Step{txt_reply(query, pass_record)};
    }};
    CaresDriver driver = driver_for(server.server(), over_tcp());
    std::size_t passed = 0;
    submit_many(driver, "d", 1, passed);
    driver.run();
    CHECK(passed == 1);
    CHECK(server.connections() == 3);
}

TEST_CASE("a server that closes all connections unanswered, or answers something else, is an error",
          "[cares][rfc7766-6.2.4]") {
    const bool answers = GENERATE(false, true);
    const StreamServer server{[answers](const Message& query) {
        Message wrong = txt_reply(query, pass_record);
        wrong[1] = static_cast<std::uint8_t>(wrong[1] ^ 1U);
        return answers ? Step{wrong} : Step{{}, Then::close};
    }};
    CaresDriver driver = driver_for(server.server(), over_tcp());
    CHECK(failure_of(driver) == spf::dns::Status::error);
    CHECK(server.connections() == 3);
}

TEST_CASE("asking again on a new connection takes no more time than one try",
          "[cares][rfc7766-6.2.4]") {
    std::atomic<int> queries{0};
    const StreamServer server{[&queries](const Message&) {
        return Step{{}, queries++ < 1 ? Then::close : Then::stall};
    }};
    CaresOptions options = over_tcp();
    options.timeout = 100ms;
    CaresDriver driver = driver_for(server.server(), options);
    CHECK(failure_of(driver) == spf::dns::Status::timeout);
    CHECK(server.connections() == 2);
    CHECK(driver.watches().empty());
}

TEST_CASE("untrusted senders whose questions a server does not get past delay no other check",
          "[cares][rfc7766-7]") {
    const Then habit = GENERATE(Then::stall, Then::close);
    const StreamServer server{[habit](const Message& query) {
        if (asked_in(query).name.starts_with("stranger")) return Step{{}, habit};
        return Step{txt_reply(query, pass_record)};
    }};
    CaresDriver driver = driver_for(server.server(), over_tcp());
    std::size_t strangers = 0;
    std::size_t innocent = 0;
    submit_many(driver, "stranger", 30, strangers);
    submit_many(driver, "innocent", 16, innocent);
    const auto end = std::chrono::steady_clock::now() + 20s;  // less than the remote servers' time
    while (innocent < 16 && std::chrono::steady_clock::now() < end) driver.poll(1s);
    CHECK(innocent == 16);
    CHECK(strangers == 0);
}

TEST_CASE("a connection takes the next question while there is one", "[cares][rfc7766-6.2.1]") {
    const StreamServer server{[](const Message& query) {
        const std::string name = asked_in(query).name;
        if (!name.starts_with("i")) {
            return Step{txt_reply(query, "v=spf1 include:i1.test include:i2.test -all")};
        }
        return Step{txt_reply(query, name == "i2.test" ? pass_record : "v=spf1 -all")};
    }};
    CaresDriver driver = driver_for(server.server(), over_tcp());
    spf::Options one_by_one = CaresDriver::default_options();
    one_by_one.hints = false;
    Result result{};
    driver.submit(
        request_for("ann@example.com"),
        [&result](const Outcome& outcome) { result = outcome.result; }, one_by_one);
    driver.run();
    CHECK(result == Result::pass);
    CHECK(server.queries() == 3);
    CHECK(server.connections() == 1);
    CHECK(driver.watches().empty());
}
