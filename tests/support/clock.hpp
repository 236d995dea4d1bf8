/// \file clock.hpp  A clock for caches, which tests set.
#pragma once

#include <chrono>

#include "spf/resolver/cache.hpp"

namespace spf::test {

/// The time does not change unless the test sets it.
struct TestClock {
    CacheOptions::Clock::time_point time{std::chrono::hours{1}};

    /// Options of a cache that uses this clock, which has to outlive the cache.
    [[nodiscard]] CacheOptions options() {
        CacheOptions made;
        made.now = [this] { return time; };
        return made;
    }
};

}  // namespace spf::test
