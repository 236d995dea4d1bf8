// All results of the benchmarks as one JSON object with stable keys, and the table that is made
// from it.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

namespace bench {

/// JSON whose keys keep the order in which they are added, which is the order of the table.
using Figures = nlohmann::ordered_json;

/// Measures parsing, evaluation and lint of this library, and parsing and evaluation of libspf2.
/// `arguments` is the command line of Google Benchmark.
[[nodiscard]] Figures measure_speed(std::span<char*> arguments);
/// Measures how time grows with the octets of a record and with the number of includes. Each time
/// is the shortest of `repetitions` measurements.
[[nodiscard]] Figures measure_growth(unsigned repetitions);
/// Measures how many octets of heap an evaluation in flight needs.
[[nodiscard]] Figures measure_memory();
/// Counts the round trips to DNS that several checks need, without and with hints.
[[nodiscard]] Figures measure_round_trips();
/// Measures the checks per second of one thread and of two threads. Each figure is the best of
/// `repetitions` measurements.
[[nodiscard]] Figures measure_threads(unsigned repetitions);

/// Returns whether no curve of measure_growth() is clearly steeper than a straight line. Prints a
/// line for each curve to `out`.
[[nodiscard]] bool grows_linearly(const Figures& growth, std::ostream& out);
/// Returns whether every benchmark of this library, of libspf2 and of the floor (floor.hpp) has the
/// expected result. Prints a line to `out` for each other result.
[[nodiscard]] bool results_agree(std::ostream& out);

/// Prints the table for people, at most 80 columns wide.
void print_table(const Figures& figures, std::ostream& out);
/// Prints each value of two builds and the ratio after / before. A value is the smallest in all
/// files for its build.
void print_comparison(std::span<const Figures> before, std::span<const Figures> after,
                      std::ostream& out);

}  // namespace bench
