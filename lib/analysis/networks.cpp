// The map for people. Decisions are kept once each: thousands of ranges share a few dozen.

#include "spf/analysis/networks.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <tuple>
#include <utility>

#include "analysis/sweep.hpp"
#include "ascii.hpp"
#include "spf/domain.hpp"

namespace spf {
namespace {

/// The first step below `parent` of which `is_wanted` holds; the end where there is none.
template <class Predicate>
Trace::const_iterator child_of(const Trace& trace, Trace::const_iterator parent,
                               Predicate is_wanted) {
    for (auto step = std::next(parent); step != trace.end() && step->depth > parent->depth;
         ++step) {
        if (step->depth == parent->depth + 1 && is_wanted(*step)) return step;
    }
    return trace.end();
}

/// The innermost directive that matched: down from the outermost check through what it was included
/// or redirected by. Directives that matched in an include which did not are beside that way.
void find_source(const Outcome& outcome, Decision& decision) {
    decision.source = outcome.mechanism;
    decision.source_domain = outcome.mechanism_domain;
    if (outcome.problem) return;
    const Trace& trace = outcome.trace;
    const auto is_check = [](const Step& step) { return step.kind == Step::Kind::check_host; };
    const auto leads_on = [](const Step& step) {
        return step.kind == Step::Kind::redirect ||
               (step.kind == Step::Kind::directive && step.match == Step::Match::match);
    };
    for (auto check = trace.begin(); check != trace.end();) {
        const auto step = child_of(trace, check, leads_on);
        if (step == trace.end()) return;
        if (step->kind == Step::Kind::directive) {
            decision.source = step->text;
            decision.source_domain = check->domain;
        }
        check = child_of(trace, step, is_check);
    }
}

/// Gives equal values the same number.
template <class T>
class Numbering {
public:
    std::size_t of(T value, std::vector<T>& values) {
        const auto [entry, is_new] = numbers_.emplace(std::move(value), values.size());
        if (is_new) values.push_back(entry->first);
        return entry->second;
    }

private:
    std::map<T, std::size_t> numbers_;
};

/// Gives problems that say the same the same number.
class ProblemNumbering {
public:
    std::size_t of(const Problem& problem, std::vector<Problem>& problems) {
        const auto [entry, is_new] = numbers_.emplace(
            std::tuple(problem.code, problem.domain, problem.text, problem.type, problem.status),
            problems.size());
        if (is_new) problems.push_back(problem);
        return entry->second;
    }

private:
    using Key = std::tuple<Problem::Code, std::string, std::string, dns::RecordType, dns::Status>;
    std::map<Key, std::size_t> numbers_;
};

/// The problem of the first decision with one of these results.
const Problem* first_problem(const NetworkMap& map, std::initializer_list<Result> results) {
    for (const Decision& each : map.decisions) {
        const bool is_wanted =
            std::find(results.begin(), results.end(), each.result) != results.end();
        if (each.cause && is_wanted) return &map.problems[*each.cause];
    }
    return nullptr;
}

bool starts_before(const DecidedRange& a, const DecidedRange& b) noexcept {
    return std::tie(a.range.family, a.range.first) < std::tie(b.range.family, b.range.first);
}

}  // namespace

const Problem* NetworkMap::failure() const noexcept {
    return first_problem(*this, {Result::temperror});
}

const Problem* NetworkMap::mistake() const noexcept {
    return first_problem(*this, {Result::permerror, Result::none});
}

const Decision* NetworkMap::find(IpAddress address) const noexcept {
    const DecidedRange wanted{{address.family(), address, address}, 0};
    const auto after = std::upper_bound(ranges.begin(), ranges.end(), wanted, starts_before);
    if (after == ranges.begin() || !std::prev(after)->range.contains(address)) return nullptr;
    return &decisions[std::prev(after)->decision];
}

NetworkSet NetworkMap::with(Result result) const {
    std::vector<AddressRange> out;
    for (const DecidedRange& each : ranges) {
        const Decision& decision = decisions[each.decision];
        if (!decision.hangs_on && decision.result == result) out.push_back(each.range);
    }
    return NetworkSet(std::move(out));
}

NetworkSet NetworkMap::unknown() const {
    std::vector<AddressRange> out;
    for (const DecidedRange& each : ranges) {
        if (decisions[each.decision].hangs_on) out.push_back(each.range);
    }
    return NetworkSet(std::move(out));
}

std::vector<SourceSize> NetworkMap::sources() const {
    std::map<std::pair<std::string, std::string>, AddressCount> sizes;
    for (const DecidedRange& each : ranges) {
        const Decision& decision = decisions[each.decision];
        const bool passes = decision.result == Result::pass && !decision.hangs_on;
        if (!passes || each.range.family != Family::ipv4) continue;
        sizes[{decision.source, decision.source_domain}] += AddressCount(each.range);
    }
    std::vector<SourceSize> out;
    out.reserve(sizes.size());
    for (const auto& [source, size] : sizes) out.push_back({source.first, source.second, size});
    std::stable_sort(out.begin(), out.end(),
                     [](const SourceSize& a, const SourceSize& b) { return b.ip4 < a.ip4; });
    return out;
}

NetworkMap map_networks(std::string_view domain, dns::Resolver& resolver,
                        const NetworksOptions& options) {
    NetworkMap map;
    const auto name = DomainName::parse(domain);
    map.domain = name ? name->text() : domain;
    map.ttl = std::chrono::seconds::max();
    Sweep sweep(domain, resolver, options, true);
    Numbering<Decision> decisions;
    Numbering<NotEnumerable> terms;
    ProblemNumbering problems;
    for (const Family family : {Family::ipv4, Family::ipv6}) {
        bool is_first = true;
        for (sweep.start(family); !sweep.at_end() && !sweep.is_exhausted();) {
            SweptRange swept = sweep.step();
            const Outcome& outcome = swept.outcome;
            map.ttl = std::min(map.ttl, outcome.ttl);
            Decision decision;
            if (swept.hangs_on) {
                decision.hangs_on = terms.of(std::move(*swept.hangs_on), map.not_enumerable);
            } else {
                decision.result = outcome.result;
                if (outcome.problem) {
                    decision.problem = outcome.problem->code;
                    decision.cause = problems.of(*outcome.problem, map.problems);
                }
                decision.mechanism = outcome.mechanism;
                decision.mechanism_domain = outcome.mechanism_domain;
                find_source(outcome, decision);
            }
            decision.dns_lookups = outcome.dns_lookups;
            decision.void_lookups = outcome.void_lookups;
            map.dns_lookups = std::max(map.dns_lookups, swept.dns_lookups);
            map.void_lookups = std::max(map.void_lookups, swept.void_lookups);
            const std::size_t number = decisions.of(std::move(decision), map.decisions);
            if (!is_first && map.ranges.back().decision == number) {
                map.ranges.back().range.last = swept.range.last;
            } else {
                map.ranges.push_back({swept.range, number});
            }
            is_first = false;
        }
        map.is_too_large = map.is_too_large || !sweep.at_end();
    }
    if (map.ranges.empty()) map.ttl = std::chrono::seconds{0};
    return map;
}

RecordOverlay::RecordOverlay(std::string_view name, std::string text, dns::Resolver& upstream)
    : name_(name), upstream_(upstream) {
    if (!name_.empty() && name_.back() == '.') name_.pop_back();
    ascii::make_lower(name_);
    dns::Answer answer;
    answer.status = dns::Status::ok;
    answer.texts.push_back(std::move(text));
    record_ = dns::with_selected_record(std::make_shared<const dns::Answer>(std::move(answer)));
}

dns::AnswerPtr RecordOverlay::resolve(const dns::Question& question) {
    if (question.type == dns::RecordType::txt && question.name == name_) return record_;
    return upstream_.resolve(question);
}

}  // namespace spf
