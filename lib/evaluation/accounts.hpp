// The counters of a check for the limits of RFC 7208 section 4.6.4, and the TTL of its outcome.
#pragma once

#include <algorithm>
#include <chrono>
#include <string_view>

#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// The processing limits of 4.6.4, how much of each has been used, and the TTL of the outcome.
class Accounts {
public:
    /// The maximum of Limits::dns_lookups; a higher value is reduced to it. Each counted term may
    /// begin a nested check_host(), which needs memory. A higher maximum would only help an
    /// attacker who wants to use up the memory.
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

    /// Begins a term that causes lookups, and counts it. `text` must stay valid while the term is
    /// evaluated.
    /// \return false if the term exceeds the limit
    [[nodiscard]] bool begin_term(std::string_view text) noexcept {
        term_ = text;
        is_counting_ = true;
        term_is_void_ = false;
        return ++lookups_ <= max_lookups_;
    }
    /// Counts the search for the validated names that %{p} needs. The search counts as much as a
    /// term (see "Readings" in evaluation/evaluation.hpp).
    /// \return false if the search exceeds the limit
    [[nodiscard]] bool count_macro_p() noexcept {
        return !is_counting_ || ++lookups_ <= max_lookups_;
    }
    /// Counts a void lookup. Only the first void lookup of each term counts, and the lookup of the
    /// outermost record does not count (see "Readings" in evaluation/evaluation.hpp).
    /// \return false if the void lookup exceeds the limit
    [[nodiscard]] bool count_void_lookup() noexcept {
        if (!is_counting_ || term_is_void_) return true;
        term_is_void_ = true;
        return ++void_lookups_ <= max_void_lookups_;
    }
    /// Stops counting. An explanation is fetched after the result is known, so its lookups do not
    /// count (6.2).
    void stop_counting() noexcept { is_counting_ = false; }

    /// Reduces the TTL of the outcome to the TTL of an answer that the outcome depends on. It is
    /// not known how long a failure lasts, so an outcome that depends on a failure may not be kept
    /// at all.
    void limit_ttl(std::chrono::seconds ttl, dns::Status status) noexcept {
        if (ttl < std::chrono::seconds{0} || dns::is_failure(status)) {
            ttl_ = std::chrono::seconds{0};
        } else if (ttl < ttl_) {
            ttl_ = ttl;
        }
    }
    void clear_ttl() noexcept { ttl_ = std::chrono::seconds{0}; }

    /// Returns the term that is being evaluated, as written in its record; empty before the first
    /// term.
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
