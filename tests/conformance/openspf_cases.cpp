// Each case of the suite is a separate test, in memory.

#include <iostream>
#include <string>

#include "support/catch.hpp"
#include "support/openspf.hpp"

namespace {

using spf::test::OpenspfCase;
using spf::test::OpenspfScenario;

void run(const OpenspfScenario& scenario, const OpenspfCase& test) {
    for (const bool preparse : {true, false}) {
        spf::ZoneResolver zone = scenario.zone({.preparse = preparse});
        CHECK(openspf_complaint(test, zone) == "");
    }
}

std::size_t register_cases() {
    std::size_t count = 0;
    for (const OpenspfScenario& scenario : spf::test::openspf_suite()) {
        for (const OpenspfCase& test : scenario.cases) {
            const std::string name = "openspf: " + scenario.description + ": " + test.name;
            spf::test::register_test(name, "[openspf]", [&] { run(scenario, test); });
            ++count;
        }
    }
    return count;
}

const std::size_t registered = register_cases();

}  // namespace

TEST_CASE("all 203 cases of the openspf suite are tests here", "[openspf]") {
    if (spf::test::openspf_suite().empty()) {
        std::cout << "SKIPPED: there is no suite in " SPF_SUITES_DIR "/openspf\n";
        return;
    }
    CHECK(registered == spf::test::openspf_case_count);
}
