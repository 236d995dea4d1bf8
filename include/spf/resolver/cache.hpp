/// \file resolver/cache.hpp  Keeps answers as long as their TTL allows (RFC 1035 section 7.4, RFC
/// 2308).
///
/// `AnswerCache` is the store, which threads share. `CachingResolver` combines it with any
/// `dns::Resolver`. An asynchronous driver uses the store directly.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"

namespace spf {

/// How much an AnswerCache keeps, and how long. Longer times are reduced to these bounds.
struct CacheOptions {
    using Clock = std::chrono::steady_clock;  ///< the clock of the cache

    /// Estimated maximum size of names and answers together; the least recently used are removed
    /// first.
    std::size_t max_bytes = std::size_t{64} << 20U;
    std::chrono::seconds min_ttl{0};  ///< of answers with records; a larger value serves stale data
    /// Of answers with records.
    std::chrono::seconds max_ttl{86'400};
    /// Of nxdomain and no data (RFC 2308, 5: 1 to 3 hours).
    std::chrono::seconds max_negative_ttl{10'800};
    /// Of servfail, timeout and other failures, which have no TTL (RFC 2308, 7); values above
    /// AnswerCache::longest_failure_ttl count as that. Zero: failures are not kept.
    std::chrono::seconds failure_ttl{2};
    /// Keep the parsed SPF record with a TXT answer, so that a frequent record is parsed once.
    bool parse_records = true;
    /// For tests: returns the current time. Absent: Clock::now.
    std::function<Clock::time_point()> now{};
};

/// What a cache has done so far.
struct CacheStatistics {
    std::uint64_t hits = 0;       ///< questions answered from the cache
    std::uint64_t misses = 0;     ///< questions that had to be asked
    std::uint64_t coalesced = 0;  ///< questions that waited for the same question of another thread
    std::uint64_t evictions = 0;  ///< answers removed before their time, to make room
    std::size_t entries = 0;      ///< answers kept now
    std::size_t bytes = 0;        ///< their estimated size
};

/// The store of answers. Divided into shards by the hash of the question, each with a lock of its
/// own. In addition, each thread keeps its recent answers for itself (at most 4 MiB, mostly shared
/// with the shards), so that threads do not delay each other.
///
/// Any number of threads may call all members at once. Throws only std::bad_alloc.
class SPF_EXPORT AnswerCache {
public:
    /// The longest time that a failure is kept, whatever the options say.
    static constexpr std::chrono::seconds longest_failure_ttl{10};

    /// Makes an empty cache.
    explicit AnswerCache(CacheOptions options = {});
    ~AnswerCache();
    AnswerCache(const AnswerCache&) = delete;
    AnswerCache& operator=(const AnswerCache&) = delete;

    /// The answer, or null if the cache has none. One hash lookup, allocates nothing. Counts as a
    /// hit or a miss. The answer's `ttl` is the one it had when it was stored.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question);

    /// The answer, or null if the cache has none; sets `left` to the whole seconds that the answer
    /// is still valid.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question, std::chrono::seconds& left);

    /// Stores an answer if its status and TTL allow it, in place of an earlier answer. Ignores
    /// null. Does not store a failure if the question's deadline has passed: other questions may
    /// have more time.
    /// \return the answer to use from now on: the given answer, or a copy that has its parsed
    ///         record.
    dns::AnswerPtr store(const dns::Question& question, dns::AnswerPtr answer);

    /// The answer from the cache, or else from `upstream`. While one thread asks, other threads
    /// with the same question wait for its answer instead of asking too, each until its own
    /// deadline. If the asking thread gives up at its deadline, another of them asks. Exceptions of
    /// `upstream` pass through. `upstream` may ask this cache again, but only the same question.
    [[nodiscard]] dns::AnswerPtr resolve(const dns::Question& question, dns::Resolver& upstream);

    /// Removes all answers; questions in flight are not affected.
    void clear();

    /// What the cache has done so far.
    [[nodiscard]] CacheStatistics statistics() const;

    /// The current time of the clock in the options.
    [[nodiscard]] CacheOptions::Clock::time_point time() const;
    /// time(), or a few milliseconds less, but read faster if the options have no clock. Use it for
    /// durations of seconds.
    [[nodiscard]] CacheOptions::Clock::time_point recent_time() const;

private:
    class Shard;
    class Lane;
    Shard& shard(std::size_t hash) noexcept;
    /// resolve(), or null if the thread that it waited for has given up.
    dns::AnswerPtr resolve_or_wait(const dns::Question& question, dns::Resolver& upstream);
    dns::AnswerPtr prepare(const dns::Question& question, dns::AnswerPtr answer) const;
    [[nodiscard]] std::chrono::seconds lifetime(const dns::Answer& answer) const noexcept;

    CacheOptions options_;
    std::uint64_t seed_;
    std::unique_ptr<Shard[]> shards_;
    std::unique_ptr<Lane[]> lanes_;
};

/// A resolver with a cache. Owns neither the other resolver nor the cache; both have to outlive it.
///
/// Answers have the TTL that they had when they were stored; see AnswerCache::lookup().
///
/// As thread-safe as `upstream`. If `upstream` serves only one thread, give each thread a
/// CachingResolver of its own on the same AnswerCache.
class CachingResolver final : public dns::Resolver {
public:
    /// Combines `cache` with `upstream`.
    CachingResolver(dns::Resolver& upstream, AnswerCache& cache) noexcept
        : upstream_(upstream), cache_(cache) {}

    /// AnswerCache::resolve() of the cache.
    dns::AnswerPtr resolve(const dns::Question& question) override {
        return cache_.resolve(question, upstream_);
    }

private:
    dns::Resolver& upstream_;
    AnswerCache& cache_;
};

}  // namespace spf
