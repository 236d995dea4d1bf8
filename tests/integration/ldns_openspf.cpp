// The published suite over the wire: real questions to a real name server, one server per scenario,
// because scenarios contradict each other.

#include <chrono>
#include <iostream>
#include <string>

#include "integration/name_server.hpp"
#include "integration/sockets.hpp"
#include "spf/resolver/ldns.hpp"
#include "spf/resolver/zone_file.hpp"
#include "support/catch.hpp"
#include "support/openspf.hpp"

namespace {

using spf::test::OpenspfCase;
using spf::test::OpenspfScenario;

/// Sends questions that must not be answered to a server that does not answer.
class Wire final : public spf::dns::Resolver {
public:
    explicit Wire(const OpenspfScenario& scenario)
        : scenario_(scenario), nsd_(".", scenario.master_file()) {
        using namespace std::chrono_literals;
        spf::LdnsOptions options;
        options.servers = {nsd_.server()};
        live_ = spf::LdnsResolver{options};
        options.servers = {silent_.server()};
        options.timeout = 20ms;
        options.tries = 1;
        dead_ = spf::LdnsResolver{options};
    }

    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        const bool silent = scenario_.times_out(question.name, to_string(question.type));
        return silent ? dead_.resolve(question) : live_.resolve(question);
    }

private:
    const OpenspfScenario& scenario_;
    spf::test::Nsd nsd_;
    spf::test::SilentServer silent_;
    spf::LdnsResolver live_;
    spf::LdnsResolver dead_;
};

/// Reads the scenario back from master file data, in which silence is written as $STATUS.
spf::ZoneResolver read_back(const OpenspfScenario& scenario) {
    std::string text = scenario.master_file();
    for (const std::string& name : scenario.silent) {
        for (const char* type : {"A", "AAAA", "MX", "PTR", "TXT"}) {
            if (!scenario.times_out(name, type)) continue;
            text += "$STATUS " + name + ". " + type + " timeout\n";
        }
    }
    auto zone = spf::parse_zone(text);
    if (!zone) FAIL(zone.error().message());
    return *std::move(zone);
}

void run(const OpenspfScenario& scenario) {
    spf::ZoneResolver file = read_back(scenario);
    for (const OpenspfCase& test : scenario.cases) {
        INFO(test.name << ", from a master file");
        CHECK(openspf_complaint(test, file) == "");
    }
    if (!spf::test::Nsd::installed()) {
        std::cout << "SKIPPED: nsd is not installed\n";
        return;
    }
    Wire wire{scenario};
    std::size_t count = 0;
    for (const OpenspfCase& test : scenario.cases) {
        INFO(test.name << ", over the wire");
        CHECK(openspf_complaint(test, wire) == "");
        ++count;
    }
    CHECK(count == scenario.cases.size());
}

std::size_t register_scenarios() {
    std::size_t cases = 0;
    for (const OpenspfScenario& scenario : spf::test::openspf_suite()) {
        const std::string name = "openspf over the wire: " + scenario.description;
        spf::test::register_test(name, "[ldns][openspf]", [&] { run(scenario); });
        cases += scenario.cases.size();
    }
    return cases;
}

const std::size_t registered = register_scenarios();

}  // namespace

TEST_CASE("the scenarios over the wire hold all 203 cases of the openspf suite",
          "[ldns][openspf]") {
    if (spf::test::openspf_suite().empty()) {
        std::cout << "SKIPPED: there is no suite in " SPF_SUITES_DIR "/openspf\n";
        return;
    }
    CHECK(registered == spf::test::openspf_case_count);
}
