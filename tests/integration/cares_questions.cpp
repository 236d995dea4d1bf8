// The asynchronous driver asks single questions, for programs that need the answers themselves.

#include <stdexcept>
#include <string>
#include <vector>

#include "integration/cares_support.hpp"
#include "spf/driver/cares.hpp"
#include "spf/resolver/cache.hpp"
#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;
using spf::CaresDriver;
using spf::CaresOptions;
using spf::ZoneResolver;
using spf::dns::AnswerPtr;
using spf::dns::RecordType;
using spf::dns::Status;
using namespace spf::test;

ZoneResolver one_record() {
    ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 -all");
    return zone;
}

/// Stores the answer in `answer`.
CaresDriver::AnswerCallback into(AnswerPtr& answer) {
    return [&answer](const AnswerPtr& each) { answer = each; };
}

}  // namespace

TEST_CASE("a hundred independent questions take one round trip", "[cares][questions]") {
    ZoneResolver zone;
    for (int i = 0; i < 100; ++i) zone.add_txt("d" + std::to_string(i) + ".test", "v=spf1 -all");
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    std::vector<AnswerPtr> answers(100);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const std::string name = "d" + std::to_string(i) + ".test";  // the driver copies the name
        driver.submit_question({name, RecordType::txt}, into(answers[i]));
    }
    CHECK(driver.in_flight() == 100);
    CHECK(rounds(driver, server) == 1);
    for (const AnswerPtr& answer : answers) {
        REQUIRE(answer != nullptr);
        CHECK(answer->texts == std::vector<std::string>{"v=spf1 -all"});
    }
    CHECK(driver.statistics().checks == 0);
    CHECK(driver.statistics().lookups == 100);
}

TEST_CASE("a question of a program and of a check is asked once", "[cares][questions]") {
    const ZoneResolver zone = one_record();
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    AnswerPtr first;
    AnswerPtr second;
    spf::Result result{};
    driver.submit_question({"example.com", RecordType::txt}, into(first));
    driver.submit_question({"example.com", RecordType::txt}, into(second));
    driver.submit(request_for("ann@example.com"),
                  [&result](const spf::Outcome& outcome) { result = outcome.result; });
    CHECK(rounds(driver, server) == 1);
    CHECK(server.client_ports().size() == 1);
    REQUIRE(first != nullptr);
    CHECK(first == second);
    CHECK(result == spf::Result::fail);
    CHECK(driver.statistics().checks == 1);
}

TEST_CASE("an answer of the cache reaches a program without a question to the server",
          "[cares][questions]") {
    const ZoneResolver zone = one_record();
    LockstepServer server{zone};
    spf::AnswerCache cache;
    CaresOptions options;
    options.cache = &cache;
    CaresDriver driver = driver_for(server.server(), options);
    AnswerPtr answer;
    driver.submit_question({"example.com", RecordType::txt}, into(answer));
    CHECK(rounds(driver, server) == 1);
    AnswerPtr again;
    driver.submit_question({"example.com", RecordType::txt}, into(again));
    CHECK(again == nullptr);  // submit_question() calls no callback
    CHECK(rounds(driver, server) == 0);
    CHECK(again == answer);
}

TEST_CASE("the next question may be asked when an answer arrives", "[cares][questions]") {
    ZoneResolver zone = one_record();
    zone.add_mx("example.com", 10, "mx.example.com");
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    AnswerPtr exchanges;
    driver.submit_question({"example.com", RecordType::txt}, [&](const AnswerPtr& /*answer*/) {
        driver.submit_question({"example.com", RecordType::mx}, into(exchanges));
    });
    CHECK(rounds(driver, server) == 2);
    REQUIRE(exchanges != nullptr);
    CHECK(exchanges->exchanges.size() == 1);
}

TEST_CASE("a question ends at its deadline with timeout", "[cares][questions]") {
    const SilentServer server;
    CaresDriver driver = driver_for(server.server());
    AnswerPtr late;
    AnswerPtr over;
    driver.submit_question({"example.com", RecordType::txt, spf::dns::deadline_after(50ms)},
                           into(late));
    driver.submit_question({"example.net", RecordType::txt, spf::dns::deadline_after(0ms)},
                           into(over));
    CHECK(driver.outstanding() == 1);  // a question whose time is over is not sent
    driver.run();
    REQUIRE(late != nullptr);
    REQUIRE(over != nullptr);
    CHECK(late->status == Status::timeout);
    CHECK(over->status == Status::timeout);
    CHECK(driver.statistics().silent == 0);  // the try at the server was still under way
}

TEST_CASE("the callback of a cancelled question is not called", "[cares][questions]") {
    const SilentServer server;
    CaresOptions options;
    options.max_outstanding = 1;
    CaresDriver driver = driver_for(server.server(), options);
    AnswerPtr first;
    AnswerPtr queued;
    const auto asked = driver.submit_question({"example.com", RecordType::txt}, into(first));
    const auto waits = driver.submit_question({"example.net", RecordType::txt}, into(queued));
    CHECK(driver.queued() == 1);
    CHECK(driver.cancel(waits));
    CHECK(driver.cancel(asked));
    CHECK_FALSE(driver.cancel(asked));
    CHECK(driver.in_flight() == 0);
    driver.poll(0ms);
    CHECK(first == nullptr);
    CHECK(queued == nullptr);
}

TEST_CASE("a name that cannot exist has an answer, too", "[cares][questions]") {
    CaresDriver driver = driver_for({.address = *spf::IpAddress::parse("127.0.0.1")});
    AnswerPtr answer;
    const std::string name = std::string(64, 'a') + ".example";
    driver.submit_question({name, RecordType::a}, into(answer));
    driver.run();
    REQUIRE(answer != nullptr);
    CHECK(answer->status == Status::nxdomain);
}

TEST_CASE("an exception of a callback ends only its own question", "[cares][questions]") {
    const ZoneResolver zone = one_record();
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    AnswerPtr answer;
    driver.submit_question({"example.com", RecordType::txt},
                           [](const AnswerPtr& /*answer*/) { throw std::runtime_error("mine"); });
    driver.submit_question({"example.com", RecordType::txt}, into(answer));
    CHECK_THROWS_WITH(rounds(driver, server), "mine");
    CHECK(rounds(driver, server) == 0);
    CHECK(answer != nullptr);
}
