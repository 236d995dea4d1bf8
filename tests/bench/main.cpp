// spf-bench [--json FILE] [--single-threaded] [Google Benchmark's options]
//     measures and prints the table; with --benchmark_filter, only the selected benchmarks
// spf-bench --check growth|results
//     checks for CTest that time grows linearly, or that all results are as expected
// spf-bench --compare BEFORE.json... -- AFTER.json...
//     prints the figures of two builds side by side

#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "figures.hpp"
#include "libspf2.hpp"

namespace {

using bench::Figures;

int check(std::string_view what) {
    if (what == "results") return bench::results_agree(std::cout) ? 0 : 1;
    if (what == "growth") return bench::grows_linearly(bench::measure_growth(5), std::cout) ? 0 : 1;
    std::cerr << "bench: --check takes growth or results\n";
    return 64;
}

int compare(const std::vector<std::string>& files) {
    std::vector<Figures> sides[2];
    std::size_t side = 0;
    for (const std::string& name : files) {
        if (name == "--") {
            side = 1;
            continue;
        }
        std::ifstream in{name};
        Figures figures = Figures::parse(in, nullptr, false);
        if (figures.is_discarded()) {
            std::cerr << "bench: " << name << ": no JSON\n";
            return 65;
        }
        sides[side].push_back(std::move(figures));
    }
    bench::print_comparison(sides[0], sides[1], std::cout);
    return 0;
}

int measure(std::vector<std::string> arguments, const std::string& json, bool single_threaded) {
    // Reference counts cost more after a process has had a second thread. Mail servers have
    // threads, so a thread is started here before anything is measured.
    if (!single_threaded) std::thread{[] {}}.join();
    if (!bench::results_agree(std::cerr)) return 1;

    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    Figures figures{{"compiler", BENCH_COMPILER},
                    {"libspf2", bench::have_libspf2()},
                    {"single_threaded", single_threaded}};
    figures.update(bench::measure_speed(pointers));
    const bool filtered = std::any_of(
        arguments.begin(), arguments.end(),
        [](const std::string& argument) { return argument.starts_with("--benchmark_filter"); });
    if (!filtered) {
        figures["growth"] = bench::measure_growth(15);
        figures["memory"] = bench::measure_memory();
        figures["round_trips"] = bench::measure_round_trips();
        if (!single_threaded) figures["threads"] = bench::measure_threads(40);
    }
    bench::print_table(figures, std::cout);
    if (json.empty()) return 0;
    std::ofstream out{json};
    out << figures.dump(1) << '\n';
    if (!out.flush()) {
        std::cerr << "bench: cannot write " << json << '\n';
        return 1;
    }
    std::cout << "\nAll figures: " << json << "; what the rows mean: tests/bench/README.md\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> given{argv + 1, argv + argc};
    // The options of the command line follow these defaults and override them.
    std::vector<std::string> arguments{argv[0], "--benchmark_min_time=0.02",
                                       "--benchmark_repetitions=15",
                                       "--benchmark_enable_random_interleaving=true"};
    std::string json;
    bool single_threaded = false;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const bool has_value = i + 1 < given.size();
        if (given[i] == "--check" && has_value) return check(given[i + 1]);
        if (given[i] == "--compare")
            return compare({given.begin() + static_cast<std::ptrdiff_t>(i) + 1, given.end()});
        if (given[i] == "--json" && has_value) {
            json = given[++i];
        } else if (given[i] == "--single-threaded") {
            single_threaded = true;
        } else {
            arguments.push_back(given[i]);
        }
    }
    return measure(std::move(arguments), json, single_threaded);
}
