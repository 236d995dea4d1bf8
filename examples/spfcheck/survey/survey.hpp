// spfcheck survey: examines many domains. Each input line has a domain, and each output line is
// what the overview says of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct SurveyOptions {
    std::string file;              ///< the path of the input; empty or "-" is standard input
    std::string column;            ///< the name or number of the column with the domains; or empty
    std::string resume;            ///< the path of the output to continue; empty is standard output
    std::uint64_t first_line = 1;  ///< the number of the first line of the input
    std::size_t concurrency = 2048;  ///< maximum number of domains in flight in all threads
    std::size_t questions = 256;     ///< maximum number of DNS questions in flight per thread
    unsigned jobs = 1;               ///< number of threads
    bool csv = false;
    std::vector<std::string> providers;  ///< files with more services
    DnsOptions dns;
    OutputOptions output;
};

void setup(CLI::App& app, SurveyOptions& options);

/// Reads the input and writes the output directly, not to `out`. Prints a summary to `err`.
/// \return the exit status: 0 if all input lines were processed, even if some output lines have an
/// error; exit_data if no line could be read
int run(const SurveyOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
