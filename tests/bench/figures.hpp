// All results as one JSON object with stable keys, and the table made from it.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

namespace bench {

/// JSON that keeps the order of the table.
using Figures = nlohmann::ordered_json;

/// Measures parsing and evaluation, of this library and of libspf2, with Google Benchmark.
/// `arguments` is its command line.
[[nodiscard]] Figures measure_speed(std::span<char*> arguments);
/// Measures cost by octets of record and by includes. The best of `repetitions` results counts.
[[nodiscard]] Figures measure_growth(unsigned repetitions);
/// Measures octets of heap per evaluation in flight.
[[nodiscard]] Figures measure_memory();
/// Counts round trips of a check with nine includes, without and with hints.
[[nodiscard]] Figures measure_round_trips();
/// Measures checks per second of one thread and of two.
[[nodiscard]] Figures measure_threads(unsigned repetitions);

/// Whether no curve of measure_growth() is clearly steeper than a straight line; reports to `out`.
[[nodiscard]] bool grows_linearly(const Figures& growth, std::ostream& out);
/// Whether every benchmark has the expected result: this library, libspf2 and the floor.
[[nodiscard]] bool results_agree(std::ostream& out);

/// At most 80 columns.
void print_table(const Figures& figures, std::ostream& out);
/// Prints the ratios of two builds, after / before; each value is the best of all files given for
/// its build.
void print_comparison(std::span<const Figures> before, std::span<const Figures> after,
                      std::ostream& out);

}  // namespace bench
