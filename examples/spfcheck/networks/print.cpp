#include "networks/print.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/exit_status.hpp"
#include "io/language.hpp"
#include "io/terminal.hpp"
#include "networks/sentences.hpp"
#include "providers/catalogue.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using spf::Family;
using spf::NetworkSet;
using spf::Result;
using spf::analysis::NetworkMap;
using Says = NetworksSentence;

constexpr std::array<Result, 7> results{Result::none,     Result::neutral,  Result::pass,
                                        Result::fail,     Result::softfail, Result::temperror,
                                        Result::permerror};

/// Addresses that have their result for the same reason, such as a term that matches.
struct Group {
    Spoken why;
    std::vector<spf::AddressRange> ranges;
};

/// Returns a text for people that names the term by which a result was decided. The domain of the
/// term is added if it is not the domain of the map. If no term decided, the text names the domain
/// in whose record no term matches.
Spoken origin(const std::string& term, const std::string& domain, const NetworkMap& map) {
    if (term.empty()) return domain.empty() ? "" : say<Says::no_term_matches>(domain);
    if (domain == map.domain) return Spoken(with_service(spf::printable(term, 80)));
    return say<Says::term_of>(term, with_service(domain));
}

std::vector<Group> groups_of(const NetworkMap& map, Result result) {
    std::vector<Group> out;
    std::map<std::string, std::size_t> known;
    for (const spf::analysis::DecidedRange& each : map.ranges) {
        const spf::analysis::Decision& decision = map.decisions[each.decision];
        if (decision.depends_on || decision.result != result) continue;
        Spoken why = origin(decision.source, decision.source_domain, map);
        if (decision.problem) why = Spoken(spf::to_string(*decision.problem));
        const auto [entry, is_new] = known.emplace(why, out.size());
        if (is_new) out.push_back({std::move(why), {}});
        out[entry->second].ranges.push_back(each.range);
    }
    return out;
}

void print_networks(std::ostream& out, const NetworkSet& set, const std::string& why,
                    std::size_t column) {
    bool is_first = true;
    for (const spf::Network& network : set.networks()) {
        std::string line = "  " + network.to_string();
        if (is_first && !why.empty()) {
            line.resize(std::max(line.size() + 1, column), ' ');
            line += why;
        }
        is_first = false;
        out << line << '\n';
    }
}

std::size_t column_for(const std::vector<Group>& groups) {
    std::size_t widest = 0;
    for (const Group& group : groups) {
        for (const spf::Network& network : NetworkSet(group.ranges).networks()) {
            widest = std::max(widest, network.to_string().size());
        }
    }
    return std::min<std::size_t>(widest, 30) + 4;
}

/// Prints an empty line and the text; prints nothing if the text is empty.
void print_paragraph(std::ostream& out, const std::string& text, std::size_t width) {
    if (text.empty()) return;
    out << '\n';
    print_wrapped(out, text, width);
}

/// Returns the result that most addresses have. Only the other results are listed network by
/// network.
Result usual_result(const NetworkMap& map) {
    const auto size = [&map](Result result) {
        const NetworkSet set = map.with(result);
        return set.count(Family::ipv4).approximate() * 0x1p96 +
               set.count(Family::ipv6).approximate();
    };
    return *std::max_element(results.begin(), results.end(),
                             [&size](Result a, Result b) { return size(a) < size(b); });
}

bool is_lax(const spf::AddressCount& count) { return count.exact() > NetworkMap::lax_from; }

/// Returns the number of IPv4 addresses that pass because of a term of the domain's own record.
spf::AddressCount own_addresses(const NetworkMap& map) {
    spf::AddressCount out;
    for (const spf::analysis::SourceSize& each : map.sources()) {
        if (each.domain == map.domain) out += each.ip4;
    }
    return out;
}

/// Returns a sentence about which networks may send mail for the domain. If some results are not
/// known, the sentence makes no statement about the addresses that have them.
Spoken headline(const NetworkMap& map, const Missing& missing) {
    const NetworkSet pass = map.with(Result::pass);
    const std::string& domain = map.domain;
    const std::size_t count = pass.networks().size();
    if (!missing.is_complete) {
        return pass.empty() ? say<Says::nothing_known>(domain)
                            : say<Says::more_not_known>(domain, count);
    }
    if (!map.unknown().empty()) return say<Says::depends_on_message>(domain, count);
    if (missing.is_everything && missing.problem) {
        const bool is_none = missing.exit_status == exit_status_of(Result::none);
        return is_none ? say<Says::no_record>(domain) : say<Says::broken_record>(domain);
    }
    if (pass.empty()) {
        return missing.problem ? say<Says::none_and_errors>(domain) : say<Says::none>(domain);
    }
    const spf::AddressCount addresses = pass.count(Family::ipv4);
    return say<Says::some>(domain, count, addresses.to_string(), addresses.exact().value_or(0));
}

/// Returns which results are missing or what is wrong with the record, and how to fix it. Returns
/// empty if nothing is missing and nothing is wrong.
Spoken trouble(const Missing& missing) {
    const Spoken message = missing.message();
    if (message.empty()) return {};
    if (!missing.problem) return say<Says::problem>(message);
    return say<Says::problem_and_remedy>(message, spf::to_string(missing.problem->code),
                                         remedy_of(*missing.problem));
}

/// Returns the terms that authorise most IPv4 addresses, with their numbers.
Spoken largest(const std::vector<spf::analysis::SourceSize>& sources, const NetworkMap& map) {
    constexpr std::size_t most = 3;
    std::string parts;
    for (std::size_t i = 0; i < std::min(sources.size(), most); ++i) {
        if (i > 0) parts += ", ";
        parts += say<Says::part>(origin(sources[i].term, sources[i].domain, map),
                                 sources[i].ip4.to_string());
    }
    return Spoken(parts);
}

/// Returns a warning if the terms of the domain's own record authorise very many addresses, with
/// those that authorise most of them. Who includes the record of a large service can do nothing
/// about its networks, so that many addresses there are only stated. Otherwise empty.
Spoken size_of(const NetworkMap& map) {
    const spf::AddressCount authorised = map.with(Result::pass).count(Family::ipv4);
    if (!is_lax(authorised)) return {};
    std::vector<spf::analysis::SourceSize> sources = map.sources();
    const spf::AddressCount own = own_addresses(map);
    if (!is_lax(own)) return say<Says::large>(authorised.to_string(), largest(sources, map));
    std::erase_if(sources, [&map](const auto& each) { return each.domain != map.domain; });
    return say<Says::lax>(own.to_string(), largest(sources, map));
}

/// Returns a line with the maximum number of lookups in the check of one address, and with the
/// limits on this number (4.6.4).
Spoken lookups(const NetworkMap& map, const Missing& missing) {
    const spf::Limits limits;
    return missing.is_complete ? say<Says::lookups_up_to>(map.dns_lookups, limits.dns_lookups,
                                                          map.void_lookups, limits.void_lookups)
                               : say<Says::lookups_at_least>(map.dns_lookups, limits.dns_lookups,
                                                             map.void_lookups, limits.void_lookups);
}

/// Returns the name of the service whose record has a term or, for a term in the domain's own
/// record, of the service that the term names; null if none is known.
Json service_or_null(const spf::analysis::SourceSize& source, const std::string& domain) {
    const Provider* const service =
        source.domain == domain ? service_of_term(source.term) : service_of(source.domain);
    return service != nullptr ? Json(service->name) : Json();
}

}  // namespace

Json to_json(const NetworkSet& set) {
    Json json = Json::array();
    for (const spf::Network& network : set.networks()) json.push_back(network.to_string());
    return json;
}

Json to_json(const NetworkMap& map, const Missing& missing) {
    Json json;
    json["domain"] = map.domain;
    for (const Result result : results) {
        json[std::string(spf::to_string(result))] = to_json(map.with(result));
    }
    json["unknown"] = to_json(map.unknown());
    json["not_enumerable"] = Json::array();
    json["not_enumerable_domains"] = Json::array();
    for (const spf::NotEnumerable& each : map.not_enumerable) {
        json["not_enumerable"].push_back(each.term);
        json["not_enumerable_domains"].push_back(each.domain);
    }
    json["dns_lookups"] = map.dns_lookups;
    json["void_lookups"] = map.void_lookups;
    json["ttl"] = map.ttl.count();
    json["complete"] = missing.is_complete;
    json["too_large"] = missing.is_too_large;
    json["problem"] = problem_or_null(missing.problem);
    const spf::AddressCount authorised = map.with(Result::pass).count(Family::ipv4);
    json["authorised_ip4"] = authorised.exact().value_or(0);
    const spf::AddressCount own = own_addresses(map);
    json["own_ip4"] = own.exact().value_or(0);
    json["lax"] = is_lax(own);
    json["sources"] = Json::array();
    for (const spf::analysis::SourceSize& source : map.sources()) {
        Json item;
        item["term"] = source.term;
        item["domain"] = source.domain;
        item["service"] = service_or_null(source, map.domain);
        item["ip4"] = source.ip4.exact().value_or(0);
        json["sources"].push_back(std::move(item));
    }
    return json;
}

void print(std::ostream& out, const NetworkMap& map, const Missing& missing, std::size_t width) {
    print_wrapped(out, headline(map, missing), width);
    print_paragraph(out, trouble(missing), width);
    const NetworkSet unknown = map.unknown();
    const bool has_usual = unknown.empty();
    const Result usual = has_usual ? usual_result(map) : Result::none;
    for (const Result result : {Result::pass, Result::neutral, Result::softfail, Result::fail,
                                Result::none, Result::temperror, Result::permerror}) {
        const std::vector<Group> groups = groups_of(map, result);
        if (groups.empty() || (has_usual && result == usual)) continue;
        out << '\n' << spf::to_string(result) << ":\n";
        const std::size_t column = column_for(groups);
        for (const Group& group : groups) {
            print_networks(out, NetworkSet(group.ranges), group.why, column);
        }
    }
    if (!unknown.empty()) {
        print_paragraph(out, say<Says::unknown>(), width);
        for (const spf::NotEnumerable& each : map.not_enumerable) {
            out << "  " << origin(each.term, each.domain, map) << '\n';
        }
    }
    const std::vector<Group> rest = has_usual ? groups_of(map, usual) : std::vector<Group>{};
    if (!rest.empty()) {
        const std::string_view result = spf::to_string(usual);
        const Spoken& why = rest.front().why;
        print_paragraph(
            out,
            why.empty() ? say<Says::all_others>(result) : say<Says::all_others_by>(result, why),
            width);
    }
    print_paragraph(out, size_of(map), width);
    print_paragraph(out, lookups(map, missing), width);
}

}  // namespace spfcheck
