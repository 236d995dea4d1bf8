// One thread of a batch: takes lines while it has room, keeps its checks in flight, and writes
// answers.
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
    spf::PolicyCache* policies;  ///< null: there are none
    std::shared_ptr<spdlog::logger>
        /// Logs each outcome, and lookups that a trace has.
        logger;
    std::atomic<std::uint64_t> done = 0;  ///< lines answered
    /// Octets of answered and blank lines, line ends included.
    std::atomic<std::uint64_t> octets = 0;
    std::atomic<std::uint64_t> heard = 0;    ///< checks for which DNS gave an answer
    std::atomic<std::uint64_t> unheard = 0;  ///< checks that asked DNS and got no answer
};

/// Checks by way of name servers, up to `in_flight` at a time.
void run_asynchronous(BatchShared& shared, spf::CaresDriver& driver, std::size_t in_flight);

/// Checks one after the other, if zone files give at least some of the answers.
/// \param keep_answers  put a cache before `dns`, for all threads; zone files alone need none: they
///                      are as fast as a cache
void run_blocking(BatchShared& shared, Dns& dns, bool keep_answers);

}  // namespace spfcheck
