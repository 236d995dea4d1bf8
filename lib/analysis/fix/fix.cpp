// First the published texts become one record without syntax errors (repair.cpp). Then terms that
// the owner wants to drop, and includes without a usable record, are removed. The results of the
// record are now those that were meant, although it may exceed the limits of section 4.6.4; from
// here on, no result may change. Terms are dropped or replaced until the record is within the
// limits (reduce.cpp), and the record is proved as authorize() does it (proof.cpp).

#include "spf/analysis/fix.hpp"

#include <algorithm>
#include <utility>

#include "analysis/authorize/proof.hpp"
#include "analysis/fix/reduce.hpp"
#include "analysis/fix/repair.hpp"
#include "analysis/probe.hpp"
#include "base/ascii.hpp"
#include "evaluation/sweep.hpp"
#include "spf/dns/name.hpp"
#include "spf/record/parse.hpp"
#include "spf/record/select.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

using Kind = FixStep::Kind;
using Why = FixProblem::Code;
using Code = AuthorizeError::Code;
using Failure = std::optional<AuthorizeError>;

Failure failure_of(const std::string& domain, const Doubts& doubts) {
    if (doubts.failure) return AuthorizeError{Code::dns_failure, domain, {}, doubts.failure};
    if (!doubts.too_large) return std::nullopt;
    return AuthorizeError{Code::trial_too_large, domain};
}

/// Returns the terms of a redirect's target as terms of the record itself; nothing if they would
/// mean something else there. An `a`, `mx` or `ptr` without a name refers to the target (4.8).
std::optional<std::string> terms_of_target(const std::string& target, dns::Resolver& resolver) {
    const dns::AnswerPtr answer = resolver.resolve({target, dns::RecordType::txt});
    const SelectedRecord selected = select_record(answer->texts);
    const Record* const record = std::get_if<Record>(&selected);
    if (record == nullptr || record->text().find('%') != std::string_view::npos)
        return std::nullopt;
    std::string out;
    const Plan plan(*record);
    for (const Slot& slot : plan.slots) {
        std::string term = slot.text;
        const bool needs_name =
            slot.asks != Asks::nothing && term.find_first_of(":=") == std::string::npos;
        if (needs_name) term.insert(std::min(term.find('/'), term.size()), ":" + target);
        (out += ' ') += term;
    }
    return out;
}

/// Makes the steps of one call of fix().
class Fixer {
public:
    Fixer(Fix& out, dns::Resolver& resolver, const FixOptions& options)
        : out_(out), resolver_(resolver), options_(options) {}

    [[nodiscard]] Failure run(const dns::Answer& answer, const NetworkMap& before,
                              Corrections which);

private:
    [[nodiscard]] NetworkMap map_of(const std::string& record, const SweepOptions& options) {
        RecordOverlay overlay(out_.domain, record, resolver_);
        return map_networks(out_.domain, overlay, options);
    }
    void set_problem(Why code, std::string name, std::string detail = {}, std::size_t count = 0) {
        out_.problem = FixProblem{code, out_.domain, std::move(name), std::move(detail), count};
    }
    [[nodiscard]] bool check_names(const std::string& record);
    [[nodiscard]] bool drop_asked(std::string& record);
    [[nodiscard]] bool drop_dead(std::string& record);
    [[nodiscard]] std::optional<std::string> reduced(const std::string& record);
    [[nodiscard]] bool write_redirect(Plan& plan);
    void prove_it(const std::string& record, const std::string& shorter, const NetworkMap& before);

    Fix& out_;
    dns::Resolver& resolver_;
    const FixOptions& options_;
    Doubts doubts_;
};

/// Returns whether each name in the options is in the record, or was in a term that was dropped.
bool Fixer::check_names(const std::string& record) {
    const Expected<Record> parsed = parse_record(record);
    const Plan plan(*parsed);
    for (const auto* list : {&options_.flatten, &options_.keep, &options_.drop}) {
        for (const std::string& each : *list) {
            const std::vector one{each};
            const bool is_there =
                std::any_of(plan.slots.begin(), plan.slots.end(),
                            [&](const Slot& slot) { return is_named(slot.text, one); }) ||
                std::any_of(out_.steps.begin(), out_.steps.end(),
                            [&](const FixStep& step) { return is_named(step.term, one); });
            if (is_there) continue;
            set_problem(Why::no_such_term, each);
            return false;
        }
    }
    return true;
}

/// Returns the record of a plan. If a redirect was dropped and nothing decides about other
/// addresses now, it ends in `~all`.
std::string text_after_drops(const Plan& plan) {
    std::string out = plan.text();
    const bool lost_redirect = std::any_of(
        plan.slots.begin(), plan.slots.end(),
        [](const Slot& each) { return each.is_redirect && each.fate == Fate::dropped; });
    const Expected<Record> record = parse_record(out);
    if (lost_redirect && record && !record->has_all()) out += " ~all";
    return out;
}

/// Drops the terms that the owner asked to drop.
bool Fixer::drop_asked(std::string& record) {
    if (options_.drop.empty()) return true;
    Plan plan(*parse_record(record));
    bool is_changed = false;
    for (Slot& slot : plan.slots) {
        if (!is_named(slot.text, options_.drop)) continue;
        slot.fate = Fate::dropped;
        is_changed = true;
        const NetworkMap before = map_of(record, without_limits(options_.networks));
        const NetworkMap after = map_of(plan.text(), without_limits(options_.networks));
        if (!is_known(before, doubts_) || !is_known(after, doubts_)) return false;
        out_.steps.push_back(
            {.kind = Kind::drop_asked,
             .term = slot.text,
             .saves = static_cast<int>(before.dns_lookups) - static_cast<int>(after.dns_lookups)});
    }
    if (is_changed) record = text_after_drops(plan);
    return true;
}

/// Drops includes and redirects without a usable record. An include whose record lists some
/// addresses, but is broken for the others, is replaced by these addresses.
bool Fixer::drop_dead(std::string& record) {
    Plan plan(*parse_record(record));
    const bool has_all = parse_record(record)->has_all();
    bool is_changed = false;
    for (Slot& slot : plan.slots) {
        if (slot.asks != Asks::record && !slot.is_redirect) continue;
        if (is_named(slot.text, options_.keep) || (slot.is_redirect && has_all)) continue;
        std::string term = slot.text;
        if (slot.is_redirect) term.replace(0, term.find('='), "include").replace(7, 1, ":");
        if (!is_enumerable(term)) continue;
        const auto probe = probe_of(out_.domain, term, resolver_, options_.networks, doubts_);
        if (!probe) return false;
        if (probe->broken.empty() || !probe->is_enumerable || !probe->problem) continue;
        if (!probe->pass.empty() && slot.is_redirect) continue;
        FixStep step{.kind = Kind::drop_dead, .term = slot.text};
        step.detail = probe->problem->message(options_.language);
        // Of a loop, the number of lookups says nothing.
        step.saves = is_limit(probe->problem->code) ? 1 : static_cast<int>(probe->dns_lookups);
        slot.fate = Fate::dropped;
        if (!probe->pass.empty()) {
            step.kind = Kind::broken_include_to_networks;
            slot.fate = Fate::networks;
            slot.matches = probe->pass;
            step.replacement = Plan::replacement(slot);
        } else if (slot.is_redirect) {
            step.replacement = "~all";
        }
        out_.steps.push_back(std::move(step));
        is_changed = true;
    }
    if (is_changed) record = text_after_drops(plan);
    return true;
}

/// Replaces the redirect of a plan by the terms of its target. Returns whether that is possible.
bool Fixer::write_redirect(Plan& plan) {
    const auto redirect = std::find_if(plan.slots.begin(), plan.slots.end(),
                                       [](const Slot& each) { return each.is_redirect; });
    if (redirect == plan.slots.end() || redirect->depends_on_message ||
        is_named(redirect->text, options_.keep)) {
        return false;
    }
    const std::string term = redirect->text;
    std::string target = term.substr(term.find('=') + 1);
    if (target.ends_with('.')) target.pop_back();
    ascii::make_lower(target);
    const std::optional<std::string> terms = terms_of_target(target, resolver_);
    if (!terms) return false;
    std::string text(version_section);
    for (const Slot& slot : plan.slots) {
        // The explanation is that of the target (6.2), which is among its terms.
        const bool is_explanation =
            !slot.qualifier && ascii::equal_ignoring_case(slot.text.substr(0, 4), "exp=");
        if (!slot.is_redirect && !is_explanation) (text += ' ') += slot.text;
    }
    const Expected<Record> record = parse_record(text + *terms);
    if (!record) return false;
    out_.steps.push_back({.kind = Kind::redirect_to_terms,
                          .term = term,
                          .replacement = terms->substr(std::min<std::size_t>(1, terms->size())),
                          .saves = 1});
    plan = Plan(*record);
    return true;
}

/// Returns a record within the limits with the same results; nothing if there is none, with
/// Fix::problem, or if it is not known.
std::optional<std::string> Fixer::reduced(const std::string& record) {
    const Ground ground{out_.domain, resolver_, options_,
                        std::max(options_.max_length, record.size()), doubts_};
    constexpr int most_redirects = 5;
    Plan plan(*parse_record(record));
    std::optional<Results> meant;
    for (int redirects = 0;; ++redirects) {
        if (!probe_slots(plan, ground)) return std::nullopt;
        if (!meant) meant = results_of(plan, ground);
        if (!meant) return std::nullopt;
        const Plan whole = plan;
        Reducer reducer(ground, plan, *meant);
        if (reducer.reduce()) {
            for (FixStep& step : reducer.steps()) out_.steps.push_back(std::move(step));
            return plan.text();
        }
        if (doubts_.failure || doubts_.too_large) return std::nullopt;
        plan = whole;
        if (redirects < most_redirects && write_redirect(plan)) continue;
        if (reducer.too_long() > 0) {
            set_problem(Why::too_long, {}, {}, reducer.too_long());
        } else {
            set_problem(Why::limits, {}, {}, reducer.dns_lookups());
        }
        return std::nullopt;
    }
}

/// Proves the proposal. `record` is the record before the steps that change no result.
void Fixer::prove_it(const std::string& record, const std::string& shorter,
                     const NetworkMap& before) {
    RecordOverlay overlay(out_.domain, record, resolver_);
    const NetworkMap meant = map_of(record, without_limits(options_.networks));
    const NetworkSet nothing;
    out_.proposal = prove({out_.domain, overlay, options_.networks, meant, nothing, doubts_},
                          Proposal::Kind::repair, shorter);
    if (!out_.proposal) return set_problem(Why::unproved, {});
    const NetworkSet now = map_of(shorter, options_.networks).with(Result::pass);
    out_.now_pass = set_difference(now, before.with(Result::pass));
    out_.no_longer_pass = set_difference(before.with(Result::pass), now);
}

Failure Fixer::run(const dns::Answer& answer, const NetworkMap& before, Corrections which) {
    Repaired found = repaired(out_.domain, answer, options_.drop, which, resolver_,
                              without_limits(options_.networks), options_.language);
    out_.records = std::move(found.published);
    out_.steps = std::move(found.steps);
    out_.problem = std::move(found.problem);
    if (out_.problem) return std::nullopt;
    std::string record = std::move(found.record);
    if (!check_names(record)) return std::nullopt;

    const NetworkMap needed = map_of(record, without_limits(options_.networks));
    if (!is_known(needed, doubts_)) return failure_of(out_.domain, doubts_);
    out_.dns_lookups = needed.dns_lookups;
    out_.void_lookups = needed.void_lookups;
    if (!drop_asked(record) || !drop_dead(record)) return failure_of(out_.domain, doubts_);

    const NetworkMap meant = map_of(record, without_limits(options_.networks));
    if (!is_known(meant, doubts_)) return failure_of(out_.domain, doubts_);
    if (const Problem* const mistake = meant.mistake()) {
        set_problem(
            Why::permerror, {},
            mistake->message(options_.language) + "; " + mistake->remedy(options_.language));
        return std::nullopt;
    }
    const bool breaks = breaks_limits(map_of(record, options_.networks), options_.networks.limits);
    std::optional<std::string> shorter = record;
    if (breaks || !options_.flatten.empty()) {
        shorter = reduced(record);
        if (!shorter) return failure_of(out_.domain, doubts_);
    }
    if (out_.steps.empty()) return std::nullopt;
    prove_it(record, *shorter, before);
    return failure_of(out_.domain, out_.proposal ? Doubts{} : doubts_);
}

/// Keeps the promise that no address that passes is lost, and proposes nothing for an alias.
Failure run(Fix& out, const dns::Answer& answer, const NetworkMap& before, dns::Resolver& resolver,
            const FixOptions& options) {
    const Fix empty = out;
    for (const Corrections which : {Corrections::all, Corrections::only_broken}) {
        out = empty;
        if (Failure failure = Fixer(out, resolver, options).run(answer, before, which)) {
            return failure;
        }
        const bool is_loss = !out.no_longer_pass.empty() && options.drop.empty();
        if (!is_loss) break;
        out.proposal.reset();
        out.no_longer_pass = {};
        out.problem = FixProblem{.code = Why::unproved, .domain = out.domain};
    }
    if (out.proposal && !out.alias_of.empty()) {
        out.proposal.reset();
        out.problem = FixProblem{.code = Why::alias, .domain = out.domain, .name = out.alias_of};
    }
    if (!out.proposal) {
        out.now_pass = {};
        out.no_longer_pass = {};
    }
    return std::nullopt;
}

}  // namespace

Expected<Fix, AuthorizeError> fix(std::string_view domain, dns::Resolver& resolver,
                                  const FixOptions& given) {
    if (const auto problem = dns::check_host_domain_problem(domain)) {
        return AuthorizeError{Code::malformed_domain, std::string(domain), *problem};
    }
    const Expected<std::string> name = dns::canonical_name(domain);
    if (!name) return AuthorizeError{Code::malformed_domain, std::string(domain), name.error()};

    // All records that are tried share one budget of work.
    constexpr std::size_t maps = 20;
    WorkBudget budget(given.networks.max_work * maps);
    FixOptions options = given;
    if (options.networks.budget == nullptr) options.networks.budget = &budget;

    Fix out;
    out.domain = *name;
    Memo memo(resolver);
    const dns::AnswerPtr answer = memo.resolve({out.domain, dns::RecordType::txt});
    if (answer->is_failure()) {
        return AuthorizeError{Code::dns_failure, out.domain, {}, {}, answer->status};
    }
    out.alias_of = answer->canonical_name;
    const NetworkMap before = map_networks(out.domain, memo, options.networks);
    if (before.is_too_large) return AuthorizeError{Code::too_large, out.domain};
    Doubts doubts;
    if (!is_known(before, doubts)) return *failure_of(out.domain, doubts);
    if (const Problem* const mistake = before.mistake()) out.error = *mistake;
    if (Failure failure = run(out, *answer, before, memo, options)) return *std::move(failure);
    return out;
}

}  // namespace spf::analysis
