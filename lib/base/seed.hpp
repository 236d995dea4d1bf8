// A number that remote parties cannot know, for hash tables whose keys come from untrusted senders.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace spf {

/// Returns a random number from the system. If the system has none, returns the time of a clock,
/// which is hard to guess.
inline std::uint64_t random_seed() noexcept {
    try {
        std::random_device device;
        return std::uint64_t{device()} << 32U | device();
    } catch (...) {
        return static_cast<std::uint64_t>(
            std::chrono::high_resolution_clock::now().time_since_epoch().count());
    }
}

}  // namespace spf
