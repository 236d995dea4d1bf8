// spfcheck diff: what changes for whom when one record takes the place of another?
#pragma once

#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// As typed.
struct DiffOptions {
    std::string from;    ///< a domain, or the text of a record
    std::string to;      ///< the same
    std::string domain;  ///< whose record a text is meant to be
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, DiffOptions& options);

/// Maps both and prints what differs. \return the exit status: 0 nothing, 1 something, 4 and 6 neither
/// is a policy, 5 it cannot be known.
int run(const DiffOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
