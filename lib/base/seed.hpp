// A random number for hash tables whose keys come from untrusted senders. Nobody outside the
// process can know it.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace spf {

/// Returns a random number from the operating system. If the system has none, returns the current
/// time of a clock, which is still hard to guess.
inline std::uint64_t random_seed() noexcept {
    try {
        std::random_device device;
        return std::uint64_t{device()} << 32U | device();
    } catch (...) {
        return static_cast<std::uint64_t>(
            std::chrono::high_resolution_clock::now().time_since_epoch().count());
    }
}

/// Returns a random number that is the same at each call. For tables that are made and dropped so
/// often that random_seed(), which takes microseconds, would cost more than what they hold.
inline std::uint64_t seed_of_process() noexcept {
    static const std::uint64_t seed = random_seed();
    return seed;
}

}  // namespace spf
