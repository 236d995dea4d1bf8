/// \file policy/cache.hpp  Policies of busy domains, kept: most messages then need no evaluation.
///
/// The second message from a domain has its whole policy compiled (policy.hpp) out of the answers that an
/// AnswerCache holds; from then on, until the first of them expires, a message costs one hash look-up and
/// one binary search. What a policy cannot say, it leaves to check_host().
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

/// How many policies are kept, and when one is worth compiling.
struct PolicyCacheOptions {
    /// Of each policy. Checks with other limits are not answered from it.
    PolicyOptions policy{.limits = {}, .max_ranges = 2048, .max_work = 60'000};
    std::size_t max_domains = 1024;  ///< noted or compiled; beyond that, some are forgotten
    std::size_t max_bytes = 65'536;  ///< of one policy, about; so all take 64 MiB at the most
    unsigned compile_after = 2;      ///< messages of a domain until its policy is compiled
    /// How long a domain is left alone whose policy could not be compiled; where its records say so, longer.
    std::chrono::seconds retry_after{300};
};

/// What has become of them so far.
struct PolicyCacheStatistics {
    std::uint64_t hits = 0;      ///< answered by a policy
    std::uint64_t misses = 0;    ///< left to an evaluation
    std::uint64_t compiled = 0;  ///< policies made
    /// trees that hang on more than the address, failed, are too large or may not be kept
    std::uint64_t refused = 0;
};

/// Compiled policies, by domain. All members may be called from any number of threads at once.
///
/// Blocking:
///
///     spf::Outcome outcome = spf::check_host(request, resolver, policies);
///
/// Asynchronous: a CaresDriver whose options name it does the same by itself (driver/cares.hpp). In front
/// of a driver of the host's own, which shares the AnswerCache:
///
///     if (auto known = policies.check(request)) return use(*known);
///     submit(request, [&](const spf::Outcome& outcome) { policies.learn(outcome.domain); ... });
///
/// What it says is what check_host() says, in all members of the Outcome but for `ttl`: from that is taken
/// off what has passed since the policy was compiled.
class SPF_EXPORT PolicyCache {
public:
    /// `answers` is not owned and has to outlive it. Time is that of its options.
    explicit PolicyCache(AnswerCache& answers, PolicyCacheOptions options = {});
    ~PolicyCache();
    PolicyCache(const PolicyCache&) = delete;
    PolicyCache& operator=(const PolicyCache&) = delete;

    /// The outcome that check_host() would come to, with the time that is left as its `ttl`; nothing
    /// where no policy is at hand, and where one cannot say all: for none and the errors, which come with
    /// their Problem, for a fail whose `exp=` is wanted (6.2), and with Options::trace or scope.
    [[nodiscard]] std::optional<Outcome> check(const Request& request, const Options& options = {});

    /// The same in an Outcome that is used again and again, which then allocates nothing. The request
    /// must not point into it.
    /// \return whether it was filled in; else it holds nothing of use.
    [[nodiscard]] bool check(const Request& request, const Options& options, Outcome& outcome);

    /// Takes down that a message of this domain was evaluated, and compiles the policy when it is time to.
    /// What `answers` does not hold, or not for another second, is asked of `upstream`; without one,
    /// compiling is put off until more messages have brought it.
    void learn(std::string_view domain, dns::Resolver* upstream = nullptr);

    /// Forgets all policies, as one should where `answers` is told to.
    void clear();

    [[nodiscard]] PolicyCacheStatistics statistics() const;
    [[nodiscard]] AnswerCache& answers() const noexcept { return answers_; }

private:
    class Shard;
    Shard& shard(std::size_t hash) noexcept;

    AnswerCache& answers_;
    PolicyCacheOptions options_;
    std::uint64_t seed_;
    std::unique_ptr<Shard[]> shards_;
};

/// check_host() with answers and policies kept: by a policy where one is at hand, else by evaluation with
/// `resolver` behind the answers of `policies`. As thread-safe as `resolver`.
[[nodiscard]] SPF_EXPORT Outcome check_host(const Request& request, dns::Resolver& resolver,
                                            PolicyCache& policies, const Options& options = {});

}  // namespace spf
