// Compares the checks per second of two threads with those of one thread. Each thread has its own
// Evaluation. The threads use the same zone, the same cache before the zone, or a cache each. With
// a cache each, they share nothing, so this shows the best that the machine allows.

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <ctime>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <sched.h>

#include "cases.hpp"
#include "figures.hpp"
#include "spf/evaluation/check_host.hpp"
#include "spf/resolver/cache.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Returns the case with three includes under `count` domain names, so that the threads use
/// different answers most of the time.
std::vector<Case> domains(std::size_t count) {
    std::vector<Case> all;
    const Case model = includes(3);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string domain = "d" + std::to_string(i) + ".example";
        const auto renamed = [&](std::string text) {
            constexpr std::string_view from = "example.com";
            for (std::size_t at = text.find(from); at != std::string::npos;
                 at = text.find(from, at + domain.size())) {
                text.replace(at, from.size(), domain);
            }
            return text;
        };
        Case made = model;
        made.sender = "bob@" + domain;
        for (ZoneRecord& record : made.zone)
            record = {renamed(record.name), record.type, renamed(record.value)};
        all.push_back(std::move(made));
    }
    return all;
}

struct Setting {
    std::vector<Case> cases;
    spf::ZoneResolver zone;
    std::array<spf::AnswerCache, 2> caches;  // the second is used only if each thread has a cache

    explicit Setting(std::size_t count) : cases(domains(count)) {
        for (const Case& made : cases) {
            for (const ZoneRecord& record : made.zone) zone.add_txt(record.name, record.value);
        }
    }
};

/// What the threads ask for DNS answers.
enum class Source { zone, cache, own_cache };

/// Keeps the calling thread on one processor. Otherwise, if other programs are busy, the scheduler
/// may leave both threads on the same processor for longer than a measurement takes.
void stay_on_processor(std::size_t number) {
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
    const auto count = static_cast<std::size_t>(CPU_COUNT(&allowed));
    std::size_t left = number % std::max<std::size_t>(count, 1);
    for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        if (left-- > 0) continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        // If that is forbidden, the figures only vary more.
        static_cast<void>(::sched_setaffinity(0, sizeof one, &one));
        return;
    }
}

double processor_time() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

struct Throughput {
    double per_second = 0;
    double per_processor_second = 0;  // if each thread had a processor for itself all the time
};

/// Measures the checks per second of all threads together. The measurement is so short that other
/// programs disturb only some of the repetitions.
Throughput throughput(Setting& setting, unsigned threads, Source source) {
    std::atomic<bool> stop = false;
    std::atomic<std::uint64_t> total = 0;
    std::vector<double> undisturbed(threads);
    // Each thread reads the clock itself, because the thread that starts them may continue late.
    std::vector<Clock::time_point> begins(threads);
    std::vector<Clock::time_point> ends(threads);
    std::barrier start{static_cast<std::ptrdiff_t>(threads) + 1};
    std::vector<std::thread> running;
    for (unsigned t = 0; t < threads; ++t) {
        running.emplace_back([&, t] {
            stay_on_processor(t);
            spf::CachingResolver caching{setting.zone,
                                         setting.caches[source == Source::own_cache ? t : 0]};
            spf::Evaluation evaluation;
            std::size_t next = t * setting.cases.size() / threads;
            std::uint64_t done = 0;
            const auto check = [&] {
                evaluation.reset(setting.cases[next++ % setting.cases.size()].request());
                while (!evaluation.done()) {
                    const spf::dns::Question& question = evaluation.pending();
                    evaluation.answer(source == Source::zone ? setting.zone.borrow(question)
                                                             : caching.resolve(question));
                }
            };
            for (std::size_t i = 0; i < setting.cases.size(); ++i) check();  // fills the cache
            start.arrive_and_wait();
            begins[t] = Clock::now();
            const double used_before = processor_time();
            for (; !stop.load(std::memory_order_relaxed); ++done) check();
            undisturbed[t] = static_cast<double>(done) / (processor_time() - used_before);
            ends[t] = Clock::now();
            total += done;
        });
    }
    start.arrive_and_wait();
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
    stop = true;
    for (std::thread& thread : running) thread.join();
    const std::chrono::duration<double> taken = *std::max_element(ends.begin(), ends.end()) -
                                                *std::min_element(begins.begin(), begins.end());
    return {static_cast<double>(total) / taken.count(),
            std::accumulate(undisturbed.begin(), undisturbed.end(), 0.0)};
}

Figures compare(std::string label, std::size_t domain_count, Source source, unsigned repetitions) {
    Setting setting{domain_count};
    std::vector<double> runs[2];
    double best[2] = {};
    double undisturbed[2] = {};
    for (unsigned i = 0; i < repetitions; ++i) {
        for (const unsigned threads : {1U, 2U}) {
            const Throughput measured = throughput(setting, threads, source);
            const std::size_t at = threads - 1;
            runs[at].push_back(measured.per_second);
            best[at] = std::max(best[at], measured.per_second);
            undisturbed[at] = std::max(undisturbed[at], measured.per_processor_second);
        }
    }
    return {{"label", std::move(label)},
            {"one_thread_per_second", best[0]},
            {"two_threads_per_second", best[1]},
            {"two_over_one", best[1] / best[0]},
            {"two_over_one_by_processor_time", undisturbed[1] / undisturbed[0]},
            {"runs", {{"one", runs[0]}, {"two", runs[1]}}}};
}

}  // namespace

Figures measure_threads(unsigned repetitions) {
    return {{"zone_many", compare("zone, 256 domains", 256, Source::zone, repetitions)},
            {"zone_one", compare("zone, one domain", 1, Source::zone, repetitions)},
            {"cache_many", compare("cache, 256 domains", 256, Source::cache, repetitions)},
            {"cache_one", compare("cache, one domain", 1, Source::cache, repetitions)},
            {"own_many", compare("a cache each, 256 domains", 256, Source::own_cache, repetitions)},
            {"own_one", compare("a cache each, one domain", 1, Source::own_cache, repetitions)}};
}

}  // namespace bench
