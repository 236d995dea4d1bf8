// The blocking resolver against a misbehaving server.

#include "integration/hostile_cases.hpp"
#include "support/catch.hpp"

TEST_CASE("whatever a name server does, a blocking check ends in time and by the rules",
          "[ldns][hostile][rfc7208-4.6.4]") {
    for (const spf::test::HostileCase& hostile : spf::test::hostile_cases()) {
        INFO(hostile.name << " (" << hostile.rule << ')');
        const spf::test::HostileRun run = spf::test::run_blocking(hostile);
        CHECK(spf::test::verdict_of(run.outcome) == hostile.verdict);
        CHECK(run.took < hostile.patience.bound);
        if (hostile.ttl) CHECK(run.outcome.ttl == *hostile.ttl);
    }
}
