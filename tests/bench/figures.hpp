// All that was measured, as one JSON object with stable keys, and the table made from it.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

namespace bench {

/// Kept in the order of the table.
using Figures = nlohmann::ordered_json;

/// Parse and evaluate, ours and theirs, by Google Benchmark. `arguments`: of its own command line.
[[nodiscard]] Figures measure_speed(std::span<char*> arguments);
/// Cost by octets of record and by includes. `repetitions`: the best of so many counts.
[[nodiscard]] Figures measure_growth(unsigned repetitions);
/// Octets of heap per evaluation in flight.
[[nodiscard]] Figures measure_memory();
/// Round trips of a check with nine includes, without and with hints.
[[nodiscard]] Figures measure_round_trips();
/// Checks per second of one thread and of two.
[[nodiscard]] Figures measure_threads(unsigned repetitions);

/// Whether no curve of measure_growth() is clearly steeper than a straight line; tells `out`.
[[nodiscard]] bool grows_linearly(const Figures& growth, std::ostream& out);
/// Whether every benchmark comes to the result it is there for, ours, theirs and the floor.
[[nodiscard]] bool results_agree(std::ostream& out);

/// At most 80 columns.
void print_table(const Figures& figures, std::ostream& out);
/// The ratios of two builds, after / before; each the best of all files given for it.
void print_comparison(std::span<const Figures> before, std::span<const Figures> after,
                      std::ostream& out);

}  // namespace bench
