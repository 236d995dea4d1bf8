// Each step is tried on the plan and kept only if all results stay the same. The cheapest kind of
// step comes first. Within a kind, the step that saves most comes first, so that few steps are
// needed. In the end, each step that has become needless is taken back.

#include "analysis/fix/reduce.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "analysis/fix/repair.hpp"
#include "analysis/probe.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/evaluation/enumerable.hpp"
#include "spf/record/edit.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

using Kind = FixStep::Kind;

/// With more networks, a term is too long to be replaced.
constexpr std::size_t most_networks = 64;
/// With more terms that depend on the message, a record is not changed, because comparing its
/// results would take too long.
constexpr std::size_t most_dependent = 8;

NetworkMap map_of(const Ground& ground, std::string record) {
    RecordOverlay overlay(ground.domain, std::move(record), ground.resolver);
    return map_networks(ground.domain, overlay, without_limits(ground.options.networks));
}

bool is_host(const Slot& slot) {
    return slot.asks == Asks::addresses || slot.asks == Asks::exchanges;
}
bool is_include(const Slot& slot) { return slot.asks == Asks::record && !slot.is_redirect; }

/// Returns whether the term can be replaced by networks.
bool is_replaceable(const Slot& slot) {
    return slot.fate == Fate::kept && slot.matches && (is_host(slot) || is_include(slot)) &&
           slot.matches->networks().size() <= most_networks;
}

/// Returns whether the term asks for an `mx` with too many names (4.6.4), itself or in the records
/// that it includes.
bool has_too_many_names(const Slot& slot, const Ground& ground) {
    SweepOptions options = without_limits(ground.options.networks);
    options.limits.mx_names = ground.options.networks.limits.mx_names;
    const std::string_view term =
        is_qualifier(slot.text.front()) ? std::string_view(slot.text).substr(1) : slot.text;
    RecordOverlay overlay(ground.domain, "v=spf1 " + std::string(term) + " -all", ground.resolver);
    const NetworkMap map = map_networks(ground.domain, overlay, options);
    return std::any_of(map.decisions.begin(), map.decisions.end(), [](const Decision& each) {
        return each.problem == Problem::Code::too_many_mx_names;
    });
}

}  // namespace

bool probe_slots(Plan& plan, const Ground& ground) {
    for (Slot& slot : plan.slots) {
        if (slot.asks == Asks::nothing && !slot.is_redirect) continue;
        std::string term = slot.text;
        if (slot.is_redirect) term.replace(0, term.find('='), "include").replace(7, 1, ":");
        slot.depends_on_message = !is_enumerable(term);
        if (slot.depends_on_message) continue;
        const auto probe =
            probe_of(ground.domain, term, ground.resolver, ground.options.networks, ground.doubts);
        if (!probe) return false;
        slot.depends_on_message = !probe->is_enumerable;
        slot.dns_lookups = probe->dns_lookups;
        if (probe->is_exact()) slot.matches = probe->pass;
    }
    return true;
}

std::optional<Results> results_of(const Plan& plan, const Ground& ground) {
    const auto dependent = static_cast<std::size_t>(std::count_if(
        plan.slots.begin(), plan.slots.end(),
        [](const Slot& each) { return each.depends_on_message && each.fate == Fate::kept; }));
    Results out;
    for (std::size_t left_out = 0; left_out <= std::min(dependent, most_dependent); ++left_out) {
        out.push_back(map_of(ground, plan.text(left_out)));
        if (!is_known(out.back(), ground.doubts)) return std::nullopt;
    }
    return out;
}

std::optional<Reducer::Need> Reducer::need() {
    const std::string record = plan_.text();
    const std::optional<Results> results = results_of(plan_, ground_);
    if (!results || results->size() != meant_.size()) return std::nullopt;
    for (std::size_t i = 0; i < meant_.size(); ++i) {
        if (!diff(meant_[i], (*results)[i]).empty()) return std::nullopt;
    }
    return Need{results->front().dns_lookups, results->front().void_lookups, record.size()};
}

unsigned Reducer::excess(const Need& need) const noexcept {
    const Limits& limits = ground_.options.networks.limits;
    const unsigned lookups = need.dns_lookups - std::min(need.dns_lookups, limits.dns_lookups);
    const unsigned voids = need.void_lookups - std::min(need.void_lookups, limits.void_lookups);
    return lookups + voids;
}

bool Reducer::is_within(const Need& need) const noexcept {
    return excess(need) == 0 && need.octets <= ground_.max_length;
}

bool Reducer::is_kept(const Slot& slot) const { return is_named(slot.text, ground_.options.keep); }

/// Changes a slot if all results stay the same, and updates `last_`.
bool Reducer::try_fate(std::size_t slot, Fate fate) {
    const Fate old = plan_.slots[slot].fate;
    plan_.slots[slot].fate = fate;
    if (const std::optional<Need> now = need()) {
        last_ = *now;
        return true;
    }
    plan_.slots[slot].fate = old;
    return false;
}

/// Replaces what FixOptions::flatten names, and terms that exceed the limit of names of an `mx`.
void Reducer::force() {
    for (std::size_t i = 0; i < plan_.slots.size(); ++i) {
        const Slot& slot = plan_.slots[i];
        if (!is_replaceable(slot) || is_kept(slot)) continue;
        const bool can_have_names = slot.asks == Asks::exchanges || is_include(slot);
        const bool is_asked = is_named(slot.text, ground_.options.flatten);
        if (!is_asked && !(can_have_names && has_too_many_names(slot, ground_))) continue;
        if (!try_fate(i, Fate::networks)) continue;
        order_.push_back(i);
        forced_.push_back(i);
    }
}

/// Drops each term that needs lookups, but changes no result: terms with many lookups first, and
/// of terms with the same number, the last first.
void Reducer::drop_redundant() {
    std::vector<std::size_t> candidates;
    for (std::size_t i = plan_.slots.size(); i-- > 0;) {
        const Slot& slot = plan_.slots[i];
        const bool can_drop = slot.fate == Fate::kept && slot.qualifier &&
                              slot.asks != Asks::nothing && slot.matches && !is_kept(slot);
        if (can_drop) candidates.push_back(i);
    }
    std::stable_sort(candidates.begin(), candidates.end(), [&](std::size_t a, std::size_t b) {
        return plan_.slots[a].dns_lookups > plan_.slots[b].dns_lookups;
    });
    for (const std::size_t i : candidates) {
        if (try_fate(i, Fate::dropped)) order_.push_back(i);
    }
}

/// Returns what the record would need if a slot were replaced; nothing if this saves nothing, is
/// not possible, or makes the record too long.
std::optional<Reducer::Need> Reducer::need_with(std::size_t slot, Order order) {
    const Need now = last_;
    if (!try_fate(slot, Fate::networks)) return std::nullopt;
    const Need then = std::exchange(last_, now);
    plan_.slots[slot].fate = Fate::kept;
    if (excess(then) >= excess(now)) return std::nullopt;
    const bool is_long = then.octets > ground_.max_length;
    if (is_long && excess(then) == 0) too_long_ = then.octets;
    return is_long && order == Order::most_saved ? std::nullopt : std::optional(then);
}

/// Replaces terms by networks until no limit is exceeded, or no term is left. What a term saves
/// hardly depends on the other terms, so only the best of them is examined again each time.
void Reducer::replace(bool (*is_candidate)(const Slot&), Order order) {
    std::vector<Candidate> candidates;
    unsigned round = 0;
    const auto examine = [&](std::size_t slot) {
        if (const auto then = need_with(slot, order)) {
            candidates.push_back({slot, round, excess(last_) - excess(*then),
                                  then->octets - std::min(then->octets, last_.octets), *then});
        }
    };
    for (std::size_t i = 0; i < plan_.slots.size() && excess(last_) > 0; ++i) {
        const Slot& slot = plan_.slots[i];
        if (is_candidate(slot) && is_replaceable(slot) && !is_kept(slot)) examine(i);
    }
    while (excess(last_) > 0 && !candidates.empty()) {
        const auto best = std::min_element(
            candidates.begin(), candidates.end(), [order](const Candidate& a, const Candidate& b) {
                return order == Order::shortest ? a.octets < b.octets
                                                : std::tuple(b.saved, a.octets, a.slot) <
                                                      std::tuple(a.saved, b.octets, b.slot);
            });
        const Candidate chosen = *best;
        candidates.erase(best);
        if (chosen.round != round) {
            examine(chosen.slot);
            continue;
        }
        plan_.slots[chosen.slot].fate = Fate::networks;
        last_ = chosen.need;
        order_.push_back(chosen.slot);
        ++round;
    }
}

/// Takes back each replacement that is not needed any more: those of includes first, because they
/// cost most.
void Reducer::undo_needless() {
    // Each of the terms needs at least one lookup.
    const Limits& limits = ground_.options.networks.limits;
    if (last_.dns_lookups >= limits.dns_lookups) return;
    for (bool (*const is_kind)(const Slot&) : {is_include, is_host}) {
        for (std::size_t i = order_.size(); i-- > 0;) {
            const std::size_t slot = order_[i];
            const bool is_forced = std::find(forced_.begin(), forced_.end(), slot) != forced_.end();
            if (is_forced || plan_.slots[slot].fate != Fate::networks ||
                !is_kind(plan_.slots[slot])) {
                continue;
            }
            const Need before = last_;
            if (!try_fate(slot, Fate::kept)) continue;
            if (is_within(last_)) {
                order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(i));
            } else {
                plan_.slots[slot].fate = Fate::networks;
                last_ = before;
            }
        }
    }
}

bool Reducer::replace_includes(Order order) {
    replace(is_include, order);
    if (!is_within(last_)) return false;
    undo_needless();
    return true;
}

bool Reducer::reduce() {
    if (meant_.size() > most_dependent) return false;
    const std::optional<Need> first = need();
    if (!first) return false;
    last_ = *first;
    force();
    if (is_within(last_)) return true;
    drop_redundant();
    if (is_within(last_)) return true;
    replace(is_host, Order::most_saved);
    if (is_within(last_)) {
        undo_needless();
        return true;
    }
    const Plan plan = plan_;
    const std::vector<std::size_t> order = order_;
    const Need need = last_;
    if (replace_includes(Order::most_saved)) return true;
    if (too_long_ == 0 && last_.octets > ground_.max_length) too_long_ = last_.octets;
    plan_ = plan;
    order_ = order;
    last_ = need;
    return replace_includes(Order::shortest);
}

std::vector<FixStep> Reducer::steps() {
    std::vector<FixStep> out;
    Plan now = plan_;
    for (const std::size_t i : order_) now.slots[i].fate = Fate::kept;
    NetworkMap before = map_of(ground_, now.text());
    for (const std::size_t i : order_) {
        Slot& slot = now.slots[i];
        slot.fate = plan_.slots[i].fate;
        const NetworkMap after = map_of(ground_, now.text());
        FixStep step;
        step.kind = slot.fate == Fate::dropped ? Kind::drop_redundant
                    : is_host(slot)            ? Kind::hosts_to_addresses
                                               : Kind::include_to_networks;
        step.term = slot.text;
        step.replacement = Plan::replacement(slot);
        step.saves = static_cast<int>(before.dns_lookups) - static_cast<int>(after.dns_lookups);
        step.saves_void =
            static_cast<int>(before.void_lookups) - static_cast<int>(after.void_lookups);
        out.push_back(std::move(step));
        before = after;
    }
    return out;
}

}  // namespace spf::analysis
