// What a check counts: RFC 7208 section 4.6.4 (terms and void lookups), and the TTL of its outcome.
#pragma once

#include <algorithm>
#include <chrono>
#include <string_view>

#include "spf/dns/resolver.hpp"
#include "spf/evaluation/request.hpp"

namespace spf {

/// The processing limits of 4.6.4 and how much of them has been used.
class Accounts {
public:
    /// Frames nest as deep as terms count, so a higher limit would only help an attack on memory.
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

    /// Begins a term that causes lookups and counts it. The text must stay valid while the term is
    /// evaluated.
    /// \return false if the term exceeds the limit
    [[nodiscard]] bool begin_term(std::string_view text) noexcept {
        term_ = text;
        is_counting_ = true;
        term_is_void_ = false;
        return ++lookups_ <= max_lookups_;
    }
    /// Counts the search for %{p}, which costs as much as a term (readings).
    /// \return false if it exceeds the limit
    [[nodiscard]] bool count_macro_p() noexcept {
        return !is_counting_ || ++lookups_ <= max_lookups_;
    }
    /// Counts a void lookup: at most one for each term, and none for the first record (readings).
    /// \return false if it exceeds the limit
    [[nodiscard]] bool count_void_lookup() noexcept {
        if (!is_counting_ || term_is_void_) return true;
        term_is_void_ = true;
        return ++void_lookups_ <= max_void_lookups_;
    }
    /// Stops counting: an explanation is fetched after the result is known (6.2).
    void stop_counting() noexcept { is_counting_ = false; }

    /// Limits how long the outcome may be kept to the TTL of an answer that it depends on. A
    /// failure does not say how long it lasts, so an outcome that depends on one may not be kept at
    /// all.
    void limit_ttl(std::chrono::seconds ttl, dns::Status status) noexcept {
        if (ttl < std::chrono::seconds{0} || dns::is_failure(status)) {
            ttl_ = std::chrono::seconds{0};
        } else if (ttl < ttl_) {
            ttl_ = ttl;
        }
    }
    void clear_ttl() noexcept { ttl_ = std::chrono::seconds{0}; }

    /// The term being evaluated, as written in its record; empty before the first term.
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
