#include "providers/ask.hpp"

#include <memory>
#include <ostream>
#include <set>
#include <utility>

#include "dns/ahead.hpp"
#include "dns/dns.hpp"
#include "spf/evaluation/check_host.hpp"

namespace spfcheck {
namespace {

spf::Options how_to_check(const DnsOptions& options) {
    spf::Options how;
    how.trace = true;
    how.explanation = false;
    how.limits.deadline = options.deadline();
    return how;
}

/// Returns a term without its qualifier (RFC 7208, 4.6.2).
std::string_view without_qualifier(std::string_view term) {
    return term.starts_with('+') ? term.substr(1) : term;
}

/// Returns whether DNS answered the question for the record of an include.
bool has_answer(const spf::Outcome& outcome) {
    return !outcome.problem || outcome.dns_lookups > 0 || !is_silence(*outcome.problem);
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
    const auto dns = open_dns(options, logger);
    if (!dns) return dns.error();
    (*dns)->begin_check();
    const std::vector<Case> cases = cases_of(includes, addresses.size());
    const spf::Options how = how_to_check(options);
    // The includes are those of the catalogue, of which there are more than a domain may have.
    spf::analysis::TreeQuestions questions({.most_records = 10'000, .most_names = 50'000});
    for (const Include& each : includes) questions.add_domain(each.name);
    const auto outcomes = analyse(**dns, questions, [&](spf::dns::Resolver& resolver) {
        std::vector<spf::Outcome> out;
        out.reserve(cases.size());
        for (const Case& each : cases) {
            out.push_back(spf::check_host(
                each.request(includes[each.include], addresses[each.address]), resolver, how));
        }
        return out;
    });
    bool answered = cases.empty();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        answered = answered || has_answer(outcomes[i]);
        tell(cases[i].include, cases[i].address, outcomes[i]);
    }
    return answered;
}

Owner owner_from(const Include& include, const spf::Outcome& outcome) {
    Owner owner{include.service->name, include.name, {}, {}};
    if (outcome.result != spf::Result::pass) return owner;
    // Evaluation ends at a match, so the last directive that matched is the innermost. Its record
    // is that of the last check_host() before it.
    std::string_view record_of;
    for (const spf::Step& step : outcome.trace) {
        if (step.kind == spf::Step::Kind::check_host) record_of = step.domain;
        const bool matched =
            step.kind == spf::Step::Kind::directive && step.match == spf::Step::Match::match;
        if (!matched) continue;
        owner.term = without_qualifier(step.text);
        owner.domain = record_of;
    }
    const bool allows_all = owner.term == "all" || owner.term == "ALL";
    if (allows_all) owner.term.clear();
    return owner;
}

int tell_unreachable(const DnsOptions& options, const std::shared_ptr<spdlog::logger>& logger,
                     std::ostream& err) {
    const auto dns = open_dns(options, logger);
    return dns ? tell_unreachable(**dns, err) : tell(dns.error(), err);
}

}  // namespace spfcheck
