// spfcheck providers: what do sending services ask their customers to publish?
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "options/output.hpp"

namespace spfcheck {

/// The arguments and options of this sub-command.
struct ProvidersOptions {
    std::string name;
    std::vector<std::string> files;
    OutputOptions output;
};

/// Adds the options of this sub-command.
void setup(CLI::App& app, ProvidersOptions& options);
/// Prints one service, or a list of all.
/// \return the exit status: 0 if the service is known, 1 if it is not
int run(const ProvidersOptions& options, std::ostream& out, std::ostream& err);

}  // namespace spfcheck
