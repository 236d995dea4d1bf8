// A term can be enumerated if the addresses that it matches can be listed as networks. Such terms
// are replaced by networks; other terms are kept. A stretch is a sequence of terms that can be
// enumerated. Its results for all addresses are determined as if it were a record. Then it is
// replaced by networks, grouped by result. If all of this does not fit into one record, each group
// of networks becomes one or more records, which the domain's record includes. In the end the
// results of the new records are compared with those of the old record.

#include "spf/analysis/flatten.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <variant>

#include "base/code_table.hpp"
#include "evaluation/sweep.hpp"
#include "spf/analysis/diff.hpp"
#include "spf/dns/name.hpp"
#include "spf/record/select.hpp"
#include "spf/resolver/overlay.hpp"

namespace spf::analysis {
namespace {

constexpr unsigned generous = 100;
constexpr std::array<std::pair<Result, std::string_view>, 4> qualifiers{{
    {Result::pass, ""},
    {Result::fail, "-"},
    {Result::softfail, "~"},
    {Result::neutral, "?"},
}};

using Code = FlattenError::Code;
using Entry = CodeEntry<Code>;

constexpr std::array<Entry, FlattenError::code_count> entries{{
    {Code::no_record, "no_record", "there is no usable SPF record to flatten"},
    {Code::no_result, "no_result",
     "some addresses get no result from the record (none or permerror), which must be fixed "
     "first"},
    {Code::too_large, "too_large",
     "the networks do not fit into records of that length within ten DNS lookups"},
    {Code::dns_failure, "dns_failure",
     "not everything that the record refers to could be looked up, so nothing is known about it"},
    {Code::too_much_work, "too_much_work",
     "the record, with all that it includes, is too large to be evaluated for every address "
     "within the budget (65,536 ranges, 262,144 networks, 5,000,000 steps)"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

/// Either the networks of a stretch (see above) that have the same result, or a term that is kept.
struct Item {
    std::string_view qualifier;
    std::vector<std::string> terms;  ///< the networks as `ip4:` and `ip6:` terms, without qualifier
    std::string kept;                ///< a kept term with its qualifier; empty for networks
};

/// The parts of a flattened record, in order.
struct Plan {
    std::vector<Item> items;
    std::string ending;  ///< an `all` or a redirect, after a space; empty if there is neither
    std::string modifiers;
    std::vector<std::string> kept;
};

/// A resolver that behaves as if the new records were published: it answers TXT questions for their
/// names with the records. It passes other questions to `upstream`.
class Published final : public dns::Resolver {
public:
    Published(const std::vector<FlatRecord>& records, dns::Resolver& upstream)
        : upstream_(upstream) {
        for (const FlatRecord& each : records) {
            dns::Answer answer;
            answer.status = dns::Status::ok;
            answer.texts.push_back(each.record);
            answers_[each.name] = std::make_shared<const dns::Answer>(std::move(answer));
        }
    }
    dns::AnswerPtr resolve(const dns::Question& question) override {
        const auto found = answers_.find(question.name);
        const bool ours = question.type == dns::RecordType::txt && found != answers_.end();
        return ours ? found->second : upstream_.resolve(question);
    }

private:
    std::map<std::string, dns::AnswerPtr, std::less<>> answers_;
    dns::Resolver& upstream_;
};

SweepOptions generous_options(SweepOptions options) {
    options.limits.dns_lookups = std::max(options.limits.dns_lookups, generous);
    options.limits.void_lookups = std::max(options.limits.void_lookups, generous);
    return options;
}

std::vector<std::string> terms_of(const NetworkSet& set) {
    std::vector<std::string> out;
    for (const Network& network : set.networks()) {
        out.push_back((network.family() == Family::ipv4 ? "ip4:" : "ip6:") + network.to_string());
    }
    return out;
}

/// Returns the error that makes a map incomplete: a failed lookup or too much work. Returns nothing
/// if the map is complete.
std::optional<FlattenError> gap(const NetworkMap& map) {
    if (const Problem* failure = map.failure()) return FlattenError{Code::dns_failure, *failure};
    if (map.is_too_large) return FlattenError{Code::too_much_work, {}};
    return std::nullopt;
}

/// Returns why a map cannot be written as terms: it is incomplete, or it has a result without a
/// qualifier, such as permerror. Returns nothing if it can be written.
std::optional<FlattenError> obstacle(const NetworkMap& map) {
    if (auto error = gap(map)) return error;
    for (const DecidedRange& each : map.ranges) {
        const Decision& decision = map.decisions[each.decision];
        const bool fine = decision.depends_on ||
                          std::any_of(qualifiers.begin(), qualifiers.end(), [&](const auto& known) {
                              return known.first == decision.result;
                          });
        if (fine) continue;
        FlattenError error{Code::no_result, {}};
        if (decision.cause) error.problem = map.problems[*decision.cause];
        return error;
    }
    return std::nullopt;
}

/// Makes the plan for flattening one record.
class Planner {
public:
    Planner(std::string domain, dns::Resolver& dns, const SweepOptions& options)
        : domain_(std::move(domain)), dns_(dns), options_(generous_options(options)) {}

    [[nodiscard]] Expected<Plan, FlattenError> plan(const Record& record) {
        std::string stretch;
        bool is_over = false;  // after `all`, terms have no effect
        for (const Directive& directive : record.directives) {
            if (is_over) break;
            is_over = is_all(directive.mechanism);
            if (can_be_written(directive)) {
                (stretch += ' ') += directive.text;
                continue;
            }
            if (auto error = write(stretch, false)) return *error;
            stretch.clear();
            keep(directive.text);
            plan_.items.push_back({{}, {}, std::string(directive.text)});
        }
        bool redirects = false;
        for (const Modifier& modifier : record.modifiers) {
            if (!std::holds_alternative<Redirect>(modifier.kind)) {
                (plan_.modifiers += ' ') += modifier.text;
            } else if (!record.has_all() &&
                       map(' ' + std::string(modifier.text)).unknown().empty()) {
                (stretch += ' ') += modifier.text;
            } else if (!record.has_all()) {
                redirects = true;
                keep(modifier.text);
                (plan_.ending += ' ') += modifier.text;
            }
        }
        if (auto error = write(stretch, !redirects)) return *error;
        return std::move(plan_);
    }

private:
    void keep(std::string_view term) { plan_.kept.emplace_back(term); }

    [[nodiscard]] NetworkMap map(const std::string& terms) {
        RecordOverlay overlay(domain_, std::string(version_section) + terms, dns_);
        return map_networks(domain_, overlay, options_);
    }

    [[nodiscard]] bool can_be_written(const Directive& directive) {
        if (!is_enumerable(directive.text)) return false;
        if (!std::holds_alternative<Include>(directive.mechanism)) return true;
        return map(' ' + std::string(directive.text)).unknown().empty();
    }

    /// Adds the networks of a stretch to the plan. The last stretch of a record also decides about
    /// all addresses that no term matches.
    [[nodiscard]] std::optional<FlattenError> write(const std::string& terms, bool is_last) {
        if (terms.empty() && !is_last) return std::nullopt;
        const NetworkMap map = this->map(terms);
        if (auto error = obstacle(map)) return error;
        std::array<std::vector<AddressRange>, qualifiers.size()> ranges;
        for (const DecidedRange& each : map.ranges) {
            const Decision& decision = map.decisions[each.decision];
            if (!is_last && decision.mechanism.empty() && !decision.mechanism_domain.empty())
                continue;
            for (std::size_t i = 0; i < qualifiers.size(); ++i) {
                if (qualifiers[i].first == decision.result) ranges[i].push_back(each.range);
            }
        }
        std::array<std::vector<std::string>, qualifiers.size()> written;
        std::size_t longest = 0;
        for (std::size_t i = 0; i < qualifiers.size(); ++i) {
            written[i] = terms_of(NetworkSet(std::move(ranges[i])));
            if (written[i].size() > written[longest].size()) longest = i;
        }
        for (std::size_t i = 0; i < qualifiers.size(); ++i) {
            if (is_last && i == longest) {
                plan_.ending = ' ' + std::string(qualifiers[i].second) + "all";
            } else if (!written[i].empty()) {
                plan_.items.push_back({qualifiers[i].second, std::move(written[i]), {}});
            }
        }
        return std::nullopt;
    }

    std::string domain_;
    dns::Resolver& dns_;
    SweepOptions options_;
    Plan plan_;
};

std::string written_out(const Item& item) {
    if (!item.kept.empty()) return ' ' + item.kept;
    std::string out;
    for (const std::string& term : item.terms) ((out += ' ') += item.qualifier) += term;
    return out;
}

/// Makes one or more records that result in pass for the networks of an item, and adds them to
/// `records`. Returns the terms that include these records.
std::string packed(const Item& item, const std::string& domain, std::size_t max_length,
                   std::vector<FlatRecord>& records) {
    constexpr std::string_view end = " -all";
    std::string includes;
    for (std::size_t at = 0; at < item.terms.size();) {
        std::string record(version_section);
        do {
            (record += ' ') += item.terms[at++];
        } while (at < item.terms.size() &&
                 record.size() + 1 + item.terms[at].size() + end.size() <= max_length);
        record += end;
        const std::string name = "_spf" + std::to_string(records.size()) + '.' + domain;
        ((includes += ' ') += item.qualifier) += "include:" + name;
        records.push_back({name, std::move(record)});
    }
    return includes;
}

std::vector<FlatRecord> laid_out(const Plan& plan, const std::string& domain,
                                 std::size_t max_length) {
    std::string whole(version_section);
    for (const Item& item : plan.items) whole += written_out(item);
    whole += plan.ending + plan.modifiers;
    std::vector<FlatRecord> records{{domain, whole}};
    if (whole.size() <= max_length) return records;

    std::string top(version_section);
    for (const Item& item : plan.items) {
        const std::string inlined = written_out(item);
        // Terms for one or two networks are shorter than an include of a record with them.
        const bool is_short = inlined.size() <= domain.size() + 20;
        top += is_short ? inlined : packed(item, domain, max_length, records);
    }
    records.front().record = top + plan.ending + plan.modifiers;
    return records;
}

}  // namespace

std::string_view FlattenError::message() const noexcept { return row_of(entries, code).message; }
std::string_view FlattenError::message(const Language& language) const {
    return language(message());
}
std::string_view to_string(FlattenError::Code code) noexcept { return row_of(entries, code).name; }

NetworkMap map_to_flatten(std::string_view domain, dns::Resolver& resolver,
                          const SweepOptions& options) {
    return map_networks(domain, resolver, generous_options(options));
}

Expected<Flattened, FlattenError> flatten(std::string_view domain, dns::Resolver& resolver,
                                          const FlattenOptions& options) {
    const auto name = dns::canonical_name(domain);
    if (!name) {
        Problem problem;
        problem.code = Problem::Code::malformed_domain;
        problem.domain = domain;
        problem.syntax = name.error();
        return FlattenError{Code::no_record, std::move(problem)};
    }
    Memo dns(resolver);
    SweepOptions networks = options.networks;
    WorkBudget own_budget(networks.max_work);
    if (networks.budget == nullptr) networks.budget = &own_budget;
    const NetworkMap before = map_to_flatten(*name, dns, networks);
    if (auto error = gap(before)) return *std::move(error);

    const dns::AnswerPtr answer = dns.resolve({*name, dns::RecordType::txt});
    const SelectedRecord selected = select_record(answer->texts);
    const Record* const record = std::get_if<Record>(&selected);
    if (record == nullptr || answer->status != dns::Status::ok) {
        FlattenError error{Code::no_record, {}};
        if (!before.problems.empty()) error.problem = before.problems.front();
        return error;
    }
    if (auto error = obstacle(before)) return *std::move(error);

    const auto plan = Planner(*name, dns, networks).plan(*record);
    if (!plan) return plan.error();
    Flattened out;
    out.records = laid_out(*plan, *name, options.max_length);
    for (const FlatRecord& each : out.records) {
        if (each.record.size() > options.max_length) return FlattenError{Code::too_large, {}};
    }

    Published published(out.records, dns);
    const NetworkMap after = map_networks(*name, published, networks);
    if (auto error = gap(after)) return *std::move(error);
    if (!diff(before, after).empty()) return FlattenError{Code::too_large, {}};
    out.kept = plan->kept;
    out.dns_lookups = after.dns_lookups;
    out.ttl = before.ttl;
    return out;
}

}  // namespace spf::analysis
