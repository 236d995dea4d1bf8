#include "check/facts.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "dns/ahead.hpp"
#include "dns/lint_questions.hpp"
#include "providers/ask.hpp"
#include "providers/catalogue.hpp"
#include "spf/net/special_address.hpp"

namespace spfcheck {
namespace {

constexpr double longest_wait = 3;  ///< in seconds, for the services together

/// Returns whether it matters whose the client is: the record does not list it, and it has an
/// address that a service may use. The answers are not part of the evidence of a check.
bool is_worth_asking(const spf::Outcome& outcome, const DnsOptions& options) {
    const spf::Result result = outcome.result;
    const bool is_unlisted = result == spf::Result::fail || result == spf::Result::softfail ||
                             result == spf::Result::neutral;
    return is_unlisted && outcome.is_about_mail_from() && options.zones.empty() && !options.used &&
           spf::special_range(outcome.ip) == nullptr;
}

void ask_services(Facts& out, const spf::Outcome& outcome, DnsOptions options,
                  const std::shared_ptr<spdlog::logger>& logger) {
    options.timeout = std::min(options.timeout, longest_wait);
    const Catalogue* const catalogue = built_in_catalogue();
    if (catalogue == nullptr) return;
    const std::vector<Include> includes = includes_of(*catalogue);
    std::set<std::string> known;
    std::set<const Provider*> asked;
    const std::array addresses{outcome.ip};
    const auto answered = ask(includes, addresses, options, logger,
                              [&](std::size_t include, std::size_t, const spf::Outcome& found) {
                                  if (found.result == spf::Result::temperror) return;
                                  asked.insert(includes[include].service);
                                  const Owner owner = owner_from(includes[include], found);
                                  if (!owner.term.empty()) known.insert(owner.service);
                              });
    if (!answered || !*answered) return;
    out.services.assign(known.begin(), known.end());
    out.services_asked = asked.size();
}

}  // namespace

Facts facts_about(const spf::Outcome& outcome, Reader reader, Dns& dns, const DnsOptions& options,
                  const std::shared_ptr<spdlog::logger>& logger) {
    Facts out;
    if (outcome.result == spf::Result::pass || outcome.result == spf::Result::temperror) return out;
    spf::analysis::TreeQuestions questions;
    add_lint_questions(questions, outcome.domain);
    out.lint = analyse(dns, questions, [&outcome](spf::dns::Resolver& resolver) {
        return spf::lint::lint_domain(outcome.domain, resolver);
    });
    if (reader == Reader::person && is_worth_asking(outcome, options))
        ask_services(out, outcome, options, logger);
    return out;
}

}  // namespace spfcheck
