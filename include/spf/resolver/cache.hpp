/// \file resolver/cache.hpp  Keeps answers as long as their TTL allows (RFC 1035 section 7.4, RFC
/// 2308).
///
/// `AnswerCache` is the store. Threads may share one object. `CachingResolver` puts an AnswerCache
/// before any `dns::Resolver`. An asynchronous driver, such as CaresDriver, uses the AnswerCache
/// directly.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// How many answers an AnswerCache keeps, and how long. An answer whose TTL is longer than the
/// maximum here is kept for that maximum.
struct CacheOptions {
    using Clock = std::chrono::steady_clock;  ///< the clock that decides when an answer has expired

    /// The maximum size of all entries together in octets, as the cache estimates it. If a new
    /// answer does not fit, the cache removes the answers whose last use is longest ago.
    std::size_t max_bytes = std::size_t{64} << 20U;
    /// The minimum time for which answers with records are kept. A value above zero keeps answers
    /// beyond their TTL, so the cache may return stale data.
    std::chrono::seconds min_ttl{0};
    /// The maximum time for which answers with records are kept.
    std::chrono::seconds max_ttl{86'400};
    /// The maximum time for which the negative answers dns::Status::nxdomain and
    /// dns::Status::no_data are kept. RFC 2308, 5, recommends 1 to 3 hours.
    std::chrono::seconds max_negative_ttl{10'800};
    /// The time for which servfail, timeout and other failures are kept, which have no TTL (RFC
    /// 2308, 7). A value above AnswerCache::longest_failure_ttl is reduced to that maximum. If the
    /// value is zero, the cache keeps no failures.
    std::chrono::seconds failure_ttl{2};
    /// Whether to keep the parsed SPF record with a TXT answer, so that a record which is needed
    /// often is parsed only once.
    bool parse_records = true;
    /// A function that returns the current time, for tests. If it is empty, the cache calls
    /// Clock::now.
    std::function<Clock::time_point()> now{};
};

/// What a cache has done since its construction, and what it holds now.
struct CacheStatistics {
    std::uint64_t hits = 0;    ///< the number of questions answered from the cache
    std::uint64_t misses = 0;  ///< the number of questions for which the cache had no answer
    /// The number of questions that waited because another thread was already asking the same
    /// question.
    std::uint64_t coalesced = 0;
    /// The number of answers removed before they expired, because the space was needed for others.
    std::uint64_t evictions = 0;
    std::size_t entries = 0;  ///< the number of answers in the cache now
    std::size_t bytes = 0;    ///< the estimated size of these answers in octets
};

/// Stores answers in memory. The hash of the question selects one of several shards, and each shard
/// has a lock of its own. In addition, each thread has a small store of the answers that it used
/// recently, so that threads rarely wait for each other. Such a store refers to at most 4 MiB of
/// answers. Most of them are in a shard too, which refers to the same memory.
///
/// Any number of threads may call all members at the same time. Throws only std::bad_alloc.
class SPF_EXPORT AnswerCache {
public:
    /// The longest time for which a failure is kept, even if CacheOptions::failure_ttl is longer.
    static constexpr std::chrono::seconds longest_failure_ttl{10};

    /// Makes an empty cache.
    explicit AnswerCache(CacheOptions options = {});
    ~AnswerCache();
    AnswerCache(const AnswerCache&) = delete;
    AnswerCache& operator=(const AnswerCache&) = delete;

    /// Returns the answer to a question, or null if the cache has none. Counts as a hit or a miss
    /// in statistics(). The `ttl` of the answer is the one that it had when it was stored. The call
    /// computes one hash. It allocates nothing if the thread found the same answer recently.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question);

    /// Returns the answer to a question, or null if the cache has none. Sets `left` to the number
    /// of whole seconds for which the answer is still valid.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question, std::chrono::seconds& left);

    /// Stores an answer if its status and TTL allow it. Replaces an earlier answer to the same
    /// question. Ignores null. Does not store a failure if the question's deadline has passed,
    /// because a caller with more time might get an answer.
    /// \return the answer to use from now on: the given answer, or a copy of it with its SPF record
    ///         parsed.
    dns::AnswerPtr store(const dns::Question& question, dns::AnswerPtr answer);

    /// Returns the answer from the cache or, if the cache has none, asks `upstream`. While one
    /// thread asks, other threads with the same question wait for its answer, each until its own
    /// deadline. If the asking thread stops at its deadline without an answer, one of the waiting
    /// threads asks. Exceptions of `upstream` reach the caller. `upstream` may itself call this
    /// cache, but only with the same question.
    [[nodiscard]] dns::AnswerPtr resolve(const dns::Question& question, dns::Resolver& upstream);

    /// Removes all answers. The answers to questions that threads are asking at this moment are
    /// stored when they arrive.
    void clear();

    /// Returns CacheOptions::parse_records.
    [[nodiscard]] bool parses_records() const noexcept { return options_.parse_records; }
    /// Returns what the cache has done since its construction, and what it holds now.
    [[nodiscard]] CacheStatistics statistics() const;

    /// Returns the current time, from CacheOptions::now if this function is not empty.
    [[nodiscard]] CacheOptions::Clock::time_point time() const;
    /// Returns time(), or a time a few milliseconds earlier. It is faster than time() if
    /// CacheOptions::now is empty. Use it if only durations of seconds matter.
    [[nodiscard]] CacheOptions::Clock::time_point recent_time() const;

private:
    class Shard;
    class Lane;
    Shard& shard(std::size_t hash) noexcept;
    /// Does the same as resolve(), but returns null if this thread waited for another thread that
    /// was asking the question, and the other thread stopped without an answer.
    dns::AnswerPtr resolve_or_wait(const dns::Question& question, dns::Resolver& upstream);
    dns::AnswerPtr prepare(const dns::Question& question, dns::AnswerPtr answer) const;
    [[nodiscard]] std::chrono::seconds lifetime(const dns::Answer& answer) const noexcept;

    CacheOptions options_;
    std::uint64_t seed_;
    std::unique_ptr<Shard[]> shards_;
    std::unique_ptr<Lane[]> lanes_;
};

/// A resolver with a cache. Owns neither the other resolver nor the cache. Both must exist longer
/// than this object.
///
/// An answer has the TTL that it had when it was stored, see AnswerCache::lookup().
///
/// Is as thread-safe as `upstream`. If only one thread may use `upstream`, give each thread an
/// `upstream` and a CachingResolver of its own. All of them may use the same AnswerCache.
class CachingResolver final : public dns::Resolver {
public:
    /// Makes a resolver that answers from `cache`, and asks `upstream` if `cache` has no answer.
    CachingResolver(dns::Resolver& upstream, AnswerCache& cache) noexcept
        : upstream_(upstream), cache_(cache) {}

    /// Calls AnswerCache::resolve() of the cache.
    dns::AnswerPtr resolve(const dns::Question& question) override {
        return cache_.resolve(question, upstream_);
    }

private:
    dns::Resolver& upstream_;
    AnswerCache& cache_;
};

}  // namespace spf
