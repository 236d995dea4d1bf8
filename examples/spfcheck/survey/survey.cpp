#include "survey/survey.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <system_error>
#include <utility>
#include <vector>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fcntl.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "batch/crew.hpp"
#include "batch/interrupt.hpp"
#include "batch/progress.hpp"
#include "batch/waiting.hpp"
#include "dns/dns.hpp"
#include "io/failure.hpp"
#include "io/language.hpp"
#include "io/log.hpp"
#include "io/sentences.hpp"
#include "options/choice.hpp"
#include "options/providers.hpp"
#include "providers/catalogue.hpp"
#include "survey/sentences.hpp"
#include "survey/worker.hpp"

namespace spfcheck {
namespace {

using Says = SurveySentence;

/// A descriptor that is closed unless it is standard input.
class Input {
public:
    explicit Input(const std::string& path)
        : descriptor_(path.empty() || path == "-" ? STDIN_FILENO
                                                  : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    Input(Input&&) = delete;
    Input& operator=(Input&&) = delete;
    ~Input() {
        if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
    }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

private:
    int descriptor_;
};

std::string name_of_input(const SurveyOptions& options) {
    return options.file.empty() ? "-" : options.file;
}

/// Returns the options for the cache of DNS answers, which is large enough for the records that
/// many domains include.
spf::CacheOptions cache_options() {
    spf::CacheOptions cache;
    cache.max_bytes = std::size_t{12} << 20U;
    return cache;
}

/// Lets the allocator keep what a domain has freed for the next one. Otherwise glibc returns it to
/// the system after each domain, and each page of it is cleared again.
void keep_freed_memory() {
#if defined(__GLIBC__)
    ::mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}

/// Adds the threads for a run that examines one domain after the other. Returns the exit status.
int start_blocking(Crew& crew, const SurveyOptions& options, SurveyShared& shared,
                   std::ostream& err) {
    const auto zone = load_zones(options.dns);
    if (!zone) return tell(zone.error(), err);
    for (unsigned job = 0; job < options.jobs; ++job) {
        auto dns = open_dns(options.dns, *zone, shared.logger, ForWhom::thread);
        if (!dns) return tell(dns.error(), err);
        crew.add(
            [&shared, dns = std::shared_ptr<Dns>(*std::move(dns))] { run_blocking(shared, *dns); });
    }
    return exit_ok;
}

int start_asynchronous(Crew& crew, const SurveyOptions& options, SurveyShared& shared,
                       spf::AnswerCache& answers, std::ostream& err) {
    const auto jobs = std::min<std::size_t>(options.jobs, options.concurrency);
    for (std::size_t job = 0; job < jobs; ++job) {
        spf::CaresOptions cares;
        cares.servers = options.dns.servers();
        cares.max_outstanding = options.questions;
        cares.cache = &answers;
        auto driver = spf::CaresDriver::make(std::move(cares));
        if (!driver) return tell({exit_internal, message_of(driver.error())}, err);
        const std::size_t in_flight = (options.concurrency + job) / jobs;
        auto own = std::make_shared<spf::CaresDriver>(*std::move(driver));
        crew.add([&shared, &answers, &options, in_flight, own] {
            run_asynchronous(shared, *own, answers, in_flight, [&shared, &options] {
                auto dns = open_dns(options.dns, Zone(), shared.logger, ForWhom::thread);
                return dns ? *std::move(dns) : std::unique_ptr<Dns>();
            });
        });
    }
    return exit_ok;
}

/// Reports why the run ended, if it is not because all lines were processed.
/// \return the exit status
int status_of(const SurveyShared& shared, const SurveyOptions& options, std::ostream& err) {
    if (shared.source.error() != 0) {
        return tell({exit_data, say<Says::cannot_read>(name_of_input(options),
                                                       system_message(shared.source.error()))},
                    err);
    }
    // A closed pipe (`| head -1`) is not an error, but a full disk is.
    if (shared.sink.error() != 0) {
        if (shared.sink.error() == EPIPE) return exit_ok;
        return tell({exit_internal,
                     say<ProgramSentence::cannot_write>(system_message(shared.sink.error()))},
                    err);
    }
    const bool is_whole = !interrupted() && !shared.input_differs;
    if (const auto lines = shared.done_before.difference(is_whole)) {
        return tell(
            {exit_data, say<Says::other_input>(options.resume, lines->first, lines->second)}, err);
    }
    const std::uint64_t written = shared.written;
    if (interrupted()) {
        return tell({exit_interrupted, options.resume.empty() ? say<Says::interrupted>(written)
                                                              : say<Says::go_on>(written)},
                    err);
    }
    if (options.dns.asks_servers() && shared.unheard > 0 && shared.heard == 0) {
        return tell({exit_unavailable, say<Says::no_answer>()}, err);
    }
    const std::uint64_t refused = shared.summary.refused();
    if (refused > 0 && refused == written && shared.done_before.count() == 0) {
        return tell({exit_data, say<Says::no_line_read>(refused)}, err);
    }
    return exit_ok;
}

/// Waits for the threads, shows the progress, and prints the summary.
void finish(Crew& crew, const SurveyShared& shared, Progress& progress, std::ostream& err) {
    const auto begin = std::chrono::steady_clock::now();
    crew.begin();
    wait_for(crew, progress,
             [&] { progress.update(shared.written, shared.octets + shared.source.skipped()); });
    if (shared.source.error() == 0 || shared.written > 0) {
        shared.summary.print(err, std::chrono::steady_clock::now() - begin,
                             shared.done_before.count());
    }
}

}  // namespace

void setup(CLI::App& app, SurveyOptions& options) {
    const char* group = "What to examine";
    app.add_option("FILE", options.file, "the file with the domains (standard input)")
        ->type_name("")
        ->group(group);
    app.add_option("--column", options.column,
                   "the column of a table (CSV) that has the domains: its name in the first line, "
                   "or its number; in lines of JSON, the key of the domain (domain)")
        ->type_name("NAME")
        ->group(group);
    whole_number(app.add_option("--first-line", options.first_line,
                                "the number of the first line (1), for a part of a larger input")
                     ->type_name("N")
                     ->group(group),
                 1, 1'000'000'000'000);
    group = "How much at once";
    whole_number(app.add_option("--concurrency", options.concurrency,
                                "the most domains in flight, all threads together (2048)")
                     ->type_name("N")
                     ->group(group),
                 1, 100'000);
    whole_number(app.add_option("--questions", options.questions,
                                "the most DNS questions in flight, for each thread (256)")
                     ->type_name("N")
                     ->group(group),
                 1, 10'000);
    whole_number(
        app.add_option("--jobs", options.jobs, "the number of threads, which share answers (1)")
            ->type_name("N")
            ->group(group),
        1, 256);
    setup_providers(app, options.providers);
    setup(app, options.dns);
    app.add_flag("--csv", options.csv, "print a table (CSV) instead of JSON")->group("Output");
    app.add_option("--resume", options.resume,
                   "write to this file, and leave out what it has already; run the same command "
                   "again to go on after an interruption")
        ->type_name("FILE")
        ->group("Output");
    setup(app, options.output);
    app.footer(R"(Input: a domain per line; a table (CSV) with --column; or JSON objects, one per
line. A mail address or URL stands for its domain.

Output, one line per domain, in any order; "line" is its line in the input:
  {"line":1,"domain":"example.com","record":"v=spf1 mx -all","result":"fail",
   "all":"-all","findings":["low_ttl"],"dns_lookups":1,"ip4_addresses":1,...}
"findings" are those of "spfcheck lint", errors first; the rest is as in
"spfcheck overview --json". A summary goes to standard error.

Examples:
  spfcheck survey domains.txt > survey.ndjson
  spfcheck survey domains.txt --resume survey.ndjson
  spfcheck survey customers.csv --column domain --csv > survey.csv
  spfcheck survey --zone example.zone < domains.txt
  parallel --pipe --block 1M spfcheck survey < domains.txt > survey.ndjson

Exit status:
  0 the lines are done (with "error" if one has no domain), 64 wrong usage,
  65 unreadable file, or no line has a domain, 69 no name server answered,
  70 internal error, 130 interrupted)");
}

int run(const SurveyOptions& options, std::ostream& /*out*/, std::ostream& err) {
    if (options.csv && options.output.json) {
        return tell_usage(say<Says::json_and_csv>(), "survey", err);
    }
    const Format format = options.csv ? Format::csv : Format::json;
    const auto catalogue = Catalogue::load(options.providers);
    if (!catalogue) return tell(catalogue.error(), err);
    const Input file(options.file);
    if (file.descriptor() < 0) {
        return tell({exit_data, say<Says::cannot_read>(options.file, system_message(errno))}, err);
    }
    if (::isatty(file.descriptor()) == 1) tell_note(say<Says::reads_terminal>(), err);
    // The constructor determines the size of the input, so it must run before anything is read.
    // With -v, no progress is shown, because log lines would break up the progress line.
    Progress progress{file.descriptor(), err, options.output.verbosity == 0,
                      options.resume.empty()};

    catch_interrupts();
    keep_freed_memory();
    DoneLines done;
    std::optional<ResumedFile> resumed;
    if (!options.resume.empty()) {
        auto opened = ResumedFile::open(options.resume, format, done);
        if (!opened) return tell(opened.error(), err);
        resumed.emplace(*std::move(opened));
    }
    LineSource source{file.descriptor()};
    const auto input = SurveyInput::of(first_line_of(source, interrupted()), options.column);
    if (!input) return tell(input.error(), err);
    LineSink sink{resumed ? resumed->descriptor() : STDOUT_FILENO};
    std::string header = resumed && !resumed->is_empty() ? std::string() : header_of(format);
    sink.write(header);
    SurveyShared shared{source,
                        sink,
                        interrupted(),
                        *input,
                        *catalogue,
                        done,
                        format,
                        options.first_line,
                        options.dns.deadline(),
                        make_logger(options.output.verbosity, err)};
    spf::AnswerCache answers{cache_options()};
    Crew crew(interrupted());
    const bool one_by_one = !options.dns.zones.empty() || !options.dns.with.empty();
    try {
        const int failed = one_by_one ? start_blocking(crew, options, shared, err)
                                      : start_asynchronous(crew, options, shared, answers, err);
        if (failed != exit_ok) return failed;
    } catch (const std::system_error& error) {
        return tell({exit_internal, say<Says::cannot_start>(std::uint64_t{options.jobs},
                                                            system_message(error.code().value()))},
                    err);
    }
    finish(crew, shared, progress, err);
    return status_of(shared, options, err);
}

}  // namespace spfcheck
