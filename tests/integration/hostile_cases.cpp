#include "integration/hostile_cases.hpp"

#include "integration/hostile_scripts.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/ldns.hpp"

namespace spf::test {

std::vector<HostileCase> hostile_cases() {
    std::vector<HostileCase> cases;
    add_messages(cases);
    add_behaviour(cases);
    return cases;
}

std::string verdict_of(const Outcome& outcome) {
    std::string verdict{to_string(outcome.result)};
    if (outcome.result != Result::temperror || !outcome.problem) return verdict;
    verdict += ' ';
    const bool is_deadline = outcome.problem->code == Problem::Code::deadline;
    return verdict.append(is_deadline ? "deadline" : dns::to_string(outcome.problem->status));
}

Request hostile_request() {
    Request request;
    request.ip = IpAddress::v4({192, 0, 2, 1});
    request.mail_from = "ann@example.com";
    return request;
}

HostileRun run_blocking(const HostileCase& hostile) {
    const HostileServer server{hostile.script};
    LdnsOptions options;
    options.servers = {server.server()};
    options.timeout = hostile.patience.timeout;
    options.tries = hostile.patience.tries;
    LdnsResolver resolver{options};
    Options how;
    how.limits.deadline = hostile.patience.deadline;
    const auto begin = std::chrono::steady_clock::now();
    HostileRun run{check_host(hostile_request(), resolver, how)};
    run.took =
        std::chrono::round<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    return run;
}

}  // namespace spf::test
