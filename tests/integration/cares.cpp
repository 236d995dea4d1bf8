// The asynchronous driver: its bookkeeping, and servers that answer correctly.

#include "spf/driver/cares.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/epoll.h>
#include <unistd.h>

#include "integration/cares_support.hpp"
#include "integration/name_server.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/cache.hpp"
#include "support/catch.hpp"

namespace {

using namespace std::chrono_literals;
using spf::CaresDriver;
using spf::CaresOptions;
using spf::Outcome;
using spf::Result;
using spf::ZoneResolver;
using namespace spf::test;

/// example.com includes one.example.com to nine.example.com, none of which lists the client.
ZoneResolver nine_includes() {
    ZoneResolver zone;
    std::string record = "v=spf1";
    for (int i = 1; i <= 9; ++i) {
        const std::string name = "i" + std::to_string(i) + ".example.com";
        record += " include:" + name;
        zone.add_txt(name, "v=spf1 ip4:198.51.100." + std::to_string(i) + " -all");
    }
    zone.add_txt("example.com", record + " -all");
    return zone;
}

/// Stores the outcome in `outcome`.
CaresDriver::Callback into(Outcome& outcome) {
    return [&outcome](const Outcome& result) { outcome = result; };
}

spf::Options without_hints() {
    spf::Options options = CaresDriver::default_options();
    options.hints = false;
    return options;
}

}  // namespace

TEST_CASE("hints fetch nine includes in two round trips instead of ten", "[cares][rfc7208-4.6.4]") {
    const ZoneResolver zone = nine_includes();
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    Outcome with;
    driver.submit(request_for("ann@example.com"), into(with));
    CHECK(rounds(driver, server) == 2);
    Outcome without;
    driver.submit(request_for("ann@example.com"), into(without), without_hints());
    CHECK(rounds(driver, server) == 10);
    CHECK(with.result == Result::fail);
    CHECK(spf::test::difference(with, without) == "");
}

TEST_CASE("a question that many checks have at once is asked once", "[cares]") {
    ZoneResolver zone;
    zone.add_txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    std::size_t passed = 0;
    for (int i = 0; i < 50; ++i) {
        driver.submit(request_for("ann@example.com"), [&passed](const Outcome& outcome) {
            passed += outcome.result == Result::pass;
        });
    }
    CHECK(driver.in_flight() == 50);
    CHECK(driver.outstanding() == 1);
    CHECK(rounds(driver, server) == 1);
    CHECK(passed == 50);
    CHECK(server.client_ports().size() == 1);
}

TEST_CASE("what is in the cache is not asked", "[cares]") {
    const ZoneResolver zone = nine_includes();
    LockstepServer server{zone};
    spf::AnswerCache cache;
    CaresOptions options;
    options.cache = &cache;
    CaresDriver driver = driver_for(server.server(), options);
    Outcome first;
    driver.submit(request_for("ann@example.com"), into(first));
    CHECK(rounds(driver, server) == 2);
    CaresDriver other = driver_for(server.server(), options);
    Outcome second;
    other.submit(request_for("ann@example.com"), into(second));
    CHECK(other.outstanding() == 0);
    CHECK(other.next_timeout() == 0ms);  // the outcome is ready, but submit() calls no callback
    CHECK(rounds(other, server) == 0);
    CHECK(spf::test::difference(first, second) == "");
}

TEST_CASE("the local port changes from one round trip to the next", "[cares][rfc5452]") {
    const ZoneResolver zone = nine_includes();
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    driver.submit(request_for("ann@example.com"), {}, without_hints());
    CHECK(rounds(driver, server) == 10);
    const auto& ports = server.client_ports();
    const std::set<std::uint16_t> different(ports.begin(), ports.end());
    CHECK(different.size() >= 9);  // the kernel may pick a port twice
}

TEST_CASE("the local port changes under load, too", "[cares][rfc5452]") {
    ZoneResolver zone;
    for (int i = 0; i < 2000; ++i) zone.add_txt("d" + std::to_string(i) + ".test", "v=spf1 -all");
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    std::size_t done = 0;
    for (int i = 0; i < 2000; ++i) {
        driver.submit(request_for("ann@d" + std::to_string(i) + ".test"),
                      [&done](const Outcome& outcome) { done += outcome.result == Result::fail; });
    }
    rounds(driver, server);
    CHECK(done == 2000);
    for (const std::uint16_t port : server.client_ports()) {
        CHECK(server.client_ports().count(port) <= 48);  // the kernel may pick a port twice
    }
}

TEST_CASE("no more questions are on their way than allowed, and the rest waits in order",
          "[cares]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.max_outstanding = 16;
    CaresDriver driver = driver_for(server.server(), options);
    for (int i = 0; i < 100; ++i) {
        driver.submit(request_for("ann@d" + std::to_string(i) + ".test"), {});
    }
    CHECK(driver.in_flight() == 100);
    CHECK(driver.outstanding() == 16);
    CHECK(driver.queued() == 84);
    CHECK(server.received() == 16);
}

TEST_CASE("a check that is dropped while it is queued costs no question", "[cares]") {
    ZoneResolver zone;
    zone.add_txt("a.test", "v=spf1 -all");
    zone.add_txt("b.test", "v=spf1 -all");
    zone.add_txt("c.test", "v=spf1 -all");
    LockstepServer server{zone};
    CaresOptions options;
    options.max_outstanding = 1;
    CaresDriver driver = driver_for(server.server(), options);
    Outcome last;
    driver.submit(request_for("ann@a.test"), {});
    const auto dropped =
        driver.submit(request_for("ann@b.test"), [](const Outcome&) { FAIL("was cancelled"); });
    driver.submit(request_for("ann@c.test"), into(last));
    CHECK(driver.cancel(dropped));
    CHECK_FALSE(driver.cancel(dropped));
    CHECK(driver.in_flight() == 2);
    CHECK(rounds(driver, server) == 2);
    CHECK(last.result == Result::fail);
    CHECK(server.client_ports().size() == 2);
}

TEST_CASE("a check that has nothing to ask does not wait for those that have", "[cares]") {
    const spf::test::SilentServer server;
    CaresOptions options;
    options.max_outstanding = 1;
    CaresDriver driver = driver_for(server.server(), options);
    for (int i = 0; i < 3; ++i)
        driver.submit(request_for("ann@d" + std::to_string(i) + ".test"), {});
    bool over = false;
    driver.submit(request_for("no domain"), [&over](const Outcome&) { over = true; });
    driver.poll(0ms);
    CHECK(over);
    CHECK(driver.in_flight() == 3);
}

TEST_CASE("callbacks may submit and cancel", "[cares]") {
    ZoneResolver zone;
    for (int i = 0; i < 5; ++i) zone.add_txt("d" + std::to_string(i) + ".test", "v=spf1 -all");
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    std::vector<std::string> seen;
    CaresDriver::Ticket victim;
    const CaresDriver::Callback follow = [&](const Outcome& outcome) {
        seen.push_back(outcome.domain);
        if (seen.size() == 1) {
            CHECK(driver.cancel(victim));
            driver.submit(request_for("ann@d3.test"), follow);
            driver.submit(request_for("no domain"), follow);  // it ends at once
        }
    };
    driver.submit(request_for("ann@d0.test"), follow);
    victim = driver.submit(request_for("ann@d1.test"), follow);
    rounds(driver, server);
    CHECK(seen.size() == 3);
    CHECK(std::ranges::find(seen, "d3.test") != seen.end());
    CHECK(std::ranges::find(seen, "d1.test") == seen.end());
}

TEST_CASE("what a callback throws passes through, and the other outcomes still come", "[cares]") {
    CaresDriver driver = driver_for({});
    int seen = 0;
    driver.submit(request_for("no domain"),
                  [](const Outcome&) { throw std::runtime_error("mine"); });
    driver.submit(request_for("no domain"), [&seen](const Outcome&) { ++seen; });
    CHECK_THROWS_WITH(driver.poll(), "mine");
    CHECK(driver.in_flight() == 1);
    driver.run();
    CHECK(seen == 1);
}

TEST_CASE("a check that a callback submits before it throws is started", "[cares]") {
    CaresDriver driver = driver_for({});
    int seen = 0;
    driver.submit(request_for("no domain"), [&](const Outcome&) {
        driver.submit(request_for("ann@d.test"), [&seen](const Outcome&) { ++seen; });
        throw std::runtime_error("mine");
    });
    CHECK_THROWS_WITH(driver.poll(), "mine");
    // Otherwise run() would loop for ever.
    REQUIRE(driver.next_timeout() == std::chrono::milliseconds{0});
    driver.run();
    CHECK(seen == 1);
}

TEST_CASE("destruction calls no callback and closes what was open", "[cares]") {
    const spf::test::SilentServer server;
    const std::size_t before = spf::test::open_descriptors();
    {
        bool moved_away = false;
        CaresDriver driver = driver_for(server.server());
        driver.on_watch_change([&moved_away](const spf::SocketWatch&) { CHECK_FALSE(moved_away); });
        for (int i = 0; i < 2000; ++i) {
            driver.submit(request_for("ann@d" + std::to_string(i) + ".test"),
                          [](const Outcome&) { FAIL("was called"); });
        }
        CHECK(spf::test::open_descriptors() > before);
        CaresDriver moved = std::move(driver);
        CHECK(moved.in_flight() == 2000);
        moved_away = true;
    }
    CHECK(spf::test::open_descriptors() == before);
}

TEST_CASE("a loop of the host's own can drive it", "[cares]") {
    const ZoneResolver zone = nine_includes();
    LockstepServer server{zone};
    CaresDriver driver = driver_for(server.server());
    const int loop = ::epoll_create1(EPOLL_CLOEXEC);
    REQUIRE(loop >= 0);
    driver.on_watch_change([loop](const spf::SocketWatch& watch) {
        epoll_event event{};
        event.events = (watch.read ? EPOLLIN : 0U) | (watch.write ? EPOLLOUT : 0U);
        event.data.fd = watch.fd;
        const int operation = event.events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_ADD;
        CHECK((::epoll_ctl(loop, operation, watch.fd, &event) == 0 ||
               ::epoll_ctl(loop, EPOLL_CTL_MOD, watch.fd, &event) == 0));
    });
    Outcome outcome;
    driver.submit(request_for("ann@example.com"), into(outcome));
    std::size_t turns = 0;
    while (driver.in_flight() > 0) {
        REQUIRE(++turns < 100);
        server.answer_all();
        const auto timeout = driver.next_timeout();
        REQUIRE(timeout);
        std::array<epoll_event, 8> events{};
        const int ready = ::epoll_wait(loop, events.data(), 8, static_cast<int>(timeout->count()));
        for (int i = 0; i < ready; ++i) {
            const epoll_event& event = events.at(static_cast<std::size_t>(i));
            const bool error = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
            driver.process(event.data.fd, error || (event.events & EPOLLIN) != 0,
                           error || (event.events & EPOLLOUT) != 0);
        }
        driver.process_timeouts();
    }
    CHECK(outcome.result == Result::fail);
    CHECK(driver.watches().empty());
    CHECK_FALSE(driver.next_timeout());
    driver.process(12345, true, true);  // not the driver's: ignored
    driver.poll();                      // there is nothing to wait for: it returns
    ::close(loop);
}

TEST_CASE("10000 checks in flight end like one after the other", "[cares]") {
    if (!spf::test::Nsd::installed()) {
        std::cout << "SKIPPED: nsd is not installed\n";
        return;
    }
    std::string file =
        "$ORIGIN test.\n$TTL 300\n@ SOA ns root 1 3600 600 86400 60\n@ NS ns\n"
        "_spf.shared TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n";
    for (int i = 0; i < 10'000; ++i) {
        file += "d" + std::to_string(i) + " TXT \"v=spf1 ip4:192.0." + std::to_string(i % 4) +
                ".1 include:_spf.shared.test " + (i % 3 == 0 ? "-all\"\n" : "~all\"\n");
    }
    const spf::test::Nsd nsd{"test.", file};
    CaresOptions options;
    options.timeout = 5s;  // other programs may use this machine, too
    CaresDriver driver = driver_for(nsd.server(), options);
    std::array<std::size_t, 7> counts{};
    std::array<std::size_t, 7> expected{};
    std::size_t most = 0;
    for (int i = 0; i < 10'000; ++i) {
        const Result own = i % 3 == 0 ? Result::fail : Result::softfail;
        ++expected.at(static_cast<std::size_t>(i % 4 == 2 ? Result::pass : own));
        driver.submit(request_for("ann@d" + std::to_string(i) + ".test"),
                      [&](const Outcome& outcome) {
                          ++counts.at(static_cast<std::size_t>(outcome.result));
                          most = std::max(most, driver.outstanding());
                      });
    }
    driver.run();
    CHECK(most <= 16 * options.max_outstanding);  // late ones included
    CHECK(counts == expected);
}
