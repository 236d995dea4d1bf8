// First what is: the domain's map, and what of each relay passes in it. Then what is missing becomes
// terms, and the record with these terms is tried at up to three places: where new terms belong, in front of
// the term that decides about the relay today, and in front of all. The first that can be proved is the
// proposal (analysis/proof.cpp); where none can, ways around the limits are tried.

#include "spf/analysis/authorize.hpp"

#include <algorithm>
#include <utility>

#include "analysis/proof.hpp"
#include "analysis/relay.hpp"
#include "spf/analysis/edit.hpp"
#include "spf/check.hpp"
#include "spf/domain.hpp"
#include "spf/parse.hpp"
#include "spf/select.hpp"

namespace spf {
namespace {

using authorizing::Situation;
using Kind = Proposal::Kind;
using Status = RelayCoverage::Status;

bool is_limit(const Decision& decision) {
    return decision.problem == Problem::Code::too_many_dns_lookups ||
           decision.problem == Problem::Code::too_many_void_lookups ||
           decision.problem == Problem::Code::too_many_mx_names;
}

bool breaks_limits(const NetworkMap& map) {
    return std::any_of(map.decisions.begin(), map.decisions.end(), is_limit);
}

/// Visits the decisions that hold for some address of `set`, in the order of addresses.
template <class Visitor>
void for_each_decision(const NetworkMap& map, const NetworkSet& set, Visitor&& visit) {
    for (const DecidedRange& each : map.ranges) {
        const NetworkSet range({each.range});
        if (!set_intersection(range, set).empty()) visit(map.decisions[each.decision]);
    }
}

void cover(RelayCoverage& relay, const NetworkMap& map, dns::Resolver& resolver) {
    if (relay.networks.empty()) return;
    const NetworkSet passed = authorizing::passing(map, relay.networks, resolver);
    relay.missing = set_difference(relay.networks, passed);
    relay.status = relay.missing.empty() ? Status::whole
                   : passed.empty()      ? Status::none
                                         : Status::part;
    for_each_decision(map, passed, [&](const Decision& decision) {
        const std::string term =
            decision.hangs_on ? map.not_enumerable[*decision.hangs_on].term : decision.mechanism;
        const bool known = std::find(relay.by.begin(), relay.by.end(), term) != relay.by.end();
        if (!known) relay.by.push_back(term);
    });
}

/// The terms that say what is missing, in the order of the relays; networks first, merged.
std::vector<std::string> terms_for(const std::vector<RelayCoverage>& relays,
                                   const AuthorizeOptions& options) {
    std::vector<AddressRange> ranges;
    std::vector<std::string> names;
    for (const RelayCoverage& each : relays) {
        if (each.status == Status::whole || each.problem) continue;
        const bool by_name = each.relay.kind == Relay::Kind::include ||
                             (each.relay.kind == Relay::Kind::host && options.hosts_by_name);
        if (by_name) {
            const bool include = each.relay.kind == Relay::Kind::include;
            std::string term = (include ? "include:" : "a:") + each.relay.name;
            if (std::find(names.begin(), names.end(), term) == names.end()) {
                names.push_back(std::move(term));
            }
            continue;
        }
        const bool one = each.relay.kind == Relay::Kind::network;
        for (const AddressRange& range : (one ? each.networks : each.missing).ranges()) {
            ranges.push_back(range);
        }
    }
    std::vector<std::string> out = network_terms(NetworkSet(std::move(ranges)));
    out.insert(out.end(), names.begin(), names.end());
    return out;
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
        if (each.problem) return each.relay.text + ": " + std::string(message(*each.problem));
    }
    return {};
}

/// An error that some address meets today and that no term more can mend.
std::string standing_error(const NetworkMap& map, const NetworkSet& missing,
                           dns::Resolver& resolver) {
    for (const DecidedRange& each : map.ranges) {
        const Decision& decision = map.decisions[each.decision];
        if (!decision.problem || decision.result != Result::permerror || is_limit(decision)) {
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

/// Tries the record with the terms; fills in the proposal, or the alternatives and the problem.
void propose(Authorization& out, const Situation& situation, const Record& record,
             std::span<const std::string> terms) {
    const NetworkMap& before = situation.reference;
    const bool breaks = breaks_limits(before);
    std::vector<std::size_t> places{place_for_terms(record)};
    if (!breaks) {  // in front of terms too many, one more would pass, and hide that they are
        const auto decision = place_before_decision(record, before, missing_of(out.relays));
        if (decision) places.push_back(*decision);
        places.push_back(place_in_front(record));
    }
    for (const std::size_t place : places) {
        out.proposal =
            authorizing::prove(situation, Kind::add_terms, with_terms(record, place, terms));
        if (out.proposal) return;
    }
    const auto& options = situation.options;
    const NetworkMap meant =
        breaks ? map_networks(out.domain, situation.resolver, authorizing::without_limits(options))
               : before;
    out.alternatives = authorizing::alternatives(
        {situation.domain, situation.resolver, options, meant, situation.wanted}, record, terms);
    out.problem =
        "no record with these terms added does it within the limits of RFC 7208, section 4.6.4 "
        "(10 terms with look-ups, 2 of which may find nothing)";
    out.problem += out.alternatives.empty() ? "; remove terms that are not needed any more"
                                            : "; these ways do";
}

void propose_first(Authorization& out, const AuthorizeOptions& options, dns::Resolver& resolver,
                   const NetworkSet& wanted, std::span<const std::string> terms) {
    if (!options.from_scratch) {
        out.problem =
            out.domain +
            " has no SPF record; a first one has to list all servers that send for it, so "
            "it is proposed only where asked for";
        return;
    }
    RecordOverlay nobody(out.domain, "v=spf1 ~all", resolver);
    const NetworkMap reference = map_networks(out.domain, nobody, options.networks);
    const Expected<Record> empty = parse_record("v=spf1 ~all");
    out.proposal =
        authorizing::prove({out.domain, resolver, options.networks, reference, wanted},
                           Kind::first_record, with_terms(*empty, place_for_terms(*empty), terms));
    if (!out.proposal) out.problem = "a first record with these relays would break a limit";
}

}  // namespace

std::string_view to_string(RelayCoverage::Status status) noexcept {
    switch (status) {
        case Status::whole: return "whole";
        case Status::part: return "part";
        case Status::none: break;
    }
    return "none";
}

std::string_view to_string(ProofEntry::Who who) noexcept {
    switch (who) {
        case ProofEntry::Who::relay: return "relay";
        case ProofEntry::Who::before: return "before";
        case ProofEntry::Who::stranger: break;
    }
    return "stranger";
}

std::string_view to_string(Kind kind) noexcept {
    switch (kind) {
        case Kind::add_terms: return "add_terms";
        case Kind::first_record: return "first_record";
        case Kind::drop_redundant: return "drop_redundant";
        case Kind::hosts_to_addresses: return "hosts_to_addresses";
        case Kind::both: return "both";
        case Kind::include_to_networks: return "include_to_networks";
        case Kind::sub_domain: break;
    }
    return "sub_domain";
}

std::string_view cost_of(Kind kind) noexcept {
    switch (kind) {
        case Kind::add_terms: return "";
        case Kind::first_record:
            return "mail from servers that it does not list becomes softfail: list all of them";
        case Kind::drop_redundant:
            return "takes out terms that let nobody send today, or whom other terms let send "
                   "anyway";
        case Kind::hosts_to_addresses:
            return "has to be changed whenever the hosts behind a and mx get other addresses";
        case Kind::both:
            return "takes out terms without effect, and has to be changed whenever the hosts "
                   "behind a "
                   "and mx get other addresses";
        case Kind::include_to_networks:
            return "goes stale: the service may change its networks at any time without telling "
                   "you";
        case Kind::sub_domain: break;
    }
    return "the relay has to use addresses of the sub-domain in MAIL FROM";
}

bool Authorization::is_whole() const noexcept {
    return std::all_of(relays.begin(), relays.end(),
                       [](const RelayCoverage& each) { return each.status == Status::whole; });
}

Expected<Authorization, AuthorizeError> authorize(std::string_view domain,
                                                  std::span<const Relay> relays,
                                                  dns::Resolver& resolver,
                                                  const AuthorizeOptions& options) {
    using Code = AuthorizeError::Code;
    if (const auto problem = check_host_domain_problem(domain)) {
        return AuthorizeError{Code::malformed_domain, std::string(problem->message())};
    }
    const Expected<DomainName> name = DomainName::parse(domain);
    if (!name) return AuthorizeError{Code::malformed_domain, std::string(name.error().message())};

    Authorization out;
    out.domain = name->text();
    const dns::AnswerPtr answer = resolver.resolve({out.domain, dns::RecordType::txt});
    if (answer->is_failure()) {
        return AuthorizeError{Code::dns_failure, "the TXT records of " + out.domain +
                                                     " cannot be looked up: " +
                                                     std::string(to_string(answer->status))};
    }
    const SelectedRecord selected = select_record(answer->texts);
    const NetworkMap before = map_networks(out.domain, resolver, options.networks);
    if (before.is_too_large) {
        return AuthorizeError{
            Code::too_large,
            "the record of " + out.domain + " is too large to be evaluated for all addresses"};
    }
    NetworkSet wanted;
    for (const Relay& relay : relays) {
        out.relays.push_back(authorizing::find_relay(relay, resolver, options.networks));
        cover(out.relays.back(), before, resolver);
        if (out.relays.back().status == Status::whole) out.relays.back().problem.reset();
        wanted = set_union(wanted, out.relays.back().networks);
    }
    const Record* record = std::get_if<Record>(&selected);
    if (record != nullptr) out.record = to_string(*record);
    if (out.is_whole()) return out;
    if (!before.with(Result::temperror).empty()) {
        return AuthorizeError{
            Code::dns_failure,
            "a look-up that the record of " + out.domain +
                " needs fails at the moment; nothing can be proved until it works"};
    }

    out.problem = trouble_with(selected, out.domain);
    if (out.problem.empty()) out.problem = trouble_with(out.relays);
    if (!out.problem.empty()) return out;
    const std::vector<std::string> terms = terms_for(out.relays, options);
    if (authorizing::is_too_wide(wanted)) {
        out.problem = "these relays are so many addresses that the record would keep nobody out";
    } else if (record == nullptr) {
        propose_first(out, options, resolver, wanted, terms);
    } else if (auto error = standing_error(before, missing_of(out.relays), resolver);
               !error.empty()) {
        out.problem = std::move(error);
    } else {
        propose(out, {out.domain, resolver, options.networks, before, wanted}, *record, terms);
    }
    return out;
}

}  // namespace spf
