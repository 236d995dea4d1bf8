/// \file policy/cache.hpp  A cache of the compiled policies of busy domains. With it, most messages
/// need no evaluation.
///
/// When the second message of a domain is checked, the cache compiles the policy of the domain from
/// the answers in an AnswerCache: it makes a table of the results for all addresses
/// (policy/policy.hpp). Until the first of these answers expires, each further message needs only
/// one hash lookup and one binary search. If the table cannot decide about a message, check_host()
/// evaluates the record.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/evaluation/outcome.hpp"
#include "spf/evaluation/request.hpp"
#include "spf/policy/policy.hpp"
#include "spf/resolver/cache.hpp"

namespace spf {

/// How many policies a PolicyCache keeps, and when it compiles them.
struct PolicyCacheOptions {
    /// The limits and the maximum size of each policy. A check with other limits is evaluated
    /// without a policy.
    PolicyOptions policy{.limits = {}, .max_ranges = 2048, .max_work = 60'000};
    /// The maximum number of domains. If there are more, some policies are removed.
    std::size_t max_domains = 1024;
    /// The approximate maximum size of one policy in octets.
    std::size_t max_bytes = 65'536;
    /// The approximate maximum size of all domains and policies together in octets. If they are
    /// larger, some policies are removed.
    std::size_t max_total_bytes = std::size_t{64} << 20U;
    /// The number of messages of a domain after which its policy is compiled.
    unsigned compile_after = 2;
    /// If the policy of a domain could not be compiled, how long the cache waits before it tries
    /// again. It waits longer if the TTLs of the domain's records are longer (PolicyError::ttl).
    std::chrono::seconds retry_after{300};
};

/// What a PolicyCache has done since it was made.
struct PolicyCacheStatistics {
    std::uint64_t hits = 0;      ///< the number of checks that a policy decided
    std::uint64_t misses = 0;    ///< the number of checks that needed an evaluation
    std::uint64_t compiled = 0;  ///< the number of policies compiled and kept
    /// The number of policies that were not kept. The reasons are: the results differ between
    /// senders or single addresses, a lookup failed, the policy is too large, or its TTL is zero.
    std::uint64_t refused = 0;
};

/// The compiled policies of domains. Any number of threads may call all members at once.
///
/// A blocking check:
///
///     spf::Outcome outcome = spf::check_host(request, resolver, policies);
///
/// For asynchronous checks, a CaresDriver with CaresOptions::policies uses the cache by itself
/// (driver/cares.hpp). With a driver of your own, which must use the same AnswerCache:
///
///     if (auto known = policies.check(request)) return use(*known);
///     submit(request, [&](const spf::Outcome& outcome) { policies.learn(outcome.domain); ... });
///
/// Outcomes are those of check_host(), except for Outcome::ttl, from which the time since the
/// compilation of the policy is subtracted.
class SPF_EXPORT PolicyCache {
public:
    /// Makes an empty cache, which will compile policies from `answers` and use the clock of
    /// `answers`. `answers` is not owned and must outlive the PolicyCache.
    explicit PolicyCache(AnswerCache& answers, PolicyCacheOptions options = {});
    ~PolicyCache();
    PolicyCache(const PolicyCache&) = delete;
    PolicyCache& operator=(const PolicyCache&) = delete;

    /// Returns the outcome of check_host(), whose `ttl` is reduced by the time since the policy was
    /// compiled. Returns nothing if the cache has no policy of the domain, or if the policy does
    /// not contain the whole outcome. The policy does not contain the whole outcome in these cases:
    /// for the results temperror and permerror, whose Problem it does not keep; for a fail whose
    /// explanation is requested (6.2); and if Options::trace or Options::scope is set.
    [[nodiscard]] std::optional<Outcome> check(const Request& request, const Options& options = {});

    /// Does the same as the other check(), but writes to an Outcome that the caller keeps and
    /// reuses for the next request. After the first requests, no memory is allocated. The request
    /// must not refer to texts of `outcome`.
    /// \return whether there is an outcome; if not, the contents of `outcome` are unspecified.
    [[nodiscard]] bool check(const Request& request, const Options& options, Outcome& outcome);

    /// Counts one evaluated message of this domain. When PolicyCacheOptions::compile_after such
    /// messages have been counted, compiles the domain's policy. `upstream` is asked for answers
    /// that are not in the AnswerCache, or that expire there within one second. If `upstream` is
    /// null and such an answer is needed, the compilation is postponed until more messages have
    /// been evaluated.
    void learn(std::string_view domain, dns::Resolver* upstream = nullptr);

    /// Compiles policies for other limits from now on, and removes those that it has. Does nothing
    /// if the limits are the same as far as policies depend on them. No other thread may use the
    /// cache at the same time.
    void set_limits(const Limits& limits);

    /// Removes all policies. Call it together with AnswerCache::clear().
    void clear();

    /// Returns what the cache has done since it was made.
    [[nodiscard]] PolicyCacheStatistics statistics() const;
    /// Returns the cache of the answers from which policies are compiled.
    [[nodiscard]] AnswerCache& answers() const noexcept { return answers_; }

private:
    class Shard;
    Shard& shard(std::size_t hash) noexcept;

    AnswerCache& answers_;
    PolicyCacheOptions options_;
    std::uint64_t seed_;
    std::unique_ptr<Shard[]> shards_;
};

/// Does the same as check_host() without a PolicyCache, but keeps answers and policies. If there is
/// a policy of the domain, the outcome is read from the policy. Otherwise the request is evaluated
/// with the answers in PolicyCache::answers(), and `resolver` is asked only for missing answers.
/// Thread-safe if `resolver` is.
[[nodiscard]] SPF_EXPORT Outcome check_host(const Request& request, dns::Resolver& resolver,
                                            PolicyCache& policies, const Options& options = {});

}  // namespace spf
