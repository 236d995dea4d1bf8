// What the daemon has done since it started, for Prometheus.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "spf/driver/cares.hpp"
#include "spf/evaluation/result.hpp"
#include "spf/policy/cache.hpp"
#include "spf/receiver/reception.hpp"
#include "spf/resolver/cache.hpp"

namespace policyd {

struct Counters {
    std::uint64_t connections = 0;             ///< accepted
    std::uint64_t requests = 0;                ///< read, with those that were answered from memory
    std::uint64_t broken_requests = 0;         ///< not understood, so the connection was closed
    std::uint64_t unknown_clients = 0;         ///< without an address, so nothing was checked
    std::array<std::uint64_t, 4> actions{};    ///< decisions, by spf::receiver::Action
    std::array<std::uint64_t, 7> mail_from{};  ///< results for MAIL FROM, by spf::Result
    std::array<std::uint64_t, 7> helo{};       ///< results for HELO, by spf::Result
    std::uint64_t unchecked = 0;               ///< decisions about messages that are not checked

    /// Counts a decision.
    void count(const spf::receiver::Decision& decision);
};

/// What is true at the moment.
struct Gauges {
    std::size_t open_connections = 0;
    std::size_t checks = 0;  ///< in flight
    spf::CaresStatistics driver{};
    spf::CacheStatistics answers{};
    spf::PolicyCacheStatistics policies{};
};

/// Returns the metrics in the text format of Prometheus, version 0.0.4.
[[nodiscard]] std::string metrics_text(const Counters& counters, const Gauges& gauges);

}  // namespace policyd
