// spfcheck providers: what do sending services ask their customers to publish?
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct ProvidersOptions {
    std::vector<std::string> names;
    std::vector<std::string> files;
    bool verify = false;
    std::string since;  ///< the path of an earlier output of --verify --json; empty if none
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, ProvidersOptions& options);
/// Prints the named services, or a list of all; or verifies the includes of all.
/// \return the exit status: 0 if the services are known and the includes good, 1 if not
int run(const ProvidersOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
