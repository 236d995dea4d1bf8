/// \file mail/checker.hpp  What a server keeps for its lifetime: answers and compiled policies.
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

/// How much a Checker keeps.
struct CheckerOptions {
    CacheOptions answers{};         ///< of DNS answers
    PolicyCacheOptions policies{};  ///< of compiled policies
};

/// check_mail() with answers and policies kept, so that mail of busy domains needs no DNS and no
/// evaluation.
///
/// All members may be called from any number of threads at once if `upstream` allows it; the caches
/// do. Throws only std::bad_alloc and what `upstream` throws.
class SPF_EXPORT Checker {
public:
    /// `upstream` is not owned and must outlive the Checker.
    explicit Checker(dns::Resolver& upstream, CheckerOptions options = {});
    ~Checker() = default;
    Checker(const Checker&) = delete;
    Checker& operator=(const Checker&) = delete;

    /// The outcomes that check_mail() without a Checker would give; Outcome::ttl is what is left of
    /// it if a policy was at hand.
    [[nodiscard]] MailCheck check_mail(const Client& client, std::string_view reverse_path,
                                       const Options& options = {});

    /// Removes all answers and policies; checks in flight are not affected.
    void clear();

    /// What a Checker has done so far.
    struct Statistics {
        CacheStatistics answers;         ///< of the cache of answers
        PolicyCacheStatistics policies;  ///< of the cache of policies
        std::uint64_t messages = 0;      ///< calls of check_mail()
    };
    /// What this Checker has done so far.
    [[nodiscard]] Statistics statistics() const;

    /// For a driver that shares what this Checker keeps (CaresOptions::policies).
    [[nodiscard]] PolicyCache& policies() noexcept;

private:
    dns::Resolver& upstream_;
    AnswerCache answers_;
    PolicyCache policies_;
    std::atomic<std::uint64_t> messages_{0};
};

}  // namespace spf
