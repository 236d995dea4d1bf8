// spfcheck DOMAIN: a domain on one screen.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct OverviewOptions {
    std::string domain;
    bool all = false;                    ///< print everything, even if it needs several screens
    std::vector<std::string> providers;  ///< files with more services
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, OverviewOptions& options);

/// Examines a domain: its record, with all that it includes, and who may send. Prints the result.
/// \return the exit status, which is that of `spfcheck lint`
int run(const OverviewOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
