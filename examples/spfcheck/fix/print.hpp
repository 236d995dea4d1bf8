// Prints an spf::analysis::Fix for people, and converts it to JSON for programs.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "io/json.hpp"
#include "spf/analysis/fix.hpp"
#include "spf/analysis/flatten.hpp"

namespace spfcheck {

/// The records that can be published instead of one long record; empty if there are none.
using Split = std::vector<spf::analysis::FlatRecord>;

[[nodiscard]] Json to_json(const spf::analysis::Fix& fix, const Split& split);

/// How much to print for people.
struct FixStyle {
    std::size_t width = 80;
    bool all_proof = false;  ///< all addresses of the proof, not only three
    /// Everything, instead of what fits on a screen of 24 lines.
    bool everything = false;
    std::vector<std::string> whole_command{};  ///< the arguments that print everything
};

/// Prints for people whether the record works, and if it does not, the steps that fix it, the
/// record to publish, and the proof.
void print(std::ostream& out, const spf::analysis::Fix& fix, const Split& split,
           const FixStyle& style);

}  // namespace spfcheck
