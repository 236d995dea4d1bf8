// spfcheck lint: what is wrong with a record, and what would be right?
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct LintOptions {
    std::vector<std::string> domains;
    std::vector<std::string> record;  ///< the strings of one record
    std::string fail_on;  ///< "error" or "warning": which findings make the run fail; or empty
    bool sarif = false;
    bool list_codes = false;
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, LintOptions& options);

/// Examines the records, and prints the findings. Without a domain, these are all SPF records in
/// the zone files.
/// \return the exit status
int run(const LintOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
