// spfcheck diff: which results change when one record replaces another?
#pragma once

#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The command line.
struct DiffOptions {
    std::string from;    ///< a domain, or the text of a record
    std::string to;      ///< a domain, or the text of a record
    std::string domain;  ///< the domain that a text is meant for
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, DiffOptions& options);

/// Maps both policies and prints the differences.
/// \return the exit status: 0 no difference, 1 some, 4 or 6 neither is a policy, 5 unknown
int run(const DiffOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
