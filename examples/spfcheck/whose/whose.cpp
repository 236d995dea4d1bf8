#include "whose/whose.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <utility>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "options/providers.hpp"
#include "providers/ask.hpp"
#include "whose/report.hpp"
#include "whose/sentences.hpp"

namespace spfcheck {
namespace {

constexpr int exit_unknown = 1;

Spoken address_problem(const std::string& text) {
    const auto address = spf::IpAddress::parse(text);
    return address ? "" : say<WhoseSentence::bad_address>(text, message_of(address.error()));
}

/// Returns the names of the services that have no include which can be asked. A service whose
/// customers need nothing in their record is not in the list, unless it has names in DNS.
std::vector<std::string> services_not_asked(const Catalogue& catalogue,
                                            const std::vector<Include>& includes) {
    std::set<const Provider*> asked;
    for (const Include& each : includes) asked.insert(each.service);
    std::vector<std::string> out;
    for (const Provider& each : catalogue.providers()) {
        const bool has_names = !each.also.empty() || each.advice == "ask_provider";
        if (has_names && !asked.contains(&each) && each.includes().empty()) {
            out.push_back(each.name);
        }
    }
    return out;
}

/// Sorts the owners of each address by the order of the includes, and keeps one for each service.
void put_in_order(std::vector<std::pair<std::size_t, Owner>>& found, Ownership& into) {
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::set<std::string> known;
    for (auto& [index, owner] : found) {
        if (known.insert(owner.service).second) into.owners.push_back(std::move(owner));
    }
}

}  // namespace

void setup(CLI::App& app, WhoseOptions& options) {
    app.add_option("IP", options.addresses, "the addresses of servers that send mail")
        ->required()
        ->type_name("")
        ->check(CLI::Validator(address_problem, ""));
    setup_providers(app, options.providers);
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Examples:
  spfcheck whose 192.0.2.10
  spfcheck whose 192.0.2.10 2001:db8::25 --json
  spfcheck whose 198.51.100.7 --nameserver 192.0.2.53

Exit status:
  0 each address belongs to a known service, 1 some belong to none, 64 wrong
  usage, 65 unreadable file, 69 no name server, 70 internal error)");
}

int run(const WhoseOptions& options, std::ostream& out, std::ostream& err) {
    const auto catalogue = Catalogue::load(options.providers);
    if (!catalogue) return tell(catalogue.error(), err);
    std::vector<spf::IpAddress> addresses;
    for (const std::string& text : options.addresses) {
        // Other texts were refused when the command line was parsed.
        if (const auto address = spf::IpAddress::parse(text)) addresses.push_back(*address);
    }
    const std::vector<Include> includes = includes_of(*catalogue);
    const auto logger = make_logger(options.output.verbosity, err);
    std::vector<std::vector<std::pair<std::size_t, Owner>>> found(addresses.size());
    std::set<std::size_t> unanswered;
    const auto answered =
        ask(includes, addresses, options.dns, logger,
            [&](std::size_t include, std::size_t address, const spf::Outcome& outcome) {
                if (outcome.result == spf::Result::temperror) unanswered.insert(include);
                Owner owner = owner_from(includes[include], outcome);
                if (!owner.term.empty()) found[address].emplace_back(include, std::move(owner));
            });
    if (!answered) return tell(answered.error(), err);

    WhoseReport report;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        put_in_order(found[i], report.addresses.emplace_back(Ownership{addresses[i], {}}));
    }
    std::set<const Provider*> services;
    for (std::size_t i = 0; i < includes.size(); ++i) {
        if (!unanswered.contains(i)) services.insert(includes[i].service);
    }
    report.services = services.size();
    for (const std::size_t each : unanswered) report.unanswered.push_back(includes[each].name);
    report.not_asked = services_not_asked(*catalogue, includes);
    if (options.output.json) {
        write(out, to_json(report));
    } else if (*answered) {
        print(out, report, style_of_output(options.output.colour).width);
    }
    if (!*answered) return tell_unreachable(options.dns, logger, err);
    return report.all_known() ? exit_ok : exit_unknown;
}

}  // namespace spfcheck
