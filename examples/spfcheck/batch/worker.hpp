// The work of one thread of a batch: it reads input lines, keeps several checks in flight, and
// writes output lines.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <spdlog/logger.h>

#include "batch/item.hpp"
#include "batch/lines.hpp"
#include "dns/dns.hpp"
#include "spf/driver/cares.hpp"
#include "spf/policy/cache.hpp"

namespace spfcheck {

/// The data that all threads of a batch share.
struct BatchShared {
    LineSource& source;
    LineSink& sink;
    const std::atomic<bool>& interrupted;
    spf::Options how;
    spf::PolicyCache* policies;  ///< null if no policies are kept
    /// Logs each outcome, and the lookups in its trace.
    std::shared_ptr<spdlog::logger> logger;
    /// The columns of a table; nothing if the input is not a table.
    std::optional<BatchColumns> columns{};
    std::uint64_t header_line = 0;  ///< the number of the line that names the columns; or 0
    std::atomic<std::uint64_t> refused = 0;  ///< number of output lines with an error
    std::atomic<std::uint64_t> done = 0;     ///< number of output lines so far
    /// Number of octets in the input lines processed so far, including blank lines and line ends.
    std::atomic<std::uint64_t> octets = 0;
    std::atomic<std::uint64_t> heard = 0;    ///< checks for which DNS answered
    std::atomic<std::uint64_t> unheard = 0;  ///< checks for which DNS did not answer
};

/// Runs checks that ask name servers, at most `in_flight` at a time, until the input ends.
void run_asynchronous(BatchShared& shared, spf::CaresDriver& driver, std::size_t in_flight);

/// Runs one check after the other until the input ends. This function is for runs with zone files,
/// with or without name servers.
/// \param keep_answers  whether to search the cache that all threads share before `dns` is asked;
///                      false without name servers, because zone files are as fast as the cache
void run_blocking(BatchShared& shared, Dns& dns, bool keep_answers);

}  // namespace spfcheck
