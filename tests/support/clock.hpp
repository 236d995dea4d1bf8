/// \file clock.hpp  A clock for caches whose time the tests set.
#pragma once

#include <chrono>

#include "spf/resolver/cache.hpp"

namespace spf::test {

/// The time does not change unless the test sets it.
struct TestClock {
    CacheOptions::Clock::time_point time{std::chrono::hours{1}};

    /// Returns options for a cache that uses this clock. The clock has to outlive the cache.
    [[nodiscard]] CacheOptions options() {
        CacheOptions made;
        made.now = [this] { return time; };
        return made;
    }
};

}  // namespace spf::test
