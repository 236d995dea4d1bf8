// Builds a NetworkMap from the results for all addresses. Each different Decision is stored once,
// because thousands of ranges have only a few dozen different decisions.

#include "spf/analysis/networks.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/ascii.hpp"
#include "evaluation/sweep.hpp"
#include "spf/dns/name.hpp"

namespace spf::analysis {
namespace {

/// Gives each value a number, which is its index in a vector. Equal values have the same number and
/// are stored once.
template <class T>
class Numbering {
public:
    explicit Numbering(std::vector<T>& values) : values_(values), known_(Less{&values}) {}

    std::size_t of(T value) {
        values_.push_back(std::move(value));
        const auto [number, is_new] = known_.insert(values_.size() - 1);
        if (!is_new) values_.pop_back();
        return *number;
    }

private:
    struct Less {
        const std::vector<T>* values;
        bool operator()(std::size_t a, std::size_t b) const { return (*values)[a] < (*values)[b]; }
    };
    std::vector<T>& values_;
    std::set<std::size_t, Less> known_;
};

/// Gives each problem a number, which is its index in a vector. Problems with the same content have
/// the same number.
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

/// Returns the problem of the first decision that has a problem and whose result is one of
/// `results`; null if there is none.
const Problem* first_problem(const NetworkMap& map, std::initializer_list<Result> results) {
    for (const Decision& each : map.decisions) {
        const bool is_wanted =
            std::find(results.begin(), results.end(), each.result) != results.end();
        if (each.cause && is_wanted) return &map.problems[*each.cause];
    }
    return nullptr;
}

/// Returns the number of networks into which a range is divided, which is the size of
/// networks_of(range).
std::size_t network_count(const AddressRange& range) {
    std::size_t count = 0;
    const IpAddress end = range.last;
    for (IpAddress at = range.first;; ++count) {
        unsigned length = range.family == Family::ipv4 ? 32 : 128;
        IpAddress last = at;
        while (length > 0) {
            const AddressRange wider =
                Network(range.family, at.high(), at.low(), length - 1).range();
            if (wider.first != at || wider.last > end) break;
            last = wider.last;
            --length;
        }
        if (last == end) return count + 1;
        at = last.next();
    }
}

/// Builds a NetworkMap by adding one range after the other, in the order of addresses.
class MapBuilder {
public:
    explicit MapBuilder(NetworkMap& map)
        : map_(map), decisions_(map.decisions), terms_(map.not_enumerable) {}

    /// Adds a range and its decision to the map.
    /// \return the work done, in steps of a WorkBudget
    std::size_t add(const SweptRange& swept) {
        const Outcome& outcome = swept.outcome;
        map_.dns_lookups = std::max(map_.dns_lookups, outcome.dns_lookups);
        map_.void_lookups = std::max(map_.void_lookups, outcome.void_lookups);
        map_.ttl =
            std::min(map_.ttl, swept.depends_on != nullptr ? swept.depends_on->ttl : outcome.ttl);
        Decision decision =
            swept.depends_on != nullptr ? hanging(*swept.depends_on) : decided(swept);
        const std::size_t octets = decision.mechanism.size() + decision.source.size();
        const std::size_t number = decisions_.of(std::move(decision));
        std::vector<DecidedRange>& ranges = map_.ranges;
        const bool is_more = !ranges.empty() && ranges.back().decision == number &&
                             ranges.back().range.family == swept.range.family;
        if (is_more) {
            ranges.back().range.last = swept.range.last;
        } else {
            if (!ranges.empty()) networks_ += network_count(ranges.back().range);
            ranges.push_back({swept.range, number});
        }
        return octets / octets_a_step;
    }
    /// Returns whether there are more networks than a map may have.
    [[nodiscard]] bool is_full() const noexcept { return networks_ > NetworkMap::most_networks; }

private:
    static constexpr std::size_t octets_a_step = 32;

    Decision hanging(const Survey::Dependence& dependence) {
        Decision out;
        out.depends_on = terms_.of({dependence.term, dependence.domain});
        out.dns_lookups = dependence.dns_lookups;
        out.void_lookups = dependence.void_lookups;
        return out;
    }
    Decision decided(const SweptRange& swept) {
        const Outcome& outcome = swept.outcome;
        Decision out;
        out.result = outcome.result;
        if (outcome.problem) {
            out.problem = outcome.problem->code;
            out.cause = problems_.of(*outcome.problem, map_.problems);
        }
        out.mechanism = outcome.mechanism;
        out.mechanism_domain = outcome.mechanism_domain;
        out.source = swept.source;
        out.source_domain = swept.source_domain;
        out.dns_lookups = outcome.dns_lookups;
        out.void_lookups = outcome.void_lookups;
        return out;
    }

    NetworkMap& map_;
    Numbering<Decision> decisions_;
    Numbering<NotEnumerable> terms_;
    ProblemNumbering problems_;
    std::size_t networks_ = 0;
};

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
        if (!decision.depends_on && decision.result == result) out.push_back(each.range);
    }
    return NetworkSet(std::move(out));
}

NetworkSet NetworkMap::unknown() const {
    std::vector<AddressRange> out;
    for (const DecidedRange& each : ranges) {
        if (decisions[each.decision].depends_on) out.push_back(each.range);
    }
    return NetworkSet(std::move(out));
}

std::vector<SourceSize> NetworkMap::sources() const {
    std::map<std::pair<std::string, std::string>, AddressCount> sizes;
    for (const DecidedRange& each : ranges) {
        const Decision& decision = decisions[each.decision];
        const bool passes = decision.result == Result::pass && !decision.depends_on;
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
                        const SweepOptions& options) {
    NetworkMap map;
    const auto name = dns::canonical_name(domain);
    map.domain = name ? *name : domain;
    map.ttl = std::chrono::seconds::max();
    Sweep sweep(domain, resolver, options);
    MapBuilder builder(map);
    for (const Family family : {Family::ipv4, Family::ipv6}) {
        for (sweep.start(family); !sweep.at_end() && !sweep.is_exhausted();) {
            const SweptRange swept = sweep.step();
            sweep.spend(builder.add(swept));
            if (builder.is_full()) break;
        }
        map.is_too_large = map.is_too_large || !sweep.at_end();
    }
    if (map.ranges.empty()) map.ttl = std::chrono::seconds{0};
    return map;
}

}  // namespace spf::analysis
