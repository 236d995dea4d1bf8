// A relay is a host or network that sends mail for the domain and has to pass. First,
// map_networks() determines the result of every address, which shows which addresses of each relay
// pass. Then terms are made for the addresses that do not pass. They are tried at up to three
// places in the record: at the place for new terms (edit.hpp), before the term that now decides
// about the relay, and before all terms. The first record that can be proved is the proposal
// (proof.cpp). If none can be proved, ways around the limits are tried (alternatives.cpp).

#include "spf/analysis/authorize.hpp"

#include <algorithm>
#include <utility>

#include "analysis/authorize/proof.hpp"
#include "analysis/authorize/relay.hpp"
#include "spf/dns/name.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/select.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

using Trouble = std::optional<ProposalProblem>;
using Why = ProposalProblem::Code;
using Code = AuthorizeError::Code;
using Kind = Proposal::Kind;
using Status = RelayCoverage::Status;

/// Calls `visit` with the decision of each range of the map that has an address in `set`, in the
/// order of addresses.
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

/// Returns the terms because of which the addresses in `passed` pass, in the order of addresses.
std::vector<std::string> terms_behind(const NetworkMap& map, const NetworkSet& passed) {
    std::vector<std::string> out;
    for_each_decision(map, passed, [&](const Decision& decision) {
        add_name(out, decision.depends_on ? map.not_enumerable[*decision.depends_on].term
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

/// A relay, and the part of its networks that no term of the record lists.
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

/// Returns the terms to add for the relays: first `ip4` and `ip6` terms for all networks that no
/// term of the record lists, merged, and then terms with the names of relays, in the order of the
/// relays.
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

/// Returns the terms for all networks of the relays that do not pass completely. A record that
/// lists none of these networks yet needs all of these terms.
std::vector<std::string> all_terms_for(const std::vector<RelayCoverage>& relays,
                                       const AuthorizeOptions& options) {
    std::vector<Lack> lacks;
    for (const RelayCoverage& each : relays) {
        if (each.status != Status::whole) lacks.push_back({each, each.networks});
    }
    return terms_for(lacks, options);
}

/// Returns the place before the first term of the record that decides about an address of
/// `missing`, the addresses of relays that do not pass. Terms of included records do not count.
/// Absent if no term of the record itself decides about such an address.
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

/// Returns the problem if the domain has several records, or a broken one; otherwise absent.
Trouble trouble_with(const SelectedRecord& selected, const std::string& domain) {
    if (const auto* several = std::get_if<SeveralRecords>(&selected)) {
        return ProposalProblem{
            .code = Why::several_records, .domain = domain, .count = several->count};
    }
    if (const auto* broken = std::get_if<BrokenRecord>(&selected)) {
        return ProposalProblem{
            .code = Why::broken_record, .domain = domain, .syntax = broken->error};
    }
    return std::nullopt;
}

/// Returns the reason why no record at all can list the relays; absent if there is no such reason.
Trouble trouble_with(const std::string& domain, const std::vector<RelayCoverage>& relays,
                     const NetworkSet& wanted) {
    for (const RelayCoverage& each : relays) {
        if (!each.problem) continue;
        return ProposalProblem{
            .code = Why::relay, .domain = domain, .name = each.relay.text, .relay = each.problem};
    }
    if (is_too_wide(wanted)) return ProposalProblem{.code = Why::too_wide, .domain = domain};
    return std::nullopt;
}

/// Returns an error that makes the result for some address of `missing` permerror, and that adding
/// terms to the record cannot prevent. Absent if there is no such error.
Trouble standing_error(const NetworkMap& map, const NetworkSet& missing, dns::Resolver& resolver) {
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
        return ProposalProblem{
            .code = Why::permerror, .domain = map.domain, .problem = outcome.problem};
    }
    return std::nullopt;
}

NetworkSet missing_of(const std::vector<RelayCoverage>& relays) {
    NetworkSet out;
    for (const RelayCoverage& each : relays) out = set_union(out, each.missing);
    return out;
}

/// Returns which limit (4.6.4) a record exceeds, and by how much. `meant` is the map of this
/// record. It was made with higher limits, so its counts do not stop at `limits`.
Excess excess_of(const NetworkMap& meant, const Limits& limits) {
    using Limit = Problem::Code;
    if (meant.dns_lookups > limits.dns_lookups) {
        return {Limit::too_many_dns_lookups, meant.dns_lookups, limits.dns_lookups};
    }
    if (meant.void_lookups > limits.void_lookups) {
        return {Limit::too_many_void_lookups, meant.void_lookups, limits.void_lookups};
    }
    for (const Decision& each : meant.decisions) {
        if (each.problem && is_limit(*each.problem)) return {*each.problem};
    }
    return {Limit::too_many_mx_names};
}

using Failure = std::optional<AuthorizeError>;

/// Returns the reason in `doubts` why it is unknown whether the relays can be added; absent if
/// `doubts` contains none.
Failure failure_of(const std::string& domain, const Doubts& doubts) {
    if (doubts.failure) return AuthorizeError{Code::dns_failure, domain, {}, doubts.failure};
    if (!doubts.too_large) return std::nullopt;
    return AuthorizeError{Code::trial_too_large, domain};
}

/// Tries the record with additional terms for the relays. Sets `out.proposal` if the changed record
/// can be proved; otherwise sets `out.alternatives` and `out.problem`. Returns an error if this
/// cannot be decided.
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
    if (!breaks) {  // before terms that exceed a limit, a new term would hide the excess
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
    out.problem = {.code = breaks && terms.empty() ? Why::listed_already : Why::limits,
                   .domain = out.domain,
                   .has_alternatives = !out.alternatives.empty()};
    if (breaks) out.problem->excess = excess_of(meant, limits);
    return std::nullopt;
}

Failure propose_first(Authorization& out, const AuthorizeOptions& options, dns::Resolver& resolver,
                      const NetworkSet& wanted) {
    if (!options.from_scratch) {
        out.problem = {.code = Why::no_record, .domain = out.domain};
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
    out.problem = {.code = Why::first_record, .domain = out.domain};
    return std::nullopt;
}

}  // namespace

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

    // All records that are tried share one budget of work. It is enough for a few maps.
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

    if (!out.alias_of.empty()) {
        // The domain is an alias (CNAME). Terms in the record of the alias's target would affect
        // the other domains that use this record, so nothing is proposed.
        out.problem = {.code = Why::alias, .domain = out.domain, .name = out.alias_of};
    } else {
        out.problem = trouble_with(selected, out.domain);
    }
    if (!out.problem) out.problem = trouble_with(out.domain, out.relays, wanted);
    if (!out.problem && record != nullptr) {
        out.problem = standing_error(before, missing_of(out.relays), resolver);
    }
    if (out.problem) return out;
    Failure failure =
        record == nullptr
            ? propose_first(out, options, resolver, wanted)
            : propose(out, {out.domain, resolver, options.networks, before, wanted, doubts},
                      *record, options);
    if (failure) return *std::move(failure);
    return out;
}

}  // namespace spf::analysis
