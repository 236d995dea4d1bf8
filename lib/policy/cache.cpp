// A table that contains the policy of each domain. It is divided into shards, each with its own
// lock, as the AnswerCache is.

#include "spf/policy/cache.hpp"

#include <algorithm>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/name_hash.hpp"
#include "base/octets.hpp"
#include "base/seed.hpp"
#include "dns/clock.hpp"
#include "evaluation/arguments.hpp"
#include "spf/dns/name.hpp"
#include "spf/evaluation/check_host.hpp"

namespace spf {
namespace {

using Clock = CacheOptions::Clock;

constexpr std::size_t shard_count = 16;
/// Compiling this many ranges of a policy takes about as much time as the policy saves each time it
/// decides a message.
constexpr std::size_t ranges_a_hit = 64;

/// A resolver that returns the answers of an AnswerCache with their remaining TTL. Questions that
/// the cache has no answer for are passed to `upstream`.
class AgedAnswers final : public dns::Resolver {
public:
    AgedAnswers(AnswerCache& answers, dns::Resolver* upstream) noexcept
        : answers_(answers), upstream_(upstream) {}

    dns::AnswerPtr resolve(const dns::Question& question) override {
        std::chrono::seconds left{0};
        const dns::AnswerPtr answer = answers_.lookup(question, left);
        // An answer in its last second is treated as missing, because a policy made from it would
        // expire at once.
        const bool is_going = answer != nullptr && left == std::chrono::seconds{0} &&
                              answer->ttl > std::chrono::seconds{0};
        if (answer != nullptr && !is_going) {
            auto aged = std::make_shared<dns::Answer>(*answer);
            aged->ttl = std::min(aged->ttl, left);
            return aged;
        }
        if (upstream_ == nullptr) {
            is_incomplete_ = true;
            return dns::make_answer(dns::Status::timeout);
        }
        return is_going ? answers_.store(question, upstream_->resolve(question))
                        : answers_.resolve(question, *upstream_);
    }

    /// Returns whether an answer was missing or in its last second, and there was no `upstream` to
    /// ask for it.
    [[nodiscard]] bool is_incomplete() const noexcept { return is_incomplete_; }

private:
    AnswerCache& answers_;
    dns::Resolver* upstream_;
    bool is_incomplete_ = false;
};

/// Returns whether a decision contains all that the Outcome of a check needs: there is no problem
/// to describe except that the domain has no SPF record (4.3, 4.5), and no explanation is needed.
bool says_all(const PolicyDecision& decision, const Options& options) noexcept {
    if (decision.problem) {
        return decision.problem == Problem::Code::no_record ||
               decision.problem == Problem::Code::no_such_domain;
    }
    return !decision.is_explained || !options.explanation;
}

std::size_t size_of(const Policy& policy) noexcept {
    std::size_t bytes =
        sizeof policy + policy.size() * (2 * sizeof(std::uint64_t) + sizeof(std::uint16_t));
    for (const PolicyDecision& decision : policy.decisions())
        bytes += sizeof decision + decision.mechanism.size() + decision.mechanism_domain.size() +
                 decision.almost_record.size();
    return bytes;
}

/// Returns whether the limits that affect a policy are the same. The limits for the reverse mapping
/// and for explanations do not affect it, because a policy contains neither.
bool same(const Limits& left, const Limits& right) noexcept {
    return left.dns_lookups == right.dns_lookups && left.void_lookups == right.void_lookups &&
           left.mx_names == right.mx_names;
}

/// A name and its hash, which is computed only once: it selects the shard and is used in the table.
struct Hashed {
    std::string_view name;
    std::size_t hash = 0;

    operator std::string_view() const noexcept { return name; }
};
/// Hashes the keys of the table. The table can be searched for a std::string_view, so that the name
/// need not be copied.
struct Hash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): fixed by the standard
    std::uint64_t seed = 0;
    // Not noexcept, so that libstdc++ keeps each hash in the table (as for the table of the
    // AnswerCache). A search for a name that is not there reads no other name then.
    std::size_t operator()(std::string_view name) const { return hash_name(name, seed); }
    std::size_t operator()(const Hashed& key) const noexcept { return key.hash; }
};
struct Equal {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): fixed by the standard
    bool operator()(std::string_view left, std::string_view right) const noexcept {
        return octets::same(left, right);
    }
};

}  // namespace

class PolicyCache::Shard {
public:
    /// Sets the maximum number of domains, and the maximum of octets for all of them.
    void use(std::uint64_t seed, std::size_t room, std::size_t max_octets) {
        entries_ = Entries(0, Hash{seed});
        room_ = room;
        max_octets_ = max_octets;
    }

    /// Sets the members of `outcome` from the policy of outcome.domain. `hash` is the hash of this
    /// domain.
    /// \return false if there is no valid policy, or if the policy does not contain all that the
    /// outcome needs
    bool decide(std::size_t hash, const Options& options, Clock::time_point now, Outcome& outcome) {
        const std::lock_guard lock{mutex_};
        const auto found = entries_.find(Hashed{outcome.domain, hash});
        if (found == entries_.end() || !found->second.policy || found->second.until <= now)
            return miss();
        const Policy& policy = *found->second.policy;
        const PolicyDecision& decision = policy.check(outcome.ip);
        if (!says_all(decision, options)) return miss();
        ++statistics_.hits;
        ++found->second.hits;
        outcome.result = decision.result;
        outcome.mechanism = decision.mechanism;
        outcome.mechanism_domain = decision.mechanism_domain;
        outcome.dns_lookups = decision.dns_lookups;
        outcome.void_lookups = decision.void_lookups;
        const auto left = std::chrono::floor<std::chrono::seconds>(found->second.until - now);
        outcome.ttl = decision.ttl - (policy.ttl() - left);
        outcome.depends_on_sender = decision.depends_on_sender;
        if (decision.problem) {
            Problem& problem = outcome.problem.emplace();
            problem.code = *decision.problem;
            problem.domain = outcome.domain;
            problem.text = decision.almost_record;
        }
        return true;
    }

    /// Counts a message from the domain. Returns whether the policy of the domain should be
    /// compiled now: after `compile_after` messages, or after more messages if the compilation was
    /// postponed.
    bool note(std::string_view domain, Clock::time_point now, unsigned compile_after) {
        const std::lock_guard lock{mutex_};
        auto found = entries_.find(domain);
        if (found == entries_.end()) {
            while (!entries_.empty() && (entries_.size() >= room_ || octets_ >= max_octets_))
                make_room(now);
            found = entries_.try_emplace(std::string{domain}).first;
            octets_ += octets_of(*found);
        }
        Entry& entry = found->second;
        // Before `entry.until`, the policy is still valid, or the next attempt to compile it is not
        // due yet.
        if (now < entry.until) return false;
        if (entry.policy) entry.account_for_hits(compile_after);
        set_policy(*found, nullptr);
        if (++entry.messages < std::max(compile_after, entry.put_off)) return false;
        entry.messages = 0;
        return true;
    }

    /// Postpones the compilation of a domain's policy. Call this function if the cache lacks
    /// answers that the policy needs, and only the checks of other messages may add them. Each call
    /// postpones the compilation further.
    void put_off(std::string_view domain, unsigned compile_after) {
        const std::lock_guard lock{mutex_};
        const auto found = entries_.find(domain);
        // Without an entry, there is nothing to postpone: the entry was removed meanwhile.
        if (found != entries_.end()) found->second.put_off_more(compile_after);
    }

    void keep(std::string_view domain, Policy&& policy, Clock::time_point now,
              Clock::time_point until) {
        put(domain, std::make_unique<const Policy>(std::move(policy)), until, statistics_.compiled);
        const std::lock_guard lock{mutex_};
        while (octets_ > max_octets_ && entries_.size() > 1) make_room(now);
    }
    void leave_alone(std::string_view domain, Clock::time_point until) {
        put(domain, nullptr, until, statistics_.refused);
    }

    void clear() {
        const std::lock_guard lock{mutex_};
        entries_.clear();
        octets_ = 0;
    }

    void add_to(PolicyCacheStatistics& sum) const {
        const std::lock_guard lock{mutex_};
        sum.hits += statistics_.hits;
        sum.misses += statistics_.misses;
        sum.compiled += statistics_.compiled;
        sum.refused += statistics_.refused;
    }

private:
    struct Entry {
        /// Null if no policy is compiled. A pointer is used because most domains never get a
        /// policy, and their entries should be small.
        std::unique_ptr<const Policy> policy;
        /// If there is a policy, the time until which it is valid. Otherwise the time before which
        /// no attempt to compile a policy is made.
        Clock::time_point until{};
        unsigned messages = 0;
        /// The number of messages after which the policy is compiled, if its compilation is
        /// postponed beyond `compile_after` messages; otherwise 0.
        unsigned put_off = 0;
        std::uint64_t hits = 0;  ///< the number of messages decided by the policy

        void put_off_more(unsigned compile_after) noexcept {
            constexpr unsigned longest = 1024;
            if (put_off < longest) put_off = 2 * std::max({put_off, compile_after, 1U});
        }
        /// Called when the policy has expired. Postpones the next compilation if the policy saved
        /// less time than its compilation took. Otherwise ends the postponement.
        void account_for_hits(unsigned compile_after) noexcept {
            if (hits < policy->size() / ranges_a_hit) {
                put_off_more(compile_after);
            } else {
                put_off = 0;
            }
        }
    };
    using Entries = std::unordered_map<std::string, Entry, Hash, Equal>;

    /// Returns about how much memory a domain takes: the name, the nodes of the table, the policy.
    static std::size_t octets_of(const Entries::value_type& entry) noexcept {
        constexpr std::size_t pointers = 6 * sizeof(void*);
        const auto& [domain, kept] = entry;
        return sizeof entry + pointers + domain.size() + (kept.policy ? size_of(*kept.policy) : 0);
    }
    void set_policy(Entries::value_type& entry, std::unique_ptr<const Policy> policy) noexcept {
        octets_ -= octets_of(entry);
        entry.second.policy = std::move(policy);
        entry.second.hits = 0;
        octets_ += octets_of(entry);
    }

    bool miss() noexcept {
        ++statistics_.misses;
        return false;
    }

    void put(std::string_view domain, std::unique_ptr<const Policy> policy, Clock::time_point until,
             std::uint64_t& count) {
        const std::lock_guard lock{mutex_};
        ++count;
        const auto found = entries_.find(domain);
        if (found == entries_.end()) return;  // the entry was removed meanwhile
        set_policy(*found, std::move(policy));
        found->second.until = until;
    }

    /// Removes one of the next entries, counted from where the last call ended: one whose time
    /// `until` has passed, or the one whose policy has decided the fewest messages. There must be
    /// an entry.
    void make_room(Clock::time_point now) {
        const std::size_t examined = std::min<std::size_t>(entries_.size(), 8);
        const auto hits_of = [now](const Entry& entry) {
            return entry.until <= now ? 0 : entry.hits + 1;
        };
        const Entries::value_type* least = nullptr;
        for (std::size_t seen = 0; seen < examined; ++hand_) {
            const std::size_t bucket = hand_ % entries_.bucket_count();
            for (auto at = entries_.begin(bucket); at != entries_.end(bucket); ++at, ++seen) {
                if (least == nullptr || hits_of(at->second) < hits_of(least->second)) least = &*at;
            }
        }
        octets_ -= octets_of(*least);
        entries_.erase(entries_.find(least->first));
    }

    mutable std::mutex mutex_;
    Entries entries_;
    std::size_t room_ = 0;
    std::size_t octets_ = 0;  // of all entries, see octets_of()
    std::size_t max_octets_ = 0;
    std::size_t hand_ = 0;  // the bucket at which make_room() continues
    PolicyCacheStatistics statistics_;
};

PolicyCache::PolicyCache(AnswerCache& answers, PolicyCacheOptions options)
    : answers_(answers),
      options_(options),
      seed_(random_seed()),
      shards_(std::make_unique<Shard[]>(shard_count)) {
    for (std::size_t i = 0; i < shard_count; ++i) {
        shards_[i].use(seed_, std::max<std::size_t>(options_.max_domains / shard_count, 1),
                       options_.max_total_bytes / shard_count);
    }
}
PolicyCache::~PolicyCache() = default;

PolicyCache::Shard& PolicyCache::shard(std::size_t hash) noexcept {
    return shards_[shard_of(hash, shard_count)];
}

std::optional<Outcome> PolicyCache::check(const Request& request, const Options& options) {
    std::optional<Outcome> outcome(std::in_place);
    if (!check(request, options, *outcome)) outcome.reset();
    return outcome;
}

bool PolicyCache::check(const Request& request, const Options& options, Outcome& outcome) {
    if (options.trace || options.scope || !request.record.empty() ||
        !same(options.limits, options_.policy.limits)) {
        return false;
    }
    begin_outcome(request, options.limits, outcome);
    if (!make_askable(outcome.domain)) return false;
    const std::size_t hash = hash_name(outcome.domain, seed_);
    return shard(hash).decide(hash, options, answers_.recent_time(), outcome);
}

void PolicyCache::learn(std::string_view domain, dns::Resolver* upstream) {
    if (dns::check_host_domain_problem(domain)) return;
    const Clock::time_point now = answers_.time();
    Shard& home = shard(hash_name(domain, seed_));
    if (!home.note(domain, now, options_.compile_after)) return;
    AgedAnswers aged{answers_, upstream};
    auto policy = Policy::compile(domain, aged, options_.policy);
    if (aged.is_incomplete()) {
        home.put_off(domain, options_.compile_after);
        return;
    }
    const bool is_good =
        policy && policy->ttl() > std::chrono::seconds{0} && size_of(*policy) <= options_.max_bytes;
    if (is_good) {
        const Clock::time_point until = dns::later(now, policy->ttl());
        home.keep(domain, *std::move(policy), now, until);
    } else {
        constexpr std::chrono::seconds longest{86'400};
        const std::chrono::seconds stays = policy ? policy->ttl() : policy.error().ttl;
        home.leave_alone(domain,
                         dns::later(now, std::max(options_.retry_after, std::min(stays, longest))));
    }
}

void PolicyCache::set_limits(const Limits& limits) {
    if (same(limits, options_.policy.limits)) return;
    options_.policy.limits = limits;
    clear();
}

void PolicyCache::clear() {
    for (std::size_t i = 0; i < shard_count; ++i) shards_[i].clear();
}

PolicyCacheStatistics PolicyCache::statistics() const {
    PolicyCacheStatistics sum;
    for (std::size_t i = 0; i < shard_count; ++i) shards_[i].add_to(sum);
    return sum;
}

Outcome check_host(const Request& request, dns::Resolver& resolver, PolicyCache& policies,
                   const Options& options) {
    if (auto known = policies.check(request, options)) return *std::move(known);
    // The deadline also applies to the lookups that compile the policy, because the caller waits
    // for them too.
    dns::DeadlineResolver timed{resolver, dns::deadline_after(options.limits.deadline)};
    CachingResolver caching{timed, policies.answers()};
    Outcome outcome = check_host(request, caching, options);
    if (request.record.empty()) policies.learn(outcome.domain, &timed);
    return outcome;
}

}  // namespace spf
