/// \file resolver/cache.hpp  Answers kept for as long as their TTL allows (RFC 1035 section 7.4, RFC 2308).
///
/// `AnswerCache` is the store, which threads share; `CachingResolver` puts it in front of any
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

/// How much is kept, and for how long. Times longer than the bounds are cut to them.
struct CacheOptions {
    using Clock = std::chrono::steady_clock;

    /// Room for names and answers together, estimated; the least recently needed make place.
    std::size_t max_bytes = std::size_t{64} << 20U;
    std::chrono::seconds min_ttl{0};  ///< of answers with records; raising it serves stale data
    std::chrono::seconds max_ttl{86'400};  ///< of answers with records
    std::chrono::seconds max_negative_ttl{
        10'800};  ///< of nxdomain and no data (RFC 2308, 5: 1 to 3 hours)
    /// Of servfail, timeout and other failures, which come without a TTL (RFC 2308, 7); at most
    /// AnswerCache::longest_failure_ttl is used. Zero: never kept.
    std::chrono::seconds failure_ttl{2};
    /// Keep the parsed SPF record with a TXT answer, so that a hot record is parsed once.
    bool parse_records = true;
    /// For tests: what the time is. Absent: Clock::now.
    std::function<Clock::time_point()> now{};
};

/// What a cache has done so far.
struct CacheStatistics {
    std::uint64_t hits = 0;       ///< answered from the cache
    std::uint64_t misses = 0;     ///< had to be asked for
    std::uint64_t coalesced = 0;  ///< waited for the same question of somebody else
    std::uint64_t evictions = 0;  ///< dropped for want of room, before their time
    std::size_t entries = 0;      ///< kept now
    std::size_t bytes = 0;        ///< their estimated size
};

/// The store. Split into shards by the hash of the question, each behind a lock of its own; in front of
/// them, each thread has what it found lately to itself (4 MiB at the most, and most of it shared with
/// the shards), so that threads do not hold each other up.
///
/// All members may be called from any number of threads at once. Never throws but std::bad_alloc.
class SPF_EXPORT AnswerCache {
public:
    /// The longest that a failure is kept, whatever the options say.
    static constexpr std::chrono::seconds longest_failure_ttl{10};

    explicit AnswerCache(CacheOptions options = {});
    ~AnswerCache();
    AnswerCache(const AnswerCache&) = delete;
    AnswerCache& operator=(const AnswerCache&) = delete;

    /// The answer, or null where there is none any more. One hash look-up, no allocation. Counts as a
    /// hit or a miss. The answer's `ttl` is what it was when it was stored.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question);

    /// The same, and how long the answer is still good for, in whole seconds.
    [[nodiscard]] dns::AnswerPtr lookup(const dns::Question& question, std::chrono::seconds& left);

    /// Keeps an answer, if its status and TTL allow, in place of an earlier one; null is ignored. A
    /// failure is not kept where the question's deadline is over: others may have more time.
    /// \return the answer to use from now on: the same, or one that carries its parsed record.
    dns::AnswerPtr store(const dns::Question& question, dns::AnswerPtr answer);

    /// Looks the question up, or asks `upstream` for it; while one thread asks, others with the same
    /// question wait for its answer instead of asking too, each until its own deadline; where it gives
    /// up at its deadline, another of them asks. What `upstream` throws passes. It may ask this very
    /// cache once more, but for the same question only.
    [[nodiscard]] dns::AnswerPtr resolve(const dns::Question& question, dns::Resolver& upstream);

    /// Forgets everything; questions in flight are not affected.
    void clear();

    [[nodiscard]] CacheStatistics statistics() const;

    /// What the time is, by the clock of the options.
    [[nodiscard]] CacheOptions::Clock::time_point time() const;
    /// time(), or a few milliseconds less, but read faster where the options name no clock: for what
    /// lasts seconds.
    [[nodiscard]] CacheOptions::Clock::time_point recent_time() const;

private:
    class Shard;
    class Lane;
    Shard& shard(std::size_t hash) noexcept;
    /// The same, or null where the thread that it waited for has given up.
    dns::AnswerPtr resolve_or_wait(const dns::Question& question, dns::Resolver& upstream);
    dns::AnswerPtr prepare(const dns::Question& question, dns::AnswerPtr answer) const;
    [[nodiscard]] std::chrono::seconds lifetime(const dns::Answer& answer) const noexcept;

    CacheOptions options_;
    std::uint64_t seed_;
    std::unique_ptr<Shard[]> shards_;
    std::unique_ptr<Lane[]> lanes_;
};

/// A resolver with a cache in front. Owns neither; both have to outlive it.
///
/// Its answers have the TTL that they came with, whatever has passed since; see AnswerCache::lookup().
///
/// As thread-safe as `upstream`. Where that serves one thread only, give each thread a
/// CachingResolver of its own on the same AnswerCache.
class CachingResolver final : public dns::Resolver {
public:
    CachingResolver(dns::Resolver& upstream, AnswerCache& cache) noexcept
        : upstream_(upstream), cache_(cache) {}

    dns::AnswerPtr resolve(const dns::Question& question) override {
        return cache_.resolve(question, upstream_);
    }

private:
    dns::Resolver& upstream_;
    AnswerCache& cache_;
};

}  // namespace spf
