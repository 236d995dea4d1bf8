// Counts the lookups of one check, which RFC 7208 section 4.6.4 limits, and keeps the TTL of the
// outcome of the check.
#pragma once

#include <algorithm>
#include <chrono>
#include <string_view>

#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// The limits of 4.6.4 for one check, how many lookups and void lookups have been counted, and the
/// TTL of the outcome.
class Accounts {
public:
    /// The maximum for the limit of terms that cause DNS lookups: reset() reduces a higher
    /// Limits::dns_lookups to this number. Each counted term may begin a nested check_host(), which
    /// needs memory. A higher maximum would only help an attacker who wants to use up the memory.
    static constexpr unsigned lookups_ceiling = 1000;

    void reset(const Limits& limits) noexcept {
        max_lookups_ = std::min(limits.dns_lookups, lookups_ceiling);
        max_void_lookups_ = limits.void_lookups;
        lookups_ = 0;
        void_lookups_ = 0;
        term_ = {};
        is_counting_ = false;
        term_is_void_ = false;
        ttl_ = std::chrono::seconds::max();
    }

    /// Begins the evaluation of a term that causes DNS lookups, and counts the term. `text` is the
    /// term as written in its record. It must stay valid while the term is evaluated.
    /// \return false if more terms have been counted than the limit allows
    [[nodiscard]] bool begin_term(std::string_view text) noexcept {
        term_ = text;
        is_counting_ = true;
        term_is_void_ = false;
        return ++lookups_ <= max_lookups_;
    }
    /// Counts the search for the client's validated names when the macro %{p} causes it. The search
    /// counts as one term (see "Readings" in evaluation/evaluation.hpp).
    /// \return false if more terms have been counted than the limit allows
    [[nodiscard]] bool count_macro_p() noexcept {
        return !is_counting_ || ++lookups_ <= max_lookups_;
    }
    /// Counts a void lookup. Only the first void lookup of each term counts, and the lookup of the
    /// outermost record does not count (see "Readings" in evaluation/evaluation.hpp).
    /// \return false if more void lookups have been counted than the limit allows
    [[nodiscard]] bool count_void_lookup() noexcept {
        if (!is_counting_ || term_is_void_) return true;
        term_is_void_ = true;
        return ++void_lookups_ <= max_void_lookups_;
    }
    /// Stops counting lookups. Call this function before the explanation is fetched: the result is
    /// already known then, so these lookups do not count (6.2).
    void stop_counting() noexcept { is_counting_ = false; }

    /// Limits the TTL of the outcome to the TTL of an answer that the outcome depends on. If the
    /// answer is a failure, the TTL of the outcome is 0, because nobody knows how long the failure
    /// lasts.
    void limit_ttl(std::chrono::seconds ttl, dns::Status status) noexcept {
        if (ttl < std::chrono::seconds{0} || dns::is_failure(status)) {
            ttl_ = std::chrono::seconds{0};
        } else if (ttl < ttl_) {
            ttl_ = ttl;
        }
    }
    void clear_ttl() noexcept { ttl_ = std::chrono::seconds{0}; }

    /// Returns the text of the term that is being evaluated, as written in its record. The text is
    /// empty before the first term that causes lookups.
    [[nodiscard]] std::string_view term() const noexcept { return term_; }
    [[nodiscard]] unsigned lookups() const noexcept { return lookups_; }
    [[nodiscard]] unsigned max_lookups() const noexcept { return max_lookups_; }
    [[nodiscard]] unsigned void_lookups() const noexcept { return void_lookups_; }
    [[nodiscard]] std::chrono::seconds ttl() const noexcept { return ttl_; }

private:
    unsigned lookups_ = 0;
    unsigned max_lookups_ = 0;
    unsigned void_lookups_ = 0;
    unsigned max_void_lookups_ = 0;
    bool is_counting_ = false;
    bool term_is_void_ = false;
    std::string_view term_;
    std::chrono::seconds ttl_{0};
};

}  // namespace spf
