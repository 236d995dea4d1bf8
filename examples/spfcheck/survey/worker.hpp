// The work of one thread of a survey: it reads domains, examines several of them at the same time,
// and writes output lines.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include <spdlog/logger.h>

#include "batch/lines.hpp"
#include "dns/dns.hpp"
#include "providers/catalogue.hpp"
#include "spf/driver/cares.hpp"
#include "spf/resolver/cache.hpp"
#include "survey/input.hpp"
#include "survey/resume.hpp"
#include "survey/summary.hpp"

namespace spfcheck {

/// The data that all threads of a survey share.
struct SurveyShared {
    LineSource& source;
    LineSink& sink;
    const std::atomic<bool>& interrupted;
    const SurveyInput& input;
    const Catalogue& catalogue;
    DoneLines& done_before;
    Format format;
    std::uint64_t first_line;  ///< the number that the first line of the input has in the output
    std::chrono::milliseconds limit;  ///< the time for all questions about a domain
    std::shared_ptr<spdlog::logger> logger;
    Summary summary{};
    std::atomic<std::uint64_t> written = 0;  ///< number of output lines so far
    /// Number of octets in the input lines processed so far, including blank lines and line ends.
    std::atomic<std::uint64_t> octets = 0;
    std::atomic<std::uint64_t> heard = 0;     ///< domains for which DNS answered
    std::atomic<std::uint64_t> unheard = 0;   ///< domains for which DNS did not answer
    std::atomic<bool> input_differs = false;  ///< see DoneLines::difference()
};

/// Examines domains by asking name servers, at most `in_flight` domains at a time, until the input
/// ends.
/// \param answers  the cache that the driver uses
/// \param dns  makes a resolver for the few domains that have to be examined one after the other
void run_asynchronous(SurveyShared& shared, spf::CaresDriver& driver, spf::AnswerCache& answers,
                      std::size_t in_flight, const std::function<std::unique_ptr<Dns>()>& dns);

/// Examines one domain after the other until the input ends. This function is for runs with zone
/// files or supposed records, with or without name servers.
void run_blocking(SurveyShared& shared, Dns& dns);

}  // namespace spfcheck
