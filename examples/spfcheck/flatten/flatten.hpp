// spfcheck flatten: the same policy without includes.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The command line.
struct FlattenOptions {
    std::string domain;
    std::string check;  ///< the name of a record that was flattened earlier; empty: none
    std::size_t max_length = 450;
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, FlattenOptions& options);

/// Flattens, or compares with what is published.
/// \return the exit status
int run(const FlattenOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
