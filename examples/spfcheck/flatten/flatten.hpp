// spfcheck flatten: the same policy without includes.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "options/dns.hpp"
#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct FlattenOptions {
    std::string domain;
    std::string check;  ///< the name of a record that was flattened earlier; may be empty
    std::size_t max_length = 450;
    DnsOptions dns;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, FlattenOptions& options);

/// Flattens the record of the domain and prints the result. With --check, compares the domain's
/// policy with a record that was flattened earlier.
/// \return the exit status
int run(const FlattenOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
