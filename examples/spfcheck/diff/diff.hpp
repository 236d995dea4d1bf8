// spfcheck diff: which results change when one record replaces another?
#pragma once

#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct DiffOptions {
    std::string from;    ///< a domain, or the text of a record
    std::string to;      ///< a domain, or the text of a record
    std::string domain;  ///< the domain of a record that is given as text
    bool all = false;    ///< list every network
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, DiffOptions& options);

/// Evaluates both policies for all addresses, and prints the differences.
/// \return the exit status: 0 if there is no difference, 1 if there are some; 4 (permerror) or 6
/// (none) if neither side has a valid policy; 5 if it is not known whether there is a difference
int run(const DiffOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
