// Points in time, even those that the clock cannot count.
#pragma once

#include <chrono>
#include <ctime>

#include "spf/dns/resolver.hpp"

namespace spf::dns {

/// Returns the point `time` after `from`: `from` itself if `time` is zero or less, and the clock's
/// last point if the clock cannot count that far.
constexpr dns::Clock::time_point later(dns::Clock::time_point from,
                                       std::chrono::seconds time) noexcept {
    using std::chrono::seconds;
    if (time <= seconds{0}) return from;
    constexpr auto end = dns::Clock::time_point::max();
    // Seconds can count what the clock's own unit cannot; half of the clock's span exceeds any
    // lifetime.
    constexpr seconds most = std::chrono::floor<seconds>(end.time_since_epoch() / 2);
    const bool is_far = time >= most || from.time_since_epoch() >= most;
    return is_far ? end : from + time;
}

/// Returns the time of the system's last tick, a few milliseconds ago at most, if the system has a
/// coarse clock; otherwise the current time. Reading a coarse clock takes 3 ns instead of 20 ns,
/// and 20 ns are a third of `PolicyCache::check()`.
inline dns::Clock::time_point recently() noexcept {
#ifdef CLOCK_MONOTONIC_COARSE
    // This clock has the same origin as steady_clock, which is CLOCK_MONOTONIC wherever this clock
    // exists.
    timespec tick{};
    if (::clock_gettime(CLOCK_MONOTONIC_COARSE, &tick) == 0) {
        const auto since =
            std::chrono::seconds{tick.tv_sec} + std::chrono::nanoseconds{tick.tv_nsec};
        return dns::Clock::time_point{std::chrono::duration_cast<dns::Clock::duration>(since)};
    }
#endif
    return dns::Clock::now();
}

}  // namespace spf::dns
