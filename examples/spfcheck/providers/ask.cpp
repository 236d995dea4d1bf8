#include "providers/ask.hpp"

#include <memory>
#include <ostream>
#include <set>
#include <utility>

#include "dns/dns.hpp"
#include "spf/driver/cares.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/cache.hpp"

namespace spfcheck {
namespace {

spf::Options how_to_check(const DnsOptions& options) {
    spf::Options how = spf::CaresDriver::default_options();
    how.trace = true;
    how.explanation = false;
    how.limits.deadline = options.deadline();
    return how;
}

/// Returns whether DNS answered the question for the record of an include.
bool has_answer(const spf::Outcome& outcome) {
    using Code = spf::Problem::Code;
    using spf::dns::Status;
    if (!outcome.problem || outcome.dns_lookups > 0) return true;
    if (outcome.problem->code == Code::deadline) return false;
    return outcome.problem->code != Code::dns_failure ||
           (outcome.problem->status != Status::unreachable &&
            outcome.problem->status != Status::timeout);
}

/// One evaluation: the texts of the request must exist until it ends.
struct Case {
    std::size_t include = 0;
    std::size_t address = 0;
    std::string sender;

    [[nodiscard]] spf::Request request(const Include& of, spf::IpAddress ip) const {
        return {.ip = ip,
                .mail_from = sender,
                .helo = of.name,
                .identity = spf::Identity::mail_from,
                .receiver = {},
                .time = std::nullopt};
    }
};

std::vector<Case> cases_of(std::span<const Include> includes, std::size_t addresses) {
    std::vector<Case> out;
    out.reserve(includes.size() * addresses);
    for (std::size_t i = 0; i < includes.size(); ++i) {
        for (std::size_t j = 0; j < addresses; ++j) {
            out.push_back({i, j, "postmaster@" + includes[i].name});
        }
    }
    return out;
}

}  // namespace

std::vector<Include> includes_of(const Catalogue& catalogue) {
    std::vector<Include> out;
    std::set<std::string_view> known;
    for (const Provider& provider : catalogue.providers()) {
        for (const std::string_view name : provider.includes()) {
            const bool has_macro = name.find('%') != std::string_view::npos;
            if (has_macro || !known.insert(name).second) continue;
            out.push_back({&provider, std::string(name)});
        }
    }
    return out;
}

spf::Expected<bool, Failure> ask(std::span<const Include> includes,
                                 std::span<const spf::IpAddress> addresses,
                                 const DnsOptions& options,
                                 const std::shared_ptr<spdlog::logger>& logger,
                                 const TellOutcome& tell) {
    const std::vector<Case> cases = cases_of(includes, addresses.size());
    const spf::Options how = how_to_check(options);
    bool answered = cases.empty();
    const auto on_outcome = [&tell, &answered](const Case& each, const spf::Outcome& outcome) {
        answered = answered || has_answer(outcome);
        tell(each.include, each.address, outcome);
    };
    spf::AnswerCache cache;
    if (!options.zones.empty()) {
        const auto dns = open_dns(options, logger);
        if (!dns) return dns.error();
        spf::CachingResolver resolver(**dns, cache);
        for (const Case& each : cases) {
            (*dns)->begin_check();
            on_outcome(
                each, spf::check_host(each.request(includes[each.include], addresses[each.address]),
                                      resolver, how));
        }
        return answered;
    }
    spf::CaresOptions cares;
    cares.servers = options.servers();
    cares.cache = &cache;
    auto driver = spf::CaresDriver::make(cares);
    if (!driver) return Failure{exit_internal, std::string(driver.error().message())};
    for (const Case& each : cases) {
        driver->submit(
            each.request(includes[each.include], addresses[each.address]),
            [&on_outcome, &each](const spf::Outcome& outcome) { on_outcome(each, outcome); }, how);
    }
    driver->run();
    return answered;
}

int tell_unreachable(const DnsOptions& options, const std::shared_ptr<spdlog::logger>& logger,
                     std::ostream& err) {
    const auto dns = open_dns(options, logger);
    return dns ? tell_unreachable(**dns, err) : tell(dns.error(), err);
}

}  // namespace spfcheck
