// Prints the changes from one policy to another, for people or for programs.
#pragma once

#include <iosfwd>
#include <string>

#include "networks/missing.hpp"
#include "options/output.hpp"
#include "spf/analysis/networks.hpp"

namespace spfcheck {

/// One of the two policies being compared.
struct Side {
    std::string name;  ///< its name in messages, such as "OLD"
    spf::analysis::NetworkMap map;
    Missing missing;
};

/// Prints the changes from one policy to the other, for people or as one JSON object. For people,
/// the changes are grouped, and with `all`, every network is listed.
/// \return the exit status of `spfcheck diff`
int print_diff(std::ostream& out, const Side& from, const Side& to, const OutputOptions& options,
               bool all);

}  // namespace spfcheck
