// The options about what is printed. They are the same for every sub-command.
#pragma once

#include <CLI/App.hpp>

#include "io/terminal.hpp"

namespace spfcheck {

struct OutputOptions {
    bool json = false;
    int verbosity = 0;  ///< how often -v was given
    Colour colour = Colour::automatic;
};

/// Adds --json, --color and -v.
void setup(CLI::App& app, OutputOptions& options);

}  // namespace spfcheck
