// One thread of a batch: takes lines as long as it has room, keeps its checks in flight, hands lines out.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <spdlog/logger.h>

#include "batch/item.hpp"
#include "batch/lines.hpp"
#include "dns/dns.hpp"
#include "spf/driver/cares.hpp"
#include "spf/policy/cache.hpp"

namespace spfcheck {

/// What all threads of a batch share.
struct BatchShared {
    LineSource& source;
    LineSink& sink;
    const std::atomic<bool>& interrupted;
    spf::Options how;
    spf::PolicyCache* policies;  ///< null: none is kept
    std::shared_ptr<spdlog::logger>
        logger;  ///< hears of each outcome, and of look-ups that a trace has
    std::atomic<std::uint64_t> done = 0;    ///< lines answered
    std::atomic<std::uint64_t> octets = 0;  ///< of those and of blank lines, ends of lines included
    std::atomic<std::uint64_t> heard = 0;   ///< of those, checks that some answer of DNS came for
    std::atomic<std::uint64_t> unheard = 0;  ///< of those, checks that asked, and no answer came
};

/// Checks through name servers, up to `in_flight` at a time.
void run_asynchronous(BatchShared& shared, spf::CaresDriver& driver, std::size_t in_flight);

/// Checks one after the other, where answers come at once (zone files), or some of them do.
/// \param keep_answers  in front of `dns`, for all threads; zone files alone are as fast as a cache
void run_blocking(BatchShared& shared, Dns& dns, bool keep_answers);

}  // namespace spfcheck
