// A hash for domain names that compilers inline: eight octets at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>

#include "octets.hpp"

namespace spf {

/// A seed that strangers cannot know.
inline std::uint64_t random_seed() {
    std::random_device device;
    return std::uint64_t{device()} << 32U | device();
}

/// Where strangers choose the names, give each table a random_seed(), so that nobody can aim at one
/// bucket.
inline std::size_t hash_name(std::string_view name, std::uint64_t seed = 0) noexcept {
    constexpr std::uint64_t factor = 0x9e37'79b9'7f4a'7c15U;
    const auto mixed = [](std::uint64_t hash, std::uint64_t word) {
        hash = (hash ^ word) * factor;
        return hash ^ hash >> 32U;
    };
    std::uint64_t hash = mixed(seed, name.size());
    const char* at = name.data();
    const char* const end = at + name.size();
    for (; end - at > 8; at += 8) hash = mixed(std::rotl(hash, 23), octets::load(at));
    // The end overlaps with what was read before: that is cheaper than to copy just what is left.
    std::uint64_t last = 0;
    if (name.size() >= 8) {
        last = octets::load(end - 8);
    } else {
        for (; at != end; ++at) last = last << 8U | static_cast<unsigned char>(*at);
    }
    hash = mixed(std::rotl(hash, 23), last);
    return static_cast<std::size_t>(mixed(hash, seed));
}

}  // namespace spf
