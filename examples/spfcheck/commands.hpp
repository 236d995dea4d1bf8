// The table of sub-commands.
#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <utility>
#include <vector>

#include <CLI/App.hpp>

#include "evidence/recording.hpp"
#include "table/table.hpp"

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

/// Returns the table of the program, of which the tables of its sub-commands are a part.
[[nodiscard]] CommandTable table_of_program();

/// The sub-commands of a parser.
class SubCommands {
public:
    /// Adds all sub-commands to the parser, of which a command line must have one.
    explicit SubCommands(CLI::App& app);

    /// Returns the sub-command that was parsed. Requires that the parser has parsed a command line.
    [[nodiscard]] const std::pair<const CLI::App*, Run>& chosen() const;

private:
    std::vector<std::pair<const CLI::App*, Run>> runs_;
};

}  // namespace spfcheck
