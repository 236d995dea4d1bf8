// The table of sub-commands.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>

#include <CLI/App.hpp>

#include "evidence/recording.hpp"

namespace spfcheck {

/// Runs a sub-command with the options that were set up.
/// \return the exit status
using Run = std::function<int(const Invocation&, std::ostream& out, std::ostream& err)>;

struct Command {
    const char* name;
    const char* summary;  ///< a sentence, printed by --help
    /// Adds the options of the sub-command to the parser. Returns a function that runs the
    /// sub-command. It must be called after the command line has been parsed, because it reads the
    /// values of the options.
    Run (*setup)(CLI::App& app);
};

/// Returns all sub-commands, in the order in which --help lists them.
[[nodiscard]] std::span<const Command> commands();

}  // namespace spfcheck
