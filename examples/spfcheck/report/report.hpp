// spfcheck report DOMAIN: a domain as a page that one can look at, print and send.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct ReportOptions {
    std::string domain;
    std::string html;  ///< the path of the page; "-": standard output; empty: none
    std::string svg;   ///< the path of the picture, in the same way
    std::string dot;   ///< the path of the graph, in the same way
    std::vector<std::string> providers;  ///< files with more services
    DnsOptions dns;
    int verbosity = 0;  ///< how often -v was given
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, ReportOptions& options);

/// Examines a domain as an overview does, and writes the files that the options name. Without such
/// a file, writes the page to standard output, unless that is a terminal.
/// \return the exit status, which is that of an overview
int run(const ReportOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
