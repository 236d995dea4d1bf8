// spfcheck completion: scripts that let shells complete command lines of spfcheck.
#pragma once

#include <iosfwd>
#include <string>

#include <CLI/App.hpp>

#include "table/table.hpp"

namespace spfcheck {

/// The arguments of this sub-command.
struct CompletionOptions {
    std::string shell;
};

/// Adds the arguments of this sub-command.
void setup(CLI::App& app, CompletionOptions& options);

/// Prints the script for a shell.
/// \param program  the table of the program
/// \return the exit status
int run(const CompletionOptions& options, const CommandTable& program, std::ostream& out);

}  // namespace spfcheck
