// What is wrong with a command line, in words of our own.
#pragma once

#include <string>
#include <vector>

#include "table/table.hpp"

namespace spfcheck {

/// Why the parser refused a command line, as far as it says so reliably.
enum class Refusal {
    value,  ///< a validator of ours refused a value; `said` is its message
    other,
};

/// Returns what is wrong with a command line that the parser refused, and what was probably meant.
/// The words are looked at one after the other, and compared with the table.
/// \param words  as arranged() returns them
/// \param said   what the parser says; it is not shown if it is not a message of ours
[[nodiscard]] std::string problem_of(const std::vector<std::string>& words,
                                     const CommandTable& program, Refusal refusal,
                                     const std::string& said);

}  // namespace spfcheck
