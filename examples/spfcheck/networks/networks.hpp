// spfcheck networks: what does this record really authorise?
#pragma once

#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct NetworksOptions {
    std::string domain;
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, NetworksOptions& options);

/// Evaluates the domain's policy for all addresses, and prints the networks of each result.
/// \return the exit status
int run(const NetworksOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
