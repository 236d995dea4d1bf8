// If a record with one more term would exceed the limit of lookups (4.6.4), its other terms must
// need fewer lookups. This file tries each way to achieve this and proves the resulting record. A
// record that cannot be proved to give the wanted results is not proposed.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/authorize/proof.hpp"
#include "analysis/probe.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/analysis/fix.hpp"
#include "spf/evaluation/enumerable.hpp"
#include "spf/record/edit.hpp"
#include "spf/record/parse.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

using Kind = Proposal::Kind;

constexpr std::size_t most_terms = 64;  ///< with more terms, a record is too long to be published

NetworkMap map_of(const Situation& situation, const std::string& record) {
    RecordOverlay overlay(situation.domain, record, situation.resolver);
    return map_networks(situation.domain, overlay, without_limits(situation.options));
}

/// With more terms that depend on the message, no term is dropped, because comparing the results
/// would take too long.
constexpr std::size_t most_dependent = 8;

/// Returns for each directive of the record whether it is not known which addresses it matches: the
/// result depends on the message (macros, ptr). If this cannot be found out, it is not known.
std::vector<bool> dependent_directives(const Situation& situation, const Record& record) {
    std::vector<bool> out;
    for (const Directive& each : record.directives) {
        bool depends = false;
        if (traits_of(each.mechanism).asks_dns()) {
            depends = !is_enumerable(each.text);
            if (!depends) {
                const auto probe = probe_of(situation.domain, each.text, situation.resolver,
                                            situation.options, situation.doubts);
                depends = !probe || !probe->is_enumerable;
            }
        }
        out.push_back(depends);
    }
    return out;
}

/// What a record does, also behind terms that depend on the message: a map of the record, then one
/// without the first such term, and so on. Behind a term with a macro, a map knows no result, so
/// that the first map alone would be the same without all terms behind it. Absent if a map is not
/// known.
std::optional<std::vector<NetworkMap>> maps_of(const Situation& situation, const Record& record,
                                               const std::vector<bool>& depends) {
    std::vector<NetworkMap> out{map_of(situation, to_string(record))};
    Record rest = record;
    std::size_t at = 0;
    for (const bool is_dependent : depends) {
        if (!is_dependent) {
            ++at;
            continue;
        }
        Expected<Record> shorter = parse_record(with_replaced(rest, rest.directives[at], {}));
        if (!shorter) return std::nullopt;
        rest = *std::move(shorter);
        out.push_back(map_of(situation, to_string(rest)));
    }
    const bool all_known = std::all_of(out.begin(), out.end(), [&](const NetworkMap& map) {
        return is_known(map, situation.doubts);
    });
    return all_known ? std::optional(std::move(out)) : std::nullopt;
}

bool are_same(const std::vector<NetworkMap>& a, const std::vector<NetworkMap>& b) {
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const NetworkMap& left, const NetworkMap& right) { return diff(left, right).empty(); });
}

/// Returns the record without the terms that need lookups but change no result, whatever the terms
/// that depend on the message match. The terms are removed one by one, from the last to the first.
std::string without_redundant(const Situation& situation, const Record& record) {
    std::vector<bool> depends = dependent_directives(situation, record);
    const auto dependent =
        static_cast<std::size_t>(std::count(depends.begin(), depends.end(), true));
    if (dependent > most_dependent) return to_string(record);
    const std::optional<std::vector<NetworkMap>> reference = maps_of(situation, record, depends);
    if (!reference) return to_string(record);
    Record kept = record;
    for (std::size_t i = record.directives.size(); i-- > 0;) {
        if (depends[i] || !traits_of(kept.directives[i].mechanism).asks_dns()) continue;
        Expected<Record> shorter = parse_record(with_replaced(kept, kept.directives[i], {}));
        if (!shorter) continue;
        std::vector<bool> rest = depends;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        const std::optional<std::vector<NetworkMap>> maps = maps_of(situation, *shorter, rest);
        if (!maps || !are_same(*reference, *maps)) continue;
        kept = *std::move(shorter);
        depends = std::move(rest);
    }
    return to_string(kept);
}

/// Returns the addresses that match a directive of the domain's record; nothing if they cannot be
/// determined.
std::optional<NetworkSet> matches_of(const Situation& situation, const Directive& directive) {
    std::optional<Probe> probe = probe_of(situation.domain, directive.text, situation.resolver,
                                          situation.options, situation.doubts);
    if (!probe || !probe->is_exact()) return std::nullopt;
    return std::move(probe->pass);
}

/// Returns the record without each `ip4` and `ip6` that has the same text as an earlier term,
/// qualifier included. The earlier term always matches first (4.6.2), so the later one never
/// decides.
std::string without_repeated(Record record) {
    for (std::size_t i = record.directives.size(); i-- > 0;) {
        const Directive& directive = record.directives[i];
        const bool is_network = network_of(directive.mechanism) != nullptr;
        const auto end = record.directives.begin() + static_cast<std::ptrdiff_t>(i);
        const bool repeated =
            is_network && std::any_of(record.directives.begin(), end, [&](const Directive& other) {
                return other.text == directive.text;
            });
        if (!repeated) continue;
        Expected<Record> shorter = parse_record(with_replaced(record, directive, {}));
        if (shorter) record = *std::move(shorter);
    }
    return to_string(record);
}

/// Returns the record with each `a` and `mx` replaced by `ip4` and `ip6` terms for the addresses
/// that it matches.
std::string with_addresses(const Situation& situation, const Record& record) {
    Record changed = record;
    for (std::size_t i = record.directives.size(); i-- > 0;) {
        const Directive& directive = changed.directives[i];
        if (prefix_of(directive.mechanism) == nullptr) continue;  // neither `a` nor `mx`
        const std::optional<NetworkSet> networks = matches_of(situation, directive);
        if (!networks) continue;
        std::vector<std::string> terms = network_terms(*networks);
        if (terms.size() > most_terms) continue;
        if (directive.qualifier != Qualifier::pass) {
            for (std::string& term : terms) {
                term.insert(term.begin(), static_cast<char>(directive.qualifier));
            }
        }
        Expected<Record> next = parse_record(with_replaced(changed, directive, terms));
        if (next) changed = *std::move(next);
    }
    return without_repeated(std::move(changed));
}

/// Adds a proposal for the record `text` with the additional `terms`, if it can be proved and no
/// proposal has the same record yet. The kinds of proposals that cost the owner least are tried
/// first.
void try_one(std::vector<Proposal>& out, const Situation& situation, Kind kind,
             const std::string& text, std::span<const std::string> terms) {
    const Expected<Record> record = parse_record(text);
    if (!record) return;
    const std::string whole = with_terms(*record, place_for_terms(*record), terms);
    const bool is_known = std::any_of(
        out.begin(), out.end(), [&whole](const Proposal& each) { return each.record == whole; });
    if (is_known) return;
    if (auto proved = prove(situation, kind, whole)) out.push_back(*std::move(proved));
}

/// Returns what the steps of fix() cost the owner.
Kind kind_of(const Fix& fixed) {
    const auto has = [&fixed](FixStep::Kind kind) {
        return std::any_of(fixed.steps.begin(), fixed.steps.end(),
                           [kind](const FixStep& step) { return step.kind == kind; });
    };
    if (has(FixStep::Kind::include_to_networks)) return Kind::include_to_networks;
    if (has(FixStep::Kind::redirect_to_terms)) return Kind::repair;
    if (!has(FixStep::Kind::hosts_to_addresses)) return Kind::drop_redundant;
    return has(FixStep::Kind::drop_redundant) ? Kind::both : Kind::hosts_to_addresses;
}

/// Adds a proposal for the record with the additional `terms`, brought within the limits by the
/// cheapest steps that fix() finds.
void try_to_fix(std::vector<Proposal>& out, const Situation& situation, const Record& record,
                std::span<const std::string> terms) {
    const std::string whole = with_terms(record, place_for_terms(record), terms);
    RecordOverlay overlay(situation.domain, whole, situation.resolver);
    FixOptions options;
    options.networks = situation.options;
    const Expected<Fix, AuthorizeError> fixed = fix(situation.domain, overlay, options);
    if (!fixed || !fixed->proposal) return;
    if (auto proved = prove(situation, kind_of(*fixed), fixed->proposal->record)) {
        out.push_back(*std::move(proved));
    }
}

/// Returns a proposal to publish a record at an unused sub-domain. The owner has to move the bounce
/// addresses (MAIL FROM) to this sub-domain.
std::optional<Proposal> for_sub_domain(const Situation& situation,
                                       std::span<const std::string> terms) {
    const std::array<std::string_view, 4> labels{"news", "mailing", "relay", "bulk"};
    for (const std::string_view label : labels) {
        const std::string name = std::string(label) + '.' + std::string(situation.domain);
        const dns::AnswerPtr texts = situation.resolver.resolve({name, dns::RecordType::txt});
        if (texts->is_failure() && !situation.doubts.failure) {
            Problem& problem = situation.doubts.failure.emplace();
            problem.code = Problem::Code::dns_failure;
            problem.domain = name;
            problem.type = dns::RecordType::txt;
            problem.status = texts->status;
        }
        if (!texts->is_void() || !texts->canonical_name.empty()) continue;
        RecordOverlay closed(name, "v=spf1 -all", situation.resolver);
        const NetworkMap reference = map_networks(name, closed, situation.options);
        const Expected<Record> empty = parse_record("v=spf1 -all");
        return prove({name, situation.resolver, situation.options, reference, situation.wanted,
                      situation.doubts},
                     Kind::sub_domain, with_terms(*empty, place_for_terms(*empty), terms));
    }
    return std::nullopt;
}

}  // namespace

std::vector<Proposal> alternatives(const Situation& situation, const Record& record,
                                   std::span<const std::string> terms,
                                   std::span<const std::string> all_terms) {
    std::vector<Proposal> out;
    const std::string text = to_string(record);
    const std::string shorter = without_redundant(situation, record);
    if (shorter != text) try_one(out, situation, Kind::drop_redundant, shorter, terms);
    const std::string addresses = with_addresses(situation, record);
    if (addresses != text) try_one(out, situation, Kind::hosts_to_addresses, addresses, terms);
    const Expected<Record> short_record = parse_record(shorter);
    if (out.empty() && shorter != text && short_record) {
        try_one(out, situation, Kind::both, with_addresses(situation, *short_record), terms);
    }
    const std::vector<std::string> networks = network_terms(situation.wanted);
    const bool is_include = !terms.empty() && networks.size() <= most_terms &&
                            networks != std::vector(terms.begin(), terms.end());
    if (is_include) try_one(out, situation, Kind::include_to_networks, text, networks);
    if (out.empty()) try_to_fix(out, situation, record, terms);
    if (auto proved = for_sub_domain(situation, all_terms)) out.push_back(*std::move(proved));
    return out;
}

}  // namespace spf::analysis
