// Points in time, however far away.
#pragma once

#include <chrono>

#include "spf/dns/resolver.hpp"

namespace spf::dns {

/// So much later than `from`; `from` itself where `time` is zero or less, the end of time where the
/// clock cannot count that far.
constexpr dns::Clock::time_point later(dns::Clock::time_point from,
                                       std::chrono::seconds time) noexcept {
    using std::chrono::seconds;
    if (time <= seconds{0}) return from;
    constexpr auto end = dns::Clock::time_point::max();
    // In seconds, which hold what the clock's own unit does not; half of it is beyond any lifetime.
    constexpr seconds most = std::chrono::floor<seconds>(end.time_since_epoch() / 2);
    const bool is_far = time >= most || from.time_since_epoch() >= most;
    return is_far ? end : from + time;
}

}  // namespace spf::dns
