/// \file mail/checker.hpp  The class Checker, which a mail server keeps between messages: it caches
/// DNS answers and compiled policies.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "spf/base/export.hpp"
#include "spf/dns/resolver.hpp"
#include "spf/mail/mail_check.hpp"
#include "spf/policy/cache.hpp"
#include "spf/resolver/cache.hpp"

namespace spf {

/// How many DNS answers and compiled policies a Checker keeps, and for how long.
struct CheckerOptions {
    CacheOptions answers{};         ///< the options of the cache of DNS answers
    PolicyCacheOptions policies{};  ///< the options of the cache of compiled policies
};

/// Checks messages as check_mail() does, but keeps DNS answers and the compiled policies of domains
/// (policy/cache.hpp). Most mail of busy domains can therefore be checked without DNS and without
/// an evaluation.
///
/// All members may be called from any number of threads at once if `upstream` is thread-safe.
/// Members throw only std::bad_alloc and what `upstream` throws.
class SPF_EXPORT Checker {
public:
    /// Makes a Checker that asks `upstream` if its caches have no answer. `upstream` is not owned
    /// and must outlive the Checker.
    explicit Checker(dns::Resolver& upstream, CheckerOptions options = {});
    ~Checker() = default;
    Checker(const Checker&) = delete;
    Checker& operator=(const Checker&) = delete;

    /// Checks both identities of a message. Takes at most 40 s with the default Limits::deadline,
    /// as the function check_mail() does. The outcomes are those of the function check_mail(),
    /// except for Outcome::ttl: if an outcome comes from a compiled policy, its `ttl` is the part
    /// of the TTL that has not yet elapsed.
    [[nodiscard]] MailCheck check_mail(const Client& client, std::string_view reverse_path,
                                       const Options& options = {});

    /// Checks one identity, as the function check_host() does, with the caches of this Checker.
    [[nodiscard]] Outcome check_host(const Request& request, const Options& options = {});

    /// Removes all answers and policies. Checks that other threads have begun are not affected.
    void clear();

    /// What a Checker has done since it was made.
    struct Statistics {
        CacheStatistics answers{};         ///< the statistics of the cache of answers
        PolicyCacheStatistics policies{};  ///< the statistics of the cache of policies
        std::uint64_t messages = 0;        ///< the number of calls of check_mail()
    };
    /// Returns what this Checker has done since it was made.
    [[nodiscard]] Statistics statistics() const;

    /// Returns the cache of policies, for a CaresDriver that shares the caches of this Checker
    /// (CaresOptions::policies).
    [[nodiscard]] PolicyCache& policies() noexcept;

private:
    dns::Resolver& upstream_;
    AnswerCache answers_;
    PolicyCache policies_;
    std::atomic<std::uint64_t> messages_{0};
};

}  // namespace spf
