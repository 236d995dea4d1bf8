// Checks per second of two threads against one: each with an Evaluation of its own, all on the same
// zone, or on the same cache in front of it.

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "cases.hpp"
#include "figures.hpp"
#include "spf/check.hpp"
#include "spf/resolver/cache.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

/// The same three includes under many names, so that threads do not all touch the same answers.
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
    spf::AnswerCache cache;

    explicit Setting(std::size_t count) : cases(domains(count)) {
        for (const Case& made : cases) {
            for (const ZoneRecord& record : made.zone) zone.add_txt(record.name, record.value);
        }
    }
};

/// Checks per second of all threads together, within 40 ms.
double throughput(Setting& setting, unsigned threads, bool cached) {
    std::atomic<bool> stop = false;
    std::atomic<std::uint64_t> total = 0;
    std::barrier start{static_cast<std::ptrdiff_t>(threads) + 1};
    std::vector<std::thread> running;
    for (unsigned t = 0; t < threads; ++t) {
        running.emplace_back([&, t] {
            spf::CachingResolver caching{setting.zone, setting.cache};
            spf::Evaluation evaluation;
            std::size_t next = t * setting.cases.size() / threads;
            std::uint64_t done = 0;
            const auto check = [&] {
                evaluation.reset(setting.cases[next++ % setting.cases.size()].request());
                while (!evaluation.done()) {
                    const spf::dns::Question& question = evaluation.pending();
                    evaluation.answer(cached ? caching.resolve(question)
                                             : setting.zone.lookup(question));
                }
            };
            for (std::size_t i = 0; i < setting.cases.size(); ++i) check();  // fills the cache
            start.arrive_and_wait();
            for (; !stop.load(std::memory_order_relaxed); ++done) check();
            total += done;
        });
    }
    start.arrive_and_wait();
    const auto begin = Clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds{40});
    stop = true;
    for (std::thread& thread : running) thread.join();
    const std::chrono::duration<double> taken = Clock::now() - begin;
    return static_cast<double>(total) / taken.count();
}

Figures compare(std::string label, std::size_t domain_count, bool cached, unsigned repetitions) {
    Setting setting{domain_count};
    std::vector<double> one;
    std::vector<double> two;
    for (unsigned i = 0; i < repetitions; ++i) {
        one.push_back(throughput(setting, 1, cached));
        two.push_back(throughput(setting, 2, cached));
    }
    const double best_one = *std::max_element(one.begin(), one.end());
    const double best_two = *std::max_element(two.begin(), two.end());
    return {{"label", std::move(label)},
            {"one_thread_per_second", best_one},
            {"two_threads_per_second", best_two},
            {"two_over_one", best_two / best_one},
            {"runs", {{"one", one}, {"two", two}}}};
}

}  // namespace

Figures measure_threads(unsigned repetitions) {
    return {{"zone_many", compare("zone, 256 domains", 256, false, repetitions)},
            {"zone_one", compare("zone, one domain", 1, false, repetitions)},
            {"cache_many", compare("cache, 256 domains", 256, true, repetitions)},
            {"cache_one", compare("cache, one domain", 1, true, repetitions)}};
}

}  // namespace bench
