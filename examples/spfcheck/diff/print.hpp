// What changes from one policy to another, for people and for programs.
#pragma once

#include <iosfwd>
#include <string>

#include "networks/missing.hpp"
#include "options/output.hpp"
#include "spf/analysis/networks.hpp"

namespace spfcheck {

/// One of two policies that are compared.
struct Side {
    std::string name;  ///< for people
    spf::analysis::NetworkMap map;
    Missing missing;
};

/// Prints what changes from one to the other, for people or as one object.
/// \return the exit status, as `spfcheck diff` has it.
int print_diff(std::ostream& out, const Side& from, const Side& to, const OutputOptions& options);

}  // namespace spfcheck
