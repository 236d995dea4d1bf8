// The sub-commands: one line of a table for each.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>

#include <CLI/App.hpp>

namespace spfcheck {

/// Runs a sub-command with the options that it was set up with. \return the exit status
using Run = std::function<int(std::ostream& out, std::ostream& err)>;

struct Command {
    const char* name;
    const char* summary;  ///< a sentence for --help
    /// Adds its options to the parser; what it returns knows them once the command line is parsed.
    Run (*setup)(CLI::App& app);
};

/// All of them, in the order of --help.
[[nodiscard]] std::span<const Command> commands();

}  // namespace spfcheck
