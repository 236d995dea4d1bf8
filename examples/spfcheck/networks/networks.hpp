// spfcheck networks: what does this record really authorise?
#pragma once

#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The command line.
struct NetworksOptions {
    std::string domain;
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, NetworksOptions& options);

/// Maps the domain's policy and prints it.
/// \return the exit status
int run(const NetworksOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
