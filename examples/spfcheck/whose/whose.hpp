// spfcheck whose: to which service does an address belong?
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct WhoseOptions {
    std::vector<std::string> addresses;
    std::vector<std::string> providers;  ///< files with more services
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, WhoseOptions& options);
/// Evaluates the records of all known services for each address, and prints which of them list it.
/// \return the exit status: 0 if each address belongs to a service, 1 if not
int run(const WhoseOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
