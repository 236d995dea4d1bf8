#include "networks/print.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/exit_status.hpp"
#include "io/terminal.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using spf::Family;
using spf::NetworkSet;
using spf::Result;
using spf::analysis::NetworkMap;

constexpr std::array<Result, 7> results{Result::none,     Result::neutral,  Result::pass,
                                        Result::fail,     Result::softfail, Result::temperror,
                                        Result::permerror};

/// "1 address", "256 addresses".
std::string counted(const spf::AddressCount& count) {
    const std::string number = count.to_string();
    return number + (number == "1" ? " address" : " addresses");
}

std::string counted(std::size_t count, std::string_view one) {
    return std::to_string(count) + ' ' + std::string(one) + (count == 1 ? "" : "s");
}

/// The addresses that a term decides about.
struct Group {
    std::string why;
    std::vector<spf::AddressRange> ranges;
};

/// `term` or `term of domain`, for people.
std::string origin(const std::string& term, const std::string& domain, const NetworkMap& map) {
    if (term.empty()) {
        return domain.empty() ? "" : "no term of " + spf::printable(domain, 80) + " matches";
    }
    std::string out = spf::printable(term, 80);
    if (domain != map.domain) out += " of " + spf::printable(domain, 80);
    return out;
}

std::vector<Group> groups_of(const NetworkMap& map, Result result) {
    std::vector<Group> out;
    std::map<std::string, std::size_t> known;
    for (const spf::analysis::DecidedRange& each : map.ranges) {
        const spf::analysis::Decision& decision = map.decisions[each.decision];
        if (decision.depends_on || decision.result != result) continue;
        std::string why = origin(decision.source, decision.source_domain, map);
        if (decision.problem) why = spf::to_string(*decision.problem);
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

/// Prints a text after an empty line; nothing if the text is empty.
void print_paragraph(std::ostream& out, const std::string& text, std::size_t width) {
    if (text.empty()) return;
    out << '\n';
    print_wrapped(out, text, width);
}

/// The result that most addresses have; the others are listed network by network.
Result usual_result(const NetworkMap& map) {
    const auto size = [&map](Result result) {
        const NetworkSet set = map.with(result);
        return set.count(Family::ipv4).approximate() * 0x1p96 +
               set.count(Family::ipv6).approximate();
    };
    return *std::max_element(results.begin(), results.end(),
                             [&size](Result a, Result b) { return size(a) < size(b); });
}

/// Returns what is known about who may send. Nothing is concluded from unknown results.
std::string headline(const NetworkMap& map, const Missing& missing) {
    const NetworkSet pass = map.with(Result::pass);
    const std::string domain = spf::printable(map.domain, 80);
    const std::string count = counted(pass.networks().size(), "network");
    if (!missing.is_complete && pass.empty())
        return domain + ": it is not known who may send its mail";
    if (!missing.is_complete)
        return domain + ": " + count + " may send its mail; more is not known";
    if (!map.unknown().empty()) {
        return domain + ": " + count +
               " may send its mail for sure; for others it hangs on the message";
    }
    if (missing.is_everything && missing.problem) {
        const bool is_none = missing.exit_status == exit_status_of(Result::none);
        return domain + (is_none
                             ? ": there is no SPF record, so that nothing is said about its mail"
                             : ": the SPF record cannot be evaluated (permerror)");
    }
    if (pass.empty() && missing.problem)
        return domain + ": no network passes, and some get an error";
    if (pass.empty()) return domain + ": no address may send its mail";
    return domain + ": " + count + " may send its mail (" + counted(pass.count(Family::ipv4)) +
           " of IPv4)";
}

/// Returns what is missing or wrong, and how to fix it.
std::string trouble(const Missing& missing) {
    std::string out = missing.message();
    if (out.empty()) return out;
    if (missing.problem) ((out += " (") += spf::to_string(missing.problem->code)) += ')';
    out += '.';
    if (missing.problem) (out += " What to do: ") += missing.problem->remedy() + '.';
    out.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(out.front())));
    return out;
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
    json["lax"] = authorised.exact() > NetworkMap::lax_from;
    json["sources"] = Json::array();
    for (const spf::analysis::SourceSize& source : map.sources()) {
        Json item;
        item["term"] = source.term;
        item["domain"] = source.domain;
        item["ip4"] = source.ip4.exact().value_or(0);
        json["sources"].push_back(std::move(item));
    }
    return json;
}

void print(std::ostream& out, const NetworkMap& map, const Missing& missing, std::size_t width) {
    out << headline(map, missing) << '\n';
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
        out << "\nunknown (all other addresses), as it depends on more than the network:\n";
        for (const spf::NotEnumerable& each : map.not_enumerable) {
            out << "  what reaches " << origin(each.term, each.domain, map) << '\n';
        }
    }
    const std::vector<Group> rest = has_usual ? groups_of(map, usual) : std::vector<Group>{};
    if (!rest.empty()) {
        std::string text = "All other addresses: " + std::string(spf::to_string(usual));
        if (!rest.front().why.empty()) text += " (" + rest.front().why + ')';
        print_paragraph(out, text, width);
    }

    const spf::AddressCount authorised = map.with(Result::pass).count(Family::ipv4);
    if (authorised.exact() > NetworkMap::lax_from) {
        const std::vector<spf::analysis::SourceSize> sources = map.sources();
        std::string text = "This lets " + counted(authorised) +
                           " of IPv4 send in the domain's name, which keeps hardly anybody out; ";
        const std::size_t shown = std::min<std::size_t>(sources.size(), 3);
        for (std::size_t i = 0; i < shown; ++i) {
            text += (i == 0 ? "the largest: " : ", ") +
                    origin(sources[i].term, sources[i].domain, map) + " (" +
                    sources[i].ip4.to_string() + ')';
        }
        print_paragraph(out, text, width);
    }
    const std::string up_to = missing.is_complete ? "up to " : "at least ";
    print_paragraph(out,
                    "An address needs " + up_to + counted(map.dns_lookups, "term") +
                        " with DNS lookups (10 are allowed), and " + up_to +
                        std::to_string(map.void_lookups) + " of them find nothing (2 are allowed).",
                    width);
}

}  // namespace spfcheck
