// spfcheck batch: runs many checks. Each input line has a check, as a JSON object, as words or as a
// row of a table, and each output line is a JSON object with its result.
#pragma once

#include <cstddef>
#include <iosfwd>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct BatchOptions {
    std::size_t concurrency = 4096;  ///< maximum number of checks in flight in all threads together
    std::size_t questions = 256;     ///< maximum number of DNS questions in flight per thread
    unsigned jobs = 1;               ///< number of threads
    bool no_prefetch = false;
    bool no_cache = false;
    DnsOptions dns;
    OutputOptions output;
};

void setup(CLI::App& app, BatchOptions& options);

/// Reads standard input and writes to standard output directly, not to `out`.
/// \return the exit status: 0 if all input lines were processed, even if some output lines have
/// the key "error"; exit_data if all of them have it
int run(const BatchOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
