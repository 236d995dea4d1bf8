#include "batch/batch.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <ostream>
#include <system_error>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <unistd.h>

#include "batch/crew.hpp"
#include "batch/interrupt.hpp"
#include "batch/progress.hpp"
#include "batch/sentences.hpp"
#include "batch/waiting.hpp"
#include "batch/worker.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "io/sentences.hpp"
#include "options/choice.hpp"
#include "spf/resolver/cache.hpp"

namespace spfcheck {
namespace {

using Says = BatchSentence;

/// Returns the options for the cache of DNS answers. The cache is large enough for the records that
/// many domains include. It is small enough for the program to need less than 64 MiB, however long
/// it runs.
spf::CacheOptions cache_options(const BatchOptions& options) {
    spf::CacheOptions cache;
    cache.max_bytes = std::size_t{16} << 20U;
    if (!options.dns.asks_servers()) {
        // The data of zone files does not expire, so equal input lines get equal results throughout
        // the run.
        cache.now = [] { return spf::CacheOptions::Clock::time_point{}; };
        cache.max_ttl = cache.max_negative_ttl = std::chrono::years{100};
    }
    return cache;
}

/// Returns the options for the cache of compiled policies. Each policy has at most 16 KiB. The
/// cache keeps at most 1024 policies by default, so they need at most 16 MiB together. The cache of
/// DNS answers needs its memory in addition.
spf::PolicyCacheOptions policy_options() {
    spf::PolicyCacheOptions policies;
    policies.max_bytes = std::size_t{16} << 10U;
    return policies;
}

spf::CaresOptions cares_options(const BatchOptions& options, spf::PolicyCache* policies) {
    spf::CaresOptions cares;
    cares.servers = options.dns.servers();
    cares.max_outstanding = options.questions;
    cares.policies = policies;
    return cares;
}

/// Returns the number of threads to start. It is at most the maximum number of checks in flight,
/// because a thread needs at least one check.
std::size_t jobs(const BatchOptions& options) {
    return std::min<std::size_t>(options.jobs, options.concurrency);
}

/// Adds the threads for a run with zone files. Each thread runs only one check at a time, because
/// zone files answer at once. A thread does so even if name servers are asked in addition. Returns
/// the exit status.
int start_blocking(Crew& crew, const BatchOptions& options, BatchShared& shared,
                   std::ostream& err) {
    const auto zone = load_zones(options.dns);
    if (!zone) return tell(zone.error(), err);
    for (std::size_t job = 0; job < jobs(options); ++job) {
        auto dns = open_dns(options.dns, *zone, shared.logger, ForWhom::thread);
        if (!dns) return tell(dns.error(), err);
        crew.add([&shared, dns = std::shared_ptr<Dns>(*std::move(dns)),
                  keep = options.dns.asks_servers()] { run_blocking(shared, *dns, keep); });
    }
    return exit_ok;
}

int start_asynchronous(Crew& crew, const BatchOptions& options, BatchShared& shared,
                       std::ostream& err) {
    std::vector<spf::CaresDriver> drivers;
    for (std::size_t job = 0; job < jobs(options); ++job) {
        auto driver = spf::CaresDriver::make(cares_options(options, shared.policies));
        if (!driver) return tell({exit_internal, message_of(driver.error())}, err);
        drivers.push_back(*std::move(driver));
    }
    for (std::size_t i = 0; i < drivers.size(); ++i) {
        // The maximum number of checks in flight is divided among the threads: the values of
        // `in_flight` add up to `options.concurrency`.
        const std::size_t in_flight = (options.concurrency + i) / drivers.size();
        auto own = std::make_shared<spf::CaresDriver>(std::move(drivers[i]));
        crew.add([&shared, in_flight, own] { run_asynchronous(shared, *own, in_flight); });
    }
    return exit_ok;
}

int status_of(const BatchShared& shared, const DnsOptions& dns, std::ostream& err) {
    if (shared.source.error() != 0) {
        return tell({exit_data, say<Says::cannot_read>(system_message(shared.source.error()))},
                    err);
    }
    // A closed pipe (`| head -1`) is not an error, but a full disk is.
    if (shared.sink.error() != 0 && shared.sink.error() != EPIPE) {
        return tell({exit_internal,
                     say<ProgramSentence::cannot_write>(system_message(shared.sink.error()))},
                    err);
    }
    if (interrupted()) {
        return tell({exit_interrupted, say<Says::interrupted>(std::uint64_t{shared.done})}, err);
    }
    if (dns.asks_servers() && shared.unheard > 0 && shared.heard == 0) {
        return tell({exit_unavailable, say<Says::no_answer>()}, err);
    }
    if (shared.refused > 0 && shared.refused == shared.done) {
        return tell({exit_data, say<Says::no_line_read>(std::uint64_t{shared.refused})}, err);
    }
    return exit_ok;
}

}  // namespace

void setup(CLI::App& app, BatchOptions& options) {
    const char* group = "How much at once";
    whole_number(
        app.add_option("--concurrency", options.concurrency,
                       "the most checks in flight, all threads together (4096); with --zone each "
                       "thread has one")
            ->type_name("N")
            ->group(group),
        1, 100'000);
    whole_number(app.add_option("--questions", options.questions,
                                "the most DNS questions in flight, for each thread (256); without "
                                "effect with --zone")
                     ->type_name("N")
                     ->group(group),
                 1, 10'000);
    whole_number(
        app.add_option("--jobs", options.jobs,
                       "the number of threads, which share what is kept (1); at most --concurrency")
            ->type_name("N")
            ->group(group),
        1, 256);
    app.add_flag(
           "--no-prefetch", options.no_prefetch,
           "ask each question only when its answer is needed; slower, but asks no more than needed")
        ->group(group);
    app.add_flag("--no-cache", options.no_cache,
                 "keep nothing: ask and evaluate repeated questions and checks again")
        ->group(group);
    setup(app, options.dns);
    setup(app, options.output);
    app.footer(R"(Input, one check per line, in one of these forms:
  {"id": 1, "ip": "192.0.2.10", "sender": "alice@example.com", "helo": "NAME"}
  192.0.2.10 alice@example.com mx.example.com
  id,ip,sender,helo   (CSV: the first line names the columns, in any order)
"sender" or "helo" may be left out; the sender "<>" is the null reverse-path.
The answer repeats "id", which is the number of the line if there is none;
answers may come in any order.

Examples:
  spfcheck batch --json < checks.ndjson > results.ndjson
  echo 192.0.2.10 alice@example.com | spfcheck batch --zone example.zone
  spfcheck batch --json --jobs 2 --nameserver 192.0.2.53 < checks.csv
  parallel --pipe --block 1M spfcheck batch --json < checks.ndjson

Exit status:
  0 the lines are answered (with "error" if a line cannot be read), 64 wrong
  usage, 65 unreadable input or zone file, or no line could be read,
  69 no name server answered, 70 internal error, 130 interrupted)");
}

int run(const BatchOptions& options, std::ostream& /*out*/, std::ostream& err) {
    catch_interrupts();
    LineSource source{STDIN_FILENO};
    LineSink sink{STDOUT_FILENO};
    spf::AnswerCache answers{cache_options(options)};
    spf::PolicyCache policies{answers, policy_options()};
    BatchShared shared{source,
                       sink,
                       interrupted(),
                       spf::CaresDriver::default_options(),
                       options.no_cache ? nullptr : &policies,
                       make_logger(options.output.verbosity, err)};
    shared.how.hints = !options.no_prefetch;
    shared.how.limits.deadline = options.dns.deadline();

    // The constructor of Progress determines the size of the input, so it must run before a thread
    // reads from the input. With -v, no progress is shown, because log lines would break up the
    // progress line.
    Progress progress{STDIN_FILENO, err, options.output.verbosity == 0};
    Crew crew(interrupted());
    const bool at_once = !options.dns.zones.empty() || !options.dns.with.empty();
    // spf::CaresDriver does not log its DNS questions. So if lookups are to be logged, each outcome
    // must have a trace, from which its lookups are logged. The resolver for zone files logs
    // lookups itself.
    shared.how.trace = !at_once && shared.logger->should_log(spdlog::level::debug);
    try {
        const int failed = at_once ? start_blocking(crew, options, shared, err)
                                   : start_asynchronous(crew, options, shared, err);
        if (failed != exit_ok) return failed;
    } catch (const std::system_error& error) {
        return tell({exit_internal, say<Says::cannot_start>(std::uint64_t{jobs(options)},
                                                            system_message(error.code().value()))},
                    err);
    }
    // The first line may name the columns of a table, so it is read before the threads begin.
    const FirstLine first = first_line_of(source, interrupted());
    shared.columns = columns_named_in(first.text);
    if (shared.columns) shared.header_line = first.number;
    crew.begin();

    wait_for(crew, progress,
             [&] { progress.update(shared.done, shared.octets + source.skipped()); });
    return status_of(shared, options.dns, err);
}

}  // namespace spfcheck
