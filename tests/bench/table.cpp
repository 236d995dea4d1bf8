// The table for people. A dash is printed for a missing figure.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <vector>

#include "figures.hpp"

namespace bench {
namespace {

std::optional<double> value(const Figures& row, const char* key) {
    const auto found = row.find(key);
    if (found == row.end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.insert(0, width - text.size(), ' ');
    return text;
}

std::string formatted(double number, int decimals) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, number);
    return buffer;
}

/// Returns a number with about three digits, such as 3, 4.32, 43.2, 432, 43210 or 4.32M.
std::string digits(double number) {
    if (number == std::floor(number) && std::abs(number) < 1e6) return formatted(number, 0);
    if (number >= 1e6) return formatted(number / 1e6, 2) + "M";
    return formatted(number, std::abs(number) < 10 ? 2 : std::abs(number) < 100 ? 1 : 0);
}

struct Column {
    const char* key;
    const char* title;
    std::size_t width;
    double scale = 1;
    const char* suffix = "";
};

void print_section(const Figures& figures, const char* key, const char* title,
                   std::size_t label_width, const std::vector<Column>& columns, std::ostream& out) {
    const auto section = figures.find(key);
    if (section == figures.end()) return;
    std::string heading{title};
    heading.resize(label_width, ' ');
    out << '\n' << heading;
    for (const Column& column : columns) out << padded(column.title, column.width);
    out << '\n';
    for (const auto& [name, row] : section->items()) {
        std::string label = "  " + row["label"].get<std::string>();
        label.resize(label_width, ' ');
        out << label;
        for (const Column& column : columns) {
            const auto found = value(row, column.key);
            out << padded(found ? digits(*found * column.scale) + column.suffix : "-",
                          column.width);
        }
        out << '\n';
    }
}

/// Appends every number whose key ends in "_ns" or is "allocations" or "bytes", with its path in
/// the JSON.
void collect(const Figures& figures, const std::string& path,
             std::vector<std::pair<std::string, double>>& out) {
    for (const auto& [key, item] : figures.items()) {
        const std::string here = path.empty() ? key : path + '/' + key;
        if (item.is_object() && key != "runs") collect(item, here, out);
        const bool wanted = key.ends_with("_ns") || key == "allocations" || key == "bytes";
        if (item.is_number() && wanted && key != "intercept_ns")
            out.emplace_back(here, item.get<double>());
    }
}

std::vector<std::pair<std::string, double>> best_of(std::span<const Figures> files) {
    std::vector<std::pair<std::string, double>> best;
    for (const Figures& file : files) {
        std::vector<std::pair<std::string, double>> found;
        collect(file, {}, found);
        for (const auto& item : found) {
            const auto same = std::find_if(best.begin(), best.end(),
                                           [&](const auto& b) { return b.first == item.first; });
            if (same == best.end()) {
                best.push_back(item);
            } else {
                same->second = std::min(same->second, item.second);
            }
        }
    }
    return best;
}

}  // namespace

void print_table(const Figures& figures, std::ostream& out) {
    out << figures.value("compiler", "") << "; ns per call, the best of several interleaved runs\n";
    print_section(figures, "parse", "parse", 26,
                  {{"octets", "octets", 9},
                   {"ours_ns", "ns", 9},
                   {"ours_bytes_per_second", "MB/s", 8, 1e-6},
                   {"allocations", "allocs", 8},
                   {"libspf2_ns", "libspf2", 10},
                   {"libspf2_over_ours", "faster", 9, 1, "x"}},
                  out);
    print_section(figures, "evaluate", "evaluate", 26,
                  {{"ours_ns", "parsed", 8},
                   {"allocations", "allocs", 7},
                   {"ours_parsing_ns", "parsing", 8},
                   {"libspf2_ns", "libspf2", 8},
                   {"libspf2_cached_ns", "cached", 7},
                   {"libspf2_over_ours", "faster", 8, 1, "x"},
                   {"libspf2_over_ours_parsing", "parsing", 8, 1, "x"}},
                  out);
    print_section(figures, "policy", "three includes, compiled", 28,
                  {{"ours_ns", "ns", 8},
                   {"allocations", "allocs", 7},
                   {"libspf2_cached_ns", "libspf2 cached", 16},
                   {"libspf2_cached_over_ours", "faster", 8, 1, "x"},
                   {"floor_ns", "floor", 8},
                   {"floor_over_ours", "faster", 8, 1, "x"}},
                  out);
    print_section(figures, "evaluate", "evaluate, without evaluator", 29,
                  {{"questions", "questions", 10},
                   {"floor_ns", "floor", 8},
                   {"ours_over_floor", "ours/floor", 12, 1, "x"},
                   {"floor_with_zone_ns", "+ zone", 9},
                   {"ours_over_floor_with_zone", "ours/that", 12, 1, "x"}},
                  out);
    print_section(figures, "around", "around an evaluation", 40,
                  {{"ours_ns", "ns", 12},
                   {"ours_over_reused", "of the first", 14, 1, "x"},
                   {"allocations", "allocs", 10}},
                  out);
    print_section(figures, "lint", "lint() of a record", 40,
                  {{"octets", "octets", 12}, {"ours_ns", "ns", 14}, {"allocations", "allocs", 10}},
                  out);
    print_section(figures, "growth", "growth", 32,
                  {{"slope_ns", "ns/unit", 9},
                   {"intercept_ns", "+ ns", 8},
                   {"r_squared", "R^2", 7},
                   {"max_deviation", "max off", 10, 100, "%"},
                   {"steepness", "last/mid", 11, 1, "x"}},
                  out);
    print_section(figures, "memory", "heap per evaluation in flight", 40, {{"bytes", "octets", 12}},
                  out);
    print_section(figures, "round_trips", "round trips", 40,
                  {{"plain", "one by one", 12}, {"hints", "with hints", 14}}, out);
    print_section(figures, "threads", "checks per second", 32,
                  {{"one_thread_per_second", "1 thread", 12},
                   {"two_threads_per_second", "2 threads", 12},
                   {"two_over_one", "2 / 1", 9, 1, "x"},
                   {"two_over_one_by_processor_time", "of CPU time", 13, 1, "x"}},
                  out);
}

void print_comparison(std::span<const Figures> before, std::span<const Figures> after,
                      std::ostream& out) {
    const auto old_best = best_of(before);
    out << "                                                  before     after   after/before\n";
    for (const auto& [path, now] : best_of(after)) {
        const auto same =
            std::find_if(old_best.begin(), old_best.end(),
                         [&, &name = path](const auto& b) { return b.first == name; });
        if (same == old_best.end()) continue;
        std::string label = path;
        label.resize(46, ' ');
        out << label << padded(digits(same->second), 10) << padded(digits(now), 10)
            << padded(same->second == 0 ? "-" : formatted(now / same->second, 2) + "x", 13) << '\n';
    }
}

}  // namespace bench
