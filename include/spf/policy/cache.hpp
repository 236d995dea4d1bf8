/// \file policy/cache.hpp  Compiled policies of busy domains, so that most messages need no
/// evaluation.
///
/// The second message from a domain makes the cache compile the whole policy of the domain
/// (policy/policy.hpp) from the answers in an AnswerCache. Until the first of these answers
/// expires, each further message costs one hash lookup and one binary search. check_host() decides
/// what a policy cannot.
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
    /// The limits and size of each policy. Checks with other limits are not answered from a policy.
    PolicyOptions policy{.limits = {}, .max_ranges = 2048, .max_work = 60'000};
    std::size_t max_domains = 1024;  ///< maximum number of domains; beyond it, some are removed
    /// Approximate maximum size of one policy, so that all policies take at most 64 MiB.
    std::size_t max_bytes = 65'536;
    unsigned compile_after = 2;  ///< the number of messages after which a policy is compiled
    /// How long the cache waits after it could not compile the policy of a domain; longer if the
    /// domain's records say so (PolicyError::ttl).
    std::chrono::seconds retry_after{300};
};

/// What a PolicyCache has done so far.
struct PolicyCacheStatistics {
    std::uint64_t hits = 0;      ///< checks answered by a policy
    std::uint64_t misses = 0;    ///< checks left to an evaluation
    std::uint64_t compiled = 0;  ///< policies compiled
    /// policies that depend on more than the address, failed, are too large or may not be kept
    std::uint64_t refused = 0;
};

/// Compiled policies by domain. Any number of threads may call all members at once.
///
/// Blocking:
///
///     spf::Outcome outcome = spf::check_host(request, resolver, policies);
///
/// Asynchronous: a CaresDriver with CaresOptions::policies uses the cache by itself
/// (driver/cares.hpp). With a driver of your own that shares the AnswerCache:
///
///     if (auto known = policies.check(request)) return use(*known);
///     submit(request, [&](const spf::Outcome& outcome) { policies.learn(outcome.domain); ... });
///
/// Outcomes are those of check_host() in all members except `ttl`, from which the time since the
/// compilation of the policy is subtracted.
class SPF_EXPORT PolicyCache {
public:
    /// Compiles policies from `answers`, which is not owned and has to outlive the PolicyCache.
    /// Uses the clock of `answers`.
    explicit PolicyCache(AnswerCache& answers, PolicyCacheOptions options = {});
    ~PolicyCache();
    PolicyCache(const PolicyCache&) = delete;
    PolicyCache& operator=(const PolicyCache&) = delete;

    /// The outcome of check_host(), with the time that is left as its `ttl`. Nothing if there is no
    /// policy, or if a policy cannot give the whole outcome: for none, temperror and permerror,
    /// which have a Problem; for a fail whose explanation is requested (6.2); and with
    /// Options::trace or scope.
    [[nodiscard]] std::optional<Outcome> check(const Request& request, const Options& options = {});

    /// Fills in an Outcome that the caller keeps and reuses, so that nothing is allocated once it
    /// is warm. The request must not refer to texts of `outcome`.
    /// \return whether there is an outcome; if not, the contents of `outcome` are unspecified.
    [[nodiscard]] bool check(const Request& request, const Options& options, Outcome& outcome);

    /// Records that a message of this domain was evaluated, and compiles the domain's policy if it
    /// is time to. Questions that `answers` cannot answer for at least one more second go to
    /// `upstream`. If `upstream` is null, the compilation is postponed until more messages have
    /// filled `answers`.
    void learn(std::string_view domain, dns::Resolver* upstream = nullptr);

    /// Removes all policies. Call it together with AnswerCache::clear().
    void clear();

    /// What the cache has done so far.
    [[nodiscard]] PolicyCacheStatistics statistics() const;
    /// The answers that policies are compiled from.
    [[nodiscard]] AnswerCache& answers() const noexcept { return answers_; }

private:
    class Shard;
    Shard& shard(std::size_t hash) noexcept;

    AnswerCache& answers_;
    PolicyCacheOptions options_;
    std::uint64_t seed_;
    std::unique_ptr<Shard[]> shards_;
};

/// check_host() with answers and policies kept: answers from a policy if there is one, otherwise by
/// an evaluation that uses the answers of `policies` and asks `resolver` for the others. As
/// thread-safe as `resolver`.
[[nodiscard]] SPF_EXPORT Outcome check_host(const Request& request, dns::Resolver& resolver,
                                            PolicyCache& policies, const Options& options = {});

}  // namespace spf
