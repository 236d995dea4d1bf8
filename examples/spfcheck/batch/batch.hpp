// spfcheck batch: many checks, one JSON object a line in, one a line out.
#pragma once

#include <cstddef>
#include <iosfwd>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The command line.
struct BatchOptions {
    std::size_t concurrency = 4096;  ///< checks in flight, all threads together
    std::size_t questions = 256;     ///< DNS questions in flight, per thread
    unsigned jobs = 1;               ///< threads
    bool no_prefetch = false;
    bool no_cache = false;
    DnsOptions dns;
    OutputOptions output;
};

void setup(CLI::App& app, BatchOptions& options);

/// Reads standard input and writes to standard output directly, not to `out`.
/// \return the exit status: 0 if all lines were answered, even if with an error of their own
int run(const BatchOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
