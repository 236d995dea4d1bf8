// A Policy is a table of ranges of addresses, each with its decision. The table is filled by the
// sweep of evaluation/sweep.hpp, which determines the results for all addresses. It contains only
// the first address of each range: the ranges are adjacent, so each range ends where the next one
// begins. Many ranges have the same decision, so each different decision is stored only once.

#include "spf/policy/policy.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <span>
#include <utility>

#include "base/code_table.hpp"
#include "evaluation/sweep.hpp"
#include "spf/base/message.hpp"

namespace spf {
namespace {

using Code = PolicyError::Code;

constexpr std::array<CodeEntry<Code>, PolicyError::code_count> entries{{
    {Code::depends_on_message, "depends_on_message",
     "the networks that \"{1}\" in the record of {2} matches cannot be listed"},
    {Code::dns_failure, "dns_failure", "DNS lookups for {2} fail"},
    {Code::too_large, "too_large", "the policy of {2} is too large to be compiled"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

/// Returns the index of the last element that is not greater than `key`. `begins` must be sorted,
/// and its first element must not be greater than `key`. The number of iterations is the same for
/// every key, and the comparison becomes a conditional move, not a branch.
template <class T>
std::size_t last_not_above(std::span<const T> begins, const T& key) noexcept {
    const T* base = begins.data();
    for (std::size_t size = begins.size(); size > 1;) {
        const std::size_t half = size / 2;
        base = base[half] <= key ? base + half : base;
        size -= half;
    }
    return static_cast<std::size_t>(base - begins.data());
}

PolicyDecision decision_of(const Outcome& outcome, Sweep& sweep) {
    PolicyDecision out;
    out.result = outcome.result;
    if (outcome.problem) out.problem = outcome.problem->code;
    if (out.problem == Problem::Code::no_record) out.almost_record = outcome.problem->text;
    out.mechanism = outcome.mechanism;
    out.mechanism_domain = outcome.mechanism_domain;
    out.dns_lookups = outcome.dns_lookups;
    out.void_lookups = outcome.void_lookups;
    out.ttl = outcome.ttl;
    out.depends_on_sender = outcome.depends_on_sender;
    out.is_explained =
        outcome.result == Result::fail && sweep.is_explained(outcome.mechanism_domain);
    return out;
}

/// Returns why the outcome for a range cannot be part of a policy; nothing if it can.
/// \param ttl  the smallest TTL of the ranges that were evaluated before this one
std::optional<PolicyError> problem_with(const SweptRange& swept, std::string_view domain,
                                        std::chrono::seconds ttl) {
    if (swept.depends_on != nullptr) {
        return PolicyError{PolicyError::Code::depends_on_message, swept.depends_on->term,
                           swept.depends_on->domain, std::min(ttl, swept.depends_on->ttl)};
    }
    if (swept.outcome.result != Result::temperror) return std::nullopt;
    return PolicyError{PolicyError::Code::dns_failure, {}, std::string(domain), {}};
}

}  // namespace

std::string PolicyError::message() const {
    const std::array<Argument, 2> arguments{term, domain};
    return rendered(row_of(entries, code).message, arguments);
}

std::string_view to_string(PolicyError::Code code) noexcept { return row_of(entries, code).name; }

Expected<Policy, PolicyError> Policy::compile(std::string_view domain, dns::Resolver& resolver,
                                              const PolicyOptions& options) {
    Policy policy;
    policy.ttl_ = std::chrono::seconds::max();
    SweepOptions budget;
    budget.limits = options.limits;
    // Each range stores the number of its decision in 16 bits. There are at most as many decisions
    // as ranges, so the number of ranges is limited to what 16 bits can hold.
    budget.max_evaluations =
        std::min<std::size_t>(options.max_ranges, std::numeric_limits<std::uint16_t>::max());
    budget.max_work = options.max_work;
    Sweep sweep(domain, resolver, budget);
    std::map<PolicyDecision, std::uint16_t> numbers;
    for (const Family family : {Family::ipv4, Family::ipv6}) {
        for (sweep.start(family); !sweep.at_end();) {
            if (sweep.is_exhausted()) {
                const bool is_seen = policy.ttl_ != std::chrono::seconds::max();
                return PolicyError{Code::too_large,
                                   {},
                                   std::string(domain),
                                   is_seen ? policy.ttl_ : std::chrono::seconds{0}};
            }
            const SweptRange swept = sweep.step();
            if (auto problem = problem_with(swept, domain, policy.ttl_)) return *std::move(problem);
            policy.ttl_ = std::min(policy.ttl_, swept.outcome.ttl);
            const auto [entry, is_new] =
                numbers.emplace(decision_of(swept.outcome, sweep),
                                static_cast<std::uint16_t>(policy.decisions_.size()));
            if (is_new) policy.decisions_.push_back(entry->first);
            policy.append(family, swept.range.first, entry->second);
        }
    }
    return policy;
}

void Policy::append(Family family, IpAddress first, std::uint16_t decision) {
    const bool is_v4 = family == Family::ipv4;
    std::vector<std::uint16_t>& column = is_v4 ? v4_decisions_ : v6_decisions_;
    if (!column.empty() && column.back() == decision) return;
    column.push_back(decision);
    if (is_v4) {
        v4_begins_.push_back(first.v4_bits());
    } else {
        v6_begins_.push_back({first.high(), first.low()});
    }
}

const PolicyDecision& Policy::check(IpAddress ip) const& noexcept {
    if (ip.is_v4()) {
        const std::span<const std::uint32_t> begins(v4_begins_);
        return decisions_[v4_decisions_[last_not_above(begins, ip.v4_bits())]];
    }
    const std::span<const Bits> begins(v6_begins_);
    return decisions_[v6_decisions_[last_not_above(begins, Bits{ip.high(), ip.low()})]];
}

}  // namespace spf
