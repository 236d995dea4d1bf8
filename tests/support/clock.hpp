/// \file clock.hpp  A clock for what is kept, which tests set.
#pragma once

#include <chrono>

#include "spf/resolver/cache.hpp"

namespace spf::test {

/// Stands still unless it is told otherwise.
struct TestClock {
    CacheOptions::Clock::time_point time{std::chrono::hours{1}};

    /// Those of a cache that goes by this clock, which has to outlive it.
    [[nodiscard]] CacheOptions options() {
        CacheOptions made;
        made.now = [this] { return time; };
        return made;
    }
};

}  // namespace spf::test
