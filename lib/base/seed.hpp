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

}  // namespace spf
