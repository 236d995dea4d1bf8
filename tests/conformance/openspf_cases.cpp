// Each case of the suite is a test of its own, in memory.

#include <iostream>
#include <string>

#include <catch2/catch.hpp>

#include "conformance/openspf.hpp"

namespace {

using spf::test::OpenspfCase;
using spf::test::OpenspfScenario;

/// Runs one case. Catch2 owns it.
class Invoker final : public Catch::ITestInvoker {
public:
    Invoker(const OpenspfScenario& scenario, const OpenspfCase& test)
        : scenario_(scenario), test_(test) {}

    void invoke() const override {
        for (const bool preparse : {true, false}) {
            spf::ZoneResolver zone = scenario_.zone({.preparse = preparse});
            CHECK(openspf_complaint(test_, zone) == "");
        }
    }

private:
    const OpenspfScenario& scenario_;
    const OpenspfCase& test_;
};

/// TEST_CASE() wants its names at compile time; this does the same for names from the file.
std::size_t register_cases() {
    std::size_t count = 0;
    for (const OpenspfScenario& scenario : spf::test::openspf_suite()) {
        for (const OpenspfCase& test : scenario.cases) {
            const std::string name = "openspf: " + scenario.description + ": " + test.name;
            const Catch::AutoReg registration{new Invoker{scenario, test}, CATCH_INTERNAL_LINEINFO,
                                              Catch::StringRef{},
                                              Catch::NameAndTags{name, "[openspf]"}};
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
