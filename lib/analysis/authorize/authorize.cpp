// First what is: the domain's map, and what of each relay passes in it. Then what is missing becomes
// terms, and the record with these terms is tried at up to three places: where new terms belong, in front of
// the term that decides about the relay today, and in front of all. The first that can be proved is the
// proposal (analysis/authorize/proof.cpp); where none can, ways around the limits are tried.

#include "spf/analysis/authorize.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "analysis/authorize/proof.hpp"
#include "analysis/authorize/relay.hpp"
#include "base/code_table.hpp"
#include "spf/base/printable.hpp"
#include "spf/dns/name.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/select.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

using Code = AuthorizeError::Code;
using Kind = Proposal::Kind;
using Status = RelayCoverage::Status;

struct Entry {
    Code code;
    std::string_view name;
};

constexpr std::array<Entry, AuthorizeError::code_count> entries{{
    {Code::malformed_domain, "malformed_domain"},
    {Code::dns_failure, "dns_failure"},
    {Code::too_large, "too_large"},
    {Code::trial_too_large, "trial_too_large"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

/// Visits the decisions that hold for some address of `set`, in the order of addresses.
template <class Visitor>
void for_each_decision(const NetworkMap& map, const NetworkSet& set, Visitor&& visit) {
    for (const DecidedRange& each : map.ranges) {
        const NetworkSet range({each.range});
        if (!set_intersection(range, set).empty()) visit(map.decisions[each.decision]);
    }
}

void add_name(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

/// The terms that let addresses send, in the order of these.
std::vector<std::string> terms_behind(const NetworkMap& map, const NetworkSet& passed) {
    std::vector<std::string> out;
    for_each_decision(map, passed, [&](const Decision& decision) {
        add_name(out, decision.hangs_on ? map.not_enumerable[*decision.hangs_on].term
                                        : decision.mechanism);
    });
    return out;
}

void cover(RelayCoverage& relay, const NetworkMap& map, dns::Resolver& resolver) {
    if (relay.networks.empty()) return;
    const NetworkSet passed = passing(map, relay.networks, resolver);
    relay.missing = set_difference(relay.networks, passed);
    relay.status = relay.missing.empty() ? Status::whole
                   : passed.empty()      ? Status::none
                                         : Status::part;
    relay.by = terms_behind(map, passed);
}

/// What a relay lacks that no term of the record has. `meant` is the map without limits.
struct Lack {
    const RelayCoverage& relay;
    NetworkSet networks;
};

std::vector<Lack> lacks_of(std::vector<RelayCoverage>& relays, const NetworkMap& meant) {
    std::vector<Lack> out;
    for (RelayCoverage& each : relays) {
        if (each.status == Status::whole) continue;
        const NetworkSet listed = set_intersection(meant.with(Result::pass), each.missing);
        each.listed_by = terms_behind(meant, listed);
        out.push_back({each, set_difference(each.missing, listed)});
    }
    return out;
}

/// The terms that say what is lacking, in the order of the relays; networks first, merged.
std::vector<std::string> terms_for(std::span<const Lack> lacks, const AuthorizeOptions& options) {
    std::vector<AddressRange> ranges;
    std::vector<std::string> names;
    for (const Lack& each : lacks) {
        if (each.networks.empty()) continue;
        const Relay& relay = each.relay.relay;
        if (relay.kind == Relay::Kind::include) {
            add_name(names, "include:" + relay.name);
            continue;
        }
        if (relay.kind == Relay::Kind::host && options.hosts_by_name) {
            add_name(names, "a:" + relay.name);
            continue;
        }
        const bool one = relay.kind == Relay::Kind::network;
        for (const AddressRange& range : (one ? each.relay.networks : each.networks).ranges()) {
            ranges.push_back(range);
        }
    }
    std::vector<std::string> out = network_terms(NetworkSet(std::move(ranges)));
    out.insert(out.end(), names.begin(), names.end());
    return out;
}

/// The same for a record of its own, which lists nothing yet.
std::vector<std::string> all_terms_for(const std::vector<RelayCoverage>& relays,
                                       const AuthorizeOptions& options) {
    std::vector<Lack> lacks;
    for (const RelayCoverage& each : relays) {
        if (each.status != Status::whole) lacks.push_back({each, each.networks});
    }
    return terms_for(lacks, options);
}

/// In front of the first own term that decides about a missing address; absent: it is not an own term.
std::optional<std::size_t> place_before_decision(const Record& record, const NetworkMap& map,
                                                 const NetworkSet& missing) {
    std::optional<std::size_t> out;
    for_each_decision(map, missing, [&](const Decision& decision) {
        for (const Directive& directive : record.directives) {
            const bool decides =
                decision.mechanism_domain == map.domain && directive.text == decision.mechanism;
            const std::size_t place = record.offset_of(directive.text);
            if (decides) out = std::min(out.value_or(place), place);
        }
    });
    return out;
}

/// Why there is no single record to change, and what to do; empty where there is one.
std::string trouble_with(const SelectedRecord& selected, const std::string& domain) {
    if (const auto* several = std::get_if<SeveralRecords>(&selected)) {
        return domain + " has " + std::to_string(several->count) +
               " SPF records, which receivers take for none that works (permerror): merge them "
               "into one first";
    }
    if (const auto* broken = std::get_if<BrokenRecord>(&selected)) {
        return "the SPF record of " + domain + " is broken at octet " +
               std::to_string(broken->error.offset) + ": " + std::string(broken->error.message()) +
               "; mend that first";
    }
    return {};
}

/// Why relays cannot be added, whatever the record; empty where there is no such reason.
std::string trouble_with(const std::vector<RelayCoverage>& relays) {
    for (const RelayCoverage& each : relays) {
        if (!each.problem) continue;
        const bool is_named = each.problem->code == RelayProblem::Code::host_bits;  // by its text
        return (is_named ? "" : each.relay.text + ": ") + each.problem->message();
    }
    return {};
}

/// An error that some address meets today and that no term more can mend.
std::string standing_error(const NetworkMap& map, const NetworkSet& missing,
                           dns::Resolver& resolver) {
    for (const DecidedRange& each : map.ranges) {
        const Decision& decision = map.decisions[each.decision];
        if (!decision.problem || decision.result != Result::permerror ||
            is_limit(*decision.problem)) {
            continue;
        }
        if (set_intersection(NetworkSet({each.range}), missing).empty()) continue;
        const std::string sender = "postmaster@" + map.domain;
        const Outcome outcome =
            check_host({.ip = each.range.first, .mail_from = sender, .helo = map.domain}, resolver,
                       {.limits = {}, .explanation = false});
        if (!outcome.problem) continue;
        return outcome.problem->message() +
               "; mend that first: " + std::string(outcome.problem->remedy());
    }
    return {};
}

NetworkSet missing_of(const std::vector<RelayCoverage>& relays) {
    NetworkSet out;
    for (const RelayCoverage& each : relays) out = set_union(out, each.missing);
    return out;
}

/// Which limit a record exceeds, and by how much.
std::string excess_of(const NetworkMap& meant, const Limits& limits) {
    const auto more = [](unsigned count, unsigned limit, std::string_view of) {
        return "needs " + std::to_string(count) + ' ' + std::string(of) + " where " +
               std::to_string(limit) + " are allowed (RFC 7208, 4.6.4)";
    };
    if (meant.dns_lookups > limits.dns_lookups) {
        return more(meant.dns_lookups, limits.dns_lookups, "terms with look-ups");
    }
    if (meant.void_lookups > limits.void_lookups) {
        return more(meant.void_lookups, limits.void_lookups, "terms that find nothing");
    }
    return "exceeds a limit of RFC 7208, 4.6.4";
}

/// Why the record with the terms is not proposed.
std::string why_not(const Authorization& out, const NetworkMap& meant, bool breaks,
                    std::span<const std::string> terms, const Limits& limits) {
    const std::string end = out.alternatives.empty() ? "; remove terms that are not needed any more"
                                                     : "; these ways do";
    if (breaks && terms.empty()) {
        return "what is missing is listed already, but the record " + excess_of(meant, limits) +
               ", so that receivers answer permerror; to list it once more would not help, only "
               "to keep to the limit" +
               end;
    }
    return (breaks ? "the record " + excess_of(meant, limits) + " as it is; " : std::string()) +
           "no record with these terms added does it within the limits of RFC 7208, section 4.6.4 "
           "(10 terms with look-ups, 2 of which may find nothing)" +
           end;
}

using Failure = std::optional<AuthorizeError>;

/// What keeps it from being known whether there is a way.
Failure failure_of(const std::string& domain, const Doubts& doubts) {
    if (doubts.failure) return AuthorizeError{Code::dns_failure, domain, {}, doubts.failure};
    if (!doubts.too_large) return std::nullopt;
    return AuthorizeError{Code::trial_too_large, domain};
}

/// Tries the record with the terms; fills in the proposal, or the alternatives and the problem.
Failure propose(Authorization& out, const Situation& situation, const Record& record,
                const AuthorizeOptions& options) {
    const NetworkMap& before = situation.reference;
    const Limits& limits = situation.options.limits;
    const bool breaks = breaks_limits(before, limits);
    const NetworkMap meant =
        breaks ? map_networks(out.domain, situation.resolver, without_limits(situation.options))
               : before;
    if (!is_known(meant, situation.doubts)) {
        return failure_of(out.domain, situation.doubts);
    }
    const std::vector<Lack> lacks = lacks_of(out.relays, meant);
    const std::vector<std::string> terms = terms_for(lacks, options);
    std::vector<std::size_t> places;
    if (!terms.empty()) places.push_back(place_for_terms(record));
    if (!breaks) {  // in front of terms too many, one more would pass, and hide that they are
        const auto decision = place_before_decision(record, before, missing_of(out.relays));
        if (decision) places.push_back(*decision);
        places.push_back(place_in_front(record));
    }
    for (const std::size_t place : places) {
        out.proposal = prove(situation, Kind::add_terms, with_terms(record, place, terms));
        if (out.proposal) return std::nullopt;
    }
    out.alternatives = alternatives({situation.domain, situation.resolver, situation.options, meant,
                                     situation.wanted, situation.doubts},
                                    record, terms, all_terms_for(out.relays, options));
    if (out.alternatives.empty()) {
        if (auto failure = failure_of(out.domain, situation.doubts)) return failure;
    }
    out.problem = why_not(out, meant, breaks, terms, limits);
    return std::nullopt;
}

Failure propose_first(Authorization& out, const AuthorizeOptions& options, dns::Resolver& resolver,
                      const NetworkSet& wanted) {
    if (!options.from_scratch) {
        out.problem =
            out.domain +
            " has no SPF record; a first one has to list all servers that send for it, so "
            "it is proposed only where asked for";
        return std::nullopt;
    }
    const std::vector<std::string> terms = all_terms_for(out.relays, options);
    Doubts doubts;
    RecordOverlay nobody(out.domain, "v=spf1 ~all", resolver);
    const NetworkMap reference = map_networks(out.domain, nobody, options.networks);
    const Expected<Record> empty = parse_record("v=spf1 ~all");
    out.proposal = prove({out.domain, resolver, options.networks, reference, wanted, doubts},
                         Kind::first_record, with_terms(*empty, place_for_terms(*empty), terms));
    if (out.proposal) return std::nullopt;
    if (auto failure = failure_of(out.domain, doubts)) return failure;
    out.problem = "a first record with these relays would break a limit";
    return std::nullopt;
}

/// No other record can stand beside an alias, and what is added at its target is not the domain's alone.
std::string trouble_with_alias(const Authorization& out) {
    return out.domain + " is an alias (CNAME) of " + out.alias_of +
           ", beside which no TXT record can stand (RFC 1034, 3.6.2; RFC 2181, 10.1): have the "
           "relay "
           "listed in the record of " +
           out.alias_of +
           ", if its owner agrees, or put the records that are needed in the place of the alias";
}

}  // namespace

std::string AuthorizeError::message() const {
    const std::string name = printable(domain);
    switch (code) {
        case Code::malformed_domain:
            return syntax ? std::string(syntax->message()) : name + " is no domain name";
        case Code::dns_failure:
            return problem ? problem->message() + "; nothing can be proved until it works"
                           : "the TXT records of " + name +
                                 " cannot be looked up: " + std::string(dns::to_string(status));
        case Code::too_large:
            return "the record of " + name + " is too large to be evaluated for all addresses";
        case Code::trial_too_large: break;
    }
    return "the record of " + name +
           ", or one that was tried in its place, is too large to be evaluated for all addresses";
}

std::string_view to_string(AuthorizeError::Code code) noexcept {
    return entries[static_cast<std::size_t>(code)].name;
}

bool Authorization::is_whole() const noexcept {
    return std::all_of(relays.begin(), relays.end(),
                       [](const RelayCoverage& each) { return each.status == Status::whole; });
}

Expected<Authorization, AuthorizeError> authorize(std::string_view domain,
                                                  std::span<const Relay> relays,
                                                  dns::Resolver& resolver,
                                                  const AuthorizeOptions& given) {
    if (const auto problem = dns::check_host_domain_problem(domain)) {
        return AuthorizeError{Code::malformed_domain, std::string(domain), *problem};
    }
    const Expected<std::string> name = dns::canonical_name(domain);
    if (!name) return AuthorizeError{Code::malformed_domain, std::string(domain), name.error()};

    // What is tried, all of it together, is a few maps' worth of work.
    constexpr std::size_t maps = 5;
    WorkBudget budget(given.networks.max_work * maps);
    AuthorizeOptions options = given;
    if (options.networks.budget == nullptr) options.networks.budget = &budget;

    Authorization out;
    out.domain = *name;
    const dns::AnswerPtr answer = resolver.resolve({out.domain, dns::RecordType::txt});
    if (answer->is_failure()) {
        return AuthorizeError{Code::dns_failure, out.domain, {}, {}, answer->status};
    }
    out.alias_of = answer->canonical_name;
    const SelectedRecord selected = select_record(answer->texts);
    Doubts doubts;
    const NetworkMap before = map_networks(out.domain, resolver, options.networks);
    if (before.is_too_large) return AuthorizeError{Code::too_large, out.domain};
    NetworkSet wanted;
    for (const Relay& relay : relays) {
        out.relays.push_back(find_relay(relay, resolver, options));
        cover(out.relays.back(), before, resolver);
        if (out.relays.back().status == Status::whole) out.relays.back().problem.reset();
        wanted = set_union(wanted, out.relays.back().networks);
    }
    const Record* record = std::get_if<Record>(&selected);
    if (record != nullptr) out.record = to_string(*record);
    if (out.is_whole()) return out;
    if (!is_known(before, doubts)) return *failure_of(out.domain, doubts);

    out.problem =
        out.alias_of.empty() ? trouble_with(selected, out.domain) : trouble_with_alias(out);
    if (out.problem.empty()) out.problem = trouble_with(out.relays);
    if (out.problem.empty() && is_too_wide(wanted)) {
        out.problem = "these relays are so many addresses that the record would keep nobody out";
    }
    if (out.problem.empty() && record != nullptr) {
        out.problem = standing_error(before, missing_of(out.relays), resolver);
    }
    if (!out.problem.empty()) return out;
    Failure failure =
        record == nullptr
            ? propose_first(out, options, resolver, wanted)
            : propose(out, {out.domain, resolver, options.networks, before, wanted, doubts},
                      *record, options);
    if (failure) return *std::move(failure);
    return out;
}

}  // namespace spf::analysis
