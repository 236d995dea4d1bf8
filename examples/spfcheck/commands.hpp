// The table of sub-commands.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>

#include <CLI/App.hpp>

namespace spfcheck {

/// Runs a sub-command with the options that were set up.
/// \return the exit status
using Run = std::function<int(std::ostream& out, std::ostream& err)>;

struct Command {
    const char* name;
    const char* summary;  ///< a sentence for --help
    /// Adds the options to the parser; the returned function reads them after the command line is
    /// parsed.
    Run (*setup)(CLI::App& app);
};

/// All sub-commands, in the order of --help.
[[nodiscard]] std::span<const Command> commands();

}  // namespace spfcheck
