// spfcheck providers: what sending services ask their customers to publish.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/output.hpp"

namespace spfcheck {

/// The command line.
struct ProvidersOptions {
    std::string name;
    std::vector<std::string> files;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, ProvidersOptions& options);
/// Prints one service, or all.
/// \return the exit status: 0 found, 1 unknown
int run(const ProvidersOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
