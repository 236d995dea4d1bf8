// spfcheck diff: what changes for whom when one record takes the place of another?
#pragma once

#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "networks/missing.hpp"
#include "options/dns.hpp"
#include "options/output.hpp"
#include "spf/analysis/networks.hpp"

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

/// One of two policies that are compared.
struct Side {
    std::string name;  ///< for people
    spf::NetworkMap map;
    Missing missing;
};

/// Prints what changes from one to the other, for people or as one object.
/// \return the exit status, as that of run().
int print_diff(std::ostream& out, const Side& from, const Side& to, const OutputOptions& options);

}  // namespace spfcheck
