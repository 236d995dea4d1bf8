// The asynchronous driver against a misbehaving server, and a comparison with the blocking
// resolver.

#include <iomanip>
#include <iostream>

#include "integration/cares_support.hpp"
#include "integration/hostile_cases.hpp"
#include "support/catch.hpp"

namespace {

using spf::test::HostileCase;
using spf::test::HostileRun;

HostileRun run_driver(const HostileCase& hostile) {
    const spf::test::HostileServer server{hostile.script};
    spf::CaresOptions options;
    options.timeout = hostile.patience.timeout;
    options.tries = hostile.patience.tries;
    spf::CaresDriver driver = spf::test::driver_for(server.server(), options);
    spf::Options how = spf::CaresDriver::default_options();
    how.limits.deadline = hostile.patience.deadline;
    HostileRun run;
    const auto begin = std::chrono::steady_clock::now();
    driver.submit(
        spf::test::hostile_request(),
        [&run](const spf::Outcome& outcome) { run.outcome = outcome; }, how);
    driver.run();
    run.took =
        std::chrono::round<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    return run;
}

}  // namespace

TEST_CASE("whatever a name server does, an asynchronous check ends in time and by the rules",
          "[cares][hostile][rfc7208-4.6.4]") {
    for (const HostileCase& hostile : spf::test::hostile_cases()) {
        INFO(hostile.name << " (" << hostile.rule << ')');
        const HostileRun run = run_driver(hostile);
        CHECK(spf::test::verdict_of(run.outcome) == hostile.verdict);
        CHECK(run.took < hostile.patience.bound);
        if (hostile.ttl) CHECK(run.outcome.ttl == *hostile.ttl);
    }
}

// Run by its name: integration "[hostile-table]"
TEST_CASE("what hostile name servers result in, as a table", "[.][hostile-table]") {
    std::cout << std::left << std::setw(40) << "server" << std::setw(20) << "result" << std::right
              << std::setw(8) << "ldns ms" << std::setw(10) << "driver ms" << '\n';
    // The servers keep state, so each run has its own.
    const auto first = spf::test::hostile_cases();
    const auto second = spf::test::hostile_cases();
    for (std::size_t i = 0; i < first.size(); ++i) {
        const HostileRun blocking = spf::test::run_blocking(first[i]);
        const HostileRun driven = run_driver(second[i]);
        const std::string verdict = spf::test::verdict_of(blocking.outcome);
        const std::string other = spf::test::verdict_of(driven.outcome);
        std::cout << std::left << std::setw(40) << first[i].name << std::setw(20) << verdict
                  << std::right << std::setw(8) << blocking.took.count() << std::setw(10)
                  << driven.took.count() << '\n';
        if (other != verdict) std::cout << "  the driver: " << other << '\n';
        CHECK(verdict == first[i].verdict);
        CHECK(other == first[i].verdict);
    }
}
