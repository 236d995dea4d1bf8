// Counts how many lookups a check needs at most, without expanding the tree of includes.
//
// The cost of a term or a record is the number of its lookups. A check costs most if no term
// matches. Then a record costs the sum of what its terms cost, up to "all". If a record is included
// twice, its cost is counted once, stored, and added twice. A term that leads back to a record
// whose cost is still being counted is a loop.

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "lint/domain/tree.hpp"
#include "spf/base/printable.hpp"

namespace spf::lint {
namespace {

using Code = Finding::Code;

constexpr unsigned very_many = 1000;

unsigned sum(unsigned left, unsigned right) { return std::min(left + right, very_many); }

class Counter {
public:
    Counter(DomainLint& out, Tree& tree) : out_(out), tree_(tree), state_(tree.size()) {}

    void count() {
        struct Frame {
            std::size_t node;
            std::size_t next;
        };
        std::vector<Frame> stack{{0, 0}};
        state_[0] = State::open;
        while (!stack.empty()) {
            const std::size_t at = stack.back().node;
            Node& node = tree_[at];
            if (stack.back().next == node.steps.size()) {
                state_[at] = State::done;
                stack.pop_back();
                continue;
            }
            const AskingTerm& step = node.steps[stack.back().next];
            note_names(step);
            if (step.target && state_[*step.target] == State::unseen) {
                state_[*step.target] = State::open;
                stack.push_back({*step.target, 0});
                continue;  // first the target record is counted, then this term
            }
            add(node, step);
            ++stack.back().next;
        }
    }

    /// Returns whether the macro %{p} costs a lookup in addition to those of the terms.
    [[nodiscard]] bool macro_p_costs() const noexcept { return macro_p_costs_.value_or(false); }

    [[nodiscard]] Cost of(const AskingTerm& step) const {
        Cost cost{1, step.void4 ? 1U : 0U, step.void6 ? 1U : 0U, step.unknown};
        if (!step.target) return cost;
        const Cost& below = tree_[*step.target].cost;
        cost.at_least = below.at_least || tree_[*step.target].unread;
        const bool loop = state_[*step.target] == State::open;
        cost.lookups = loop ? very_many : sum(cost.lookups, below.lookups);
        cost.void4 = sum(cost.void4, below.void4);
        cost.void6 = sum(cost.void6, below.void6);
        return cost;
    }

private:
    enum class State : unsigned char { unseen, open, done };

    /// Notes whether the first term that needs the reverse mapping of the client needs it for %{p}.
    /// The reverse mapping is looked up only once, for that term. If the term is a `ptr` whose name
    /// does not contain %{p}, this lookup is the one that every `ptr` costs, so %{p} costs none of
    /// its own. This function is called for the terms in the order of their first evaluation.
    void note_names(const AskingTerm& step) {
        if (!macro_p_costs_ && (step.macro_p || step.ptr)) macro_p_costs_ = step.macro_p;
    }

    void add(Node& node, const AskingTerm& step) {
        if (step.target && state_[*step.target] == State::open && has_room(node)) {
            add_finding(out_, node, Code::include_loop, step.offset, step.term.size()).said = {
                Sentence::loop_by, {tree_[*step.target].domain}};
        }
        const Cost cost = of(step);
        node.cost.lookups = sum(node.cost.lookups, cost.lookups);
        node.cost.void4 = sum(node.cost.void4, cost.void4);
        node.cost.void6 = sum(node.cost.void6, cost.void6);
        node.cost.at_least = node.cost.at_least || cost.at_least;
    }

    /// Returns whether one more finding about a loop may be added. If so, one fewer may be added
    /// later. The number of these findings is limited, because an attacker's records may have loops
    /// through thousands of terms, and each finding holds a record.
    bool has_room(const Node& node) {
        unsigned& room = &node == &tree_.front() ? own_room_ : others_room_;
        if (room == 0) return false;
        --room;
        return true;
    }

    DomainLint& out_;
    Tree& tree_;
    std::vector<State> state_;
    unsigned own_room_ = 20;
    unsigned others_room_ = 20;
    // The result of macro_p_costs(). Absent until a term needs the reverse mapping of the client.
    std::optional<bool> macro_p_costs_;
};

/// Returns a text that lists the terms that cost most lookups, in descending order, such as
/// "include:a.example (3), include:b.example (2+)", which is the same in every language. Terms that
/// cost one lookup are left out.
std::string list_of(std::vector<TermCost> costs) {
    constexpr std::size_t most = 5;
    std::stable_sort(costs.begin(), costs.end(), [](const TermCost& left, const TermCost& right) {
        return left.dns_lookups > right.dns_lookups;
    });
    std::string out;
    for (std::size_t i = 0; i < std::min(costs.size(), most) && costs[i].dns_lookups > 1; ++i) {
        const bool more = costs[i].at_least || costs[i].dns_lookups >= very_many;
        out.append(i == 0 ? "" : ", ").append(printable(costs[i].term, 60));
        out.append(" (").append(std::to_string(costs[i].dns_lookups)).append(more ? "+)" : ")");
    }
    return out;
}

/// Selects the message about how many lookups a check may need, and which terms need most of them.
Message<Sentence> said_of(const DomainLint& lint, unsigned allowed) {
    std::string terms = list_of(lint.costs);
    const bool endless = lint.dns_lookups >= very_many;
    if (terms.empty()) {
        return {endless         ? Sentence::lookups_endless
                : lint.at_least ? Sentence::lookups_at_least
                                : Sentence::lookups,
                {lint.dns_lookups, allowed}};
    }
    return {endless         ? Sentence::lookups_endless_by
            : lint.at_least ? Sentence::lookups_at_least_by
                            : Sentence::lookups_by,
            {lint.dns_lookups, allowed, std::move(terms)}};
}

TermCost cost_of(const AskingTerm& step, const Cost& cost) {
    return {std::string(step.term), cost.lookups, cost.at_least, std::max(cost.void4, cost.void6)};
}

/// Returns the tree for the caller of lint_domain(), with at most `room` terms.
std::vector<TreeRecord> public_tree(const Tree& tree, const Counter& counter, std::size_t room) {
    std::vector<TreeRecord> out;
    out.reserve(tree.size());
    for (const Node& node : tree) {
        TreeRecord& record = out.emplace_back();
        record.domain = node.domain;
        record.is_unread = node.unread;
        if (node.record) record.record = node.record->text();
        const std::size_t count = std::min(node.steps.size(), room);
        record.left_out = node.steps.size() - count;
        record.terms.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const AskingTerm& step = node.steps[i];
            record.terms.push_back({cost_of(step, counter.of(step)), step.offset, step.target});
        }
        room -= count;
    }
    return out;
}

void check_voids(DomainLint& out, const Node& root, unsigned most) {
    const unsigned four = root.cost.void4;
    const unsigned six = root.cost.void6;
    if (std::max(four, six) <= most) return;
    const Sentence said = six <= most    ? Sentence::voids_ip4
                          : four <= most ? Sentence::voids_ip6
                                         : Sentence::voids;
    add_finding(out, root, Code::too_many_void_lookups, 0, 0).said = {said,
                                                                      {std::max(four, six), most}};
}

}  // namespace

void check_budget(DomainLint& out, Tree& tree, const LintOptions& options) {
    Counter counter(out, tree);
    counter.count();
    const Node& root = tree.front();
    const unsigned most = options.limits.dns_lookups;
    const AskingTerm* exceeding = nullptr;
    unsigned total = counter.macro_p_costs() ? 1 : 0;
    for (const AskingTerm& step : root.steps) {
        const Cost cost = counter.of(step);
        out.costs.push_back(cost_of(step, cost));
        total = sum(total, cost.lookups);
        out.at_least = out.at_least || cost.at_least;
        if (total > most && exceeding == nullptr) exceeding = &step;
    }
    out.dns_lookups = total;
    out.tree = public_tree(tree, counter, options.most_terms);
    check_voids(out, root, options.limits.void_lookups);
    if (total == 0) return;
    const Code code = total > most       ? Code::too_many_lookups
                      : total + 2 > most ? Code::close_to_limit
                                         : Code::lookup_budget;
    // A budget that is kept is a fact, which DomainLint has as a number, not a finding.
    if (code == Code::lookup_budget && !out.at_least) return;
    const AskingTerm& place = exceeding != nullptr ? *exceeding : root.steps.back();
    const bool whole = exceeding == nullptr;
    Finding& finding =
        add_finding(out, root, code, whole ? 0 : place.offset, whole ? 0 : place.term.size());
    finding.said = said_of(out, most);
    if (code == Code::lookup_budget) finding.advised = {Sentence::check_one_address};
}

void check_repeated(DomainLint& out, const Tree& tree) {
    struct Use {
        std::size_t node;
        const AskingTerm* step;
    };
    std::vector<std::optional<Use>> first(tree.size());
    std::unordered_map<std::string_view, std::size_t> texts;
    std::size_t room = 10;  // most findings: each record of an endless chain may cause one
    const auto tell = [&](const Use& here, const Use& other, Sentence said,
                          const std::string& domain) {
        if (room == 0) return;
        --room;
        const bool later = other.node == 0 && here.node != 0;  // the owner can change only node 0
        const Use& place = later ? other : here;
        const Use& rest = later ? here : other;
        add_finding(out, tree[place.node], Code::included_twice, place.step->offset,
                    place.step->term.size())
            .said = {said, {domain, printable(rest.step->term, 80), tree[rest.node].domain}};
    };
    for (std::size_t i = 0; i < tree.size(); ++i) {
        for (const AskingTerm& step : tree[i].steps) {
            if (!step.target || !tree[*step.target].record) continue;
            const Use use{i, &step};
            const Node& target = tree[*step.target];
            if (first[*step.target]) {
                const Use& other = *first[*step.target];
                if (other.node != i || other.step->term != step.term)
                    tell(use, other, Sentence::record_twice, target.domain);
                continue;
            }
            first[*step.target] = use;
            if (target.steps.empty() && target.record->directives.size() < 2) continue;
            const auto [same, fresh] = texts.emplace(target.record->text(), *step.target);
            if (!fresh && first[same->second]) {
                tell(use, *first[same->second], Sentence::same_record_twice,
                     tree[same->second].domain);
            }
        }
    }
}

}  // namespace spf::lint
