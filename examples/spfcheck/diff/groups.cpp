#include "diff/groups.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "diff/sentences.hpp"
#include "io/language.hpp"
#include "spf/base/printable.hpp"

namespace spfcheck {
namespace {

using spf::AddressRange;
using spf::IpAddress;
using spf::Result;
using spf::analysis::Decision;
using spf::analysis::NetworkMap;
using Says = DiffSentence;

constexpr std::size_t nothing = static_cast<std::size_t>(-1);  ///< the index if nothing is decided
constexpr std::size_t most_of_term = 80;                       ///< characters of a term in a line

/// A decision of a map, and the last address of the range that has it.
struct Part {
    std::size_t decision;
    IpAddress last;
};

/// Returns the decision for the first address of a range, and where it ends within the range.
Part part_at(const NetworkMap& map, const AddressRange& range) {
    const auto next =
        std::partition_point(map.ranges.begin(), map.ranges.end(), [&range](const auto& each) {
            return each.range.family < range.family ||
                   (each.range.family == range.family && each.range.first <= range.first);
        });
    if (next != map.ranges.begin()) {
        const auto& before = *std::prev(next);
        if (before.range.family == range.family && range.first <= before.range.last) {
            return {before.decision, std::min(before.range.last, range.last)};
        }
    }
    // Only a map that is too large has addresses without a range.
    const bool is_next = next != map.ranges.end() && next->range.family == range.family;
    return {nothing, is_next ? std::min(next->range.first.previous(), range.last) : range.last};
}

/// Returns the term, with the domain of its record if that is not the domain of the map.
Spoken shown(const std::string& term, const std::string& domain, const NetworkMap& map) {
    const Spoken text(spf::printable(term, most_of_term));
    return domain.empty() || domain == map.domain ? text : say<Says::term_of>(text, domain);
}

Reason reason_of(const NetworkMap& map, std::size_t index) {
    if (index == nothing) return {std::nullopt, {}, say<Says::unknown>()};
    const Decision& decision = map.decisions[index];
    if (decision.depends_on) {
        const spf::NotEnumerable& term = map.not_enumerable[*decision.depends_on];
        return {std::nullopt, term.term, say<Says::depends_on>(shown(term.term, term.domain, map))};
    }
    if (decision.result == Result::temperror) return {std::nullopt, {}, say<Says::unknown>()};
    const std::string_view result = spf::to_string(decision.result);
    if (decision.cause) {
        // The first problem of a side is printed above the groups.
        const spf::Problem& problem = map.problems[*decision.cause];
        return {decision.result, decision.mechanism,
                &problem == map.mistake() ? Spoken(result)
                                          : say<Says::because>(result, message_of(problem))};
    }
    if (decision.mechanism.empty())
        return {decision.result, {}, say<Says::because>(result, say<Says::no_term_matches>())};
    const Spoken term = shown(decision.mechanism, decision.mechanism_domain, map);
    return {decision.result, decision.mechanism, say<Says::by>(result, term)};
}

ChangeKind kind_of(const Reason& from, const Reason& to) {
    if (from.result == Result::pass) return ChangeKind::lost;
    return to.result == Result::pass ? ChangeKind::gained : ChangeKind::other;
}

double share_of(const spf::NetworkSet& set) {
    return set.count(spf::Family::ipv4).approximate() * 0x1p-32 +
           set.count(spf::Family::ipv6).approximate() * 0x1p-128;
}

}  // namespace

std::string_view to_string(ChangeKind kind) noexcept {
    constexpr std::array<std::string_view, 3> names{"lost", "gained", "other"};
    return names[static_cast<std::size_t>(kind)];
}

std::vector<ChangeGroup> groups_of(std::span<const spf::analysis::Change> changes,
                                   const NetworkMap& from, const NetworkMap& to) {
    std::map<std::pair<std::size_t, std::size_t>, std::vector<AddressRange>> by_decision;
    for (const spf::analysis::Change& change : changes) {
        for (AddressRange rest = change.network.range();;) {
            const Part before = part_at(from, rest);
            const Part after = part_at(to, rest);
            const IpAddress last = std::min(before.last, after.last);
            by_decision[{before.decision, after.decision}].push_back(
                {rest.family, rest.first, last});
            if (last == rest.last) break;
            rest.first = last.next();
        }
    }
    // Decisions also differ in how many lookups they take, which does not matter here.
    std::map<std::pair<Reason, Reason>, std::vector<AddressRange>> by_reason;
    for (auto& [decisions, ranges] : by_decision) {
        auto& all = by_reason[{reason_of(from, decisions.first), reason_of(to, decisions.second)}];
        all.insert(all.end(), ranges.begin(), ranges.end());
    }
    std::vector<ChangeGroup> out;
    for (auto& [reasons, ranges] : by_reason) {
        out.push_back({kind_of(reasons.first, reasons.second), reasons.first, reasons.second,
                       spf::NetworkSet(std::move(ranges))});
    }
    std::stable_sort(out.begin(), out.end(), [](const ChangeGroup& a, const ChangeGroup& b) {
        return a.kind != b.kind ? a.kind < b.kind : share_of(a.addresses) > share_of(b.addresses);
    });
    return out;
}

}  // namespace spfcheck
