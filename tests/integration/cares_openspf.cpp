// The published suite with the asynchronous driver, all cases of a scenario at once, with and
// without hints: the outcomes have to be those of the blocking check_host() over the wire.

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "integration/cares_support.hpp"
#include "integration/name_server.hpp"
#include "spf/evaluation/check_host.hpp"
#include "support/catch.hpp"
#include "support/openspf.hpp"
#include "wire/transport.hpp"

namespace {

using namespace std::chrono_literals;
using spf::Outcome;
using spf::test::Message;
using spf::test::OpenspfCase;
using spf::test::OpenspfScenario;

/// Passes queries on to nsd, except those that must not be answered.
class Proxy {
public:
    explicit Proxy(const OpenspfScenario& scenario)
        : scenario_(scenario),
          nsd_(".", scenario.master_file()),
          front_([this](const Message& query, bool over_tcp) { return forward(query, over_tcp); }) {
    }

    [[nodiscard]] spf::dns::NameServer server() const { return front_.server(); }
    [[nodiscard]] spf::dns::NameServer behind() const { return nsd_.server(); }

private:
    std::vector<spf::test::Sent> forward(const Message& query, bool over_tcp) const {
        const spf::test::Asked asked = spf::test::asked_in(query);
        if (scenario_.times_out(asked.name, to_string(asked.type))) return {};
        const auto deadline = std::chrono::steady_clock::now() + 5s;
        Message reply;
        const auto delivery =
            over_tcp ? spf::ldns_adapter::exchange_tcp(nsd_.server(), query, deadline, reply)
                     : spf::ldns_adapter::exchange_udp(nsd_.server(), query, deadline, reply);
        if (delivery != spf::ldns_adapter::Delivery::replied) return {};
        return {reply};
    }

    const OpenspfScenario& scenario_;
    spf::test::Nsd nsd_;
    spf::test::ScriptedServer front_;
};

/// Asks nsd, or a server that does not answer, as the case demands.
class Blocking final : public spf::dns::Resolver {
public:
    Blocking(const OpenspfScenario& scenario, const spf::dns::NameServer& server)
        : scenario_(scenario) {
        spf::LdnsOptions options;
        options.servers = {server};
        live_ = spf::LdnsResolver{options};
    }

    spf::dns::AnswerPtr resolve(const spf::dns::Question& question) override {
        if (scenario_.times_out(question.name, to_string(question.type))) {
            return spf::dns::make_answer(spf::dns::Status::timeout);
        }
        return live_.resolve(question);
    }

private:
    const OpenspfScenario& scenario_;
    spf::LdnsResolver live_;
};

spf::Request request_of(const OpenspfCase& test) {
    spf::Request request;
    request.ip = spf::IpAddress::parse(test.ip).value_or({});
    request.mail_from = test.mail_from;
    request.helo = test.helo;
    request.time = std::chrono::sys_seconds{};
    return request;
}

/// Checks all cases at once.
std::vector<Outcome> check_all(const OpenspfScenario& scenario, const spf::dns::NameServer& server,
                               bool hints) {
    spf::CaresOptions options;
    options.timeout = 1500ms;
    options.tries = 1;
    spf::CaresDriver driver = spf::test::driver_for(server, options);
    std::vector<Outcome> outcomes(scenario.cases.size());
    spf::Options how = spf::CaresDriver::default_options();
    how.hints = hints;
    how.limits.deadline = 60s;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        driver.submit(
            request_of(scenario.cases[i]),
            [&outcomes, i](const Outcome& outcome) { outcomes[i] = outcome; }, how);
    }
    driver.run();
    return outcomes;
}

}  // namespace

TEST_CASE("the openspf suite through the driver, with hints and without, is that of check_host()",
          "[cares][openspf]") {
    if (spf::test::openspf_suite().empty() || !spf::test::Nsd::installed()) {
        std::cout << "SKIPPED: needs nsd and " SPF_SUITES_DIR "/openspf\n";
        return;
    }
    std::size_t cases = 0;
    for (const OpenspfScenario& scenario : spf::test::openspf_suite()) {
        INFO(scenario.description);
        const Proxy proxy{scenario};
        Blocking resolver{scenario, proxy.behind()};
        const std::vector<Outcome> with = check_all(scenario, proxy.server(), true);
        const std::vector<Outcome> without = check_all(scenario, proxy.server(), false);
        for (std::size_t i = 0; i < scenario.cases.size(); ++i) {
            const OpenspfCase& test = scenario.cases[i];
            INFO(test.name);
            const Outcome blocking = spf::check_host(request_of(test), resolver);
            CHECK(spf::test::difference(with[i], blocking) == "");
            CHECK(spf::test::difference(without[i], blocking) == "");
            CHECK(std::ranges::count(test.results, to_string(with[i].result)) == 1);
            ++cases;
        }
    }
    CHECK(cases == spf::test::openspf_case_count);
}
