// Options about what is printed, the same for every sub-command.
#pragma once

#include <iosfwd>
#include <memory>

#include <CLI/App.hpp>
#include <spdlog/logger.h>

#include "io/terminal.hpp"

namespace spfcheck {

struct OutputOptions {
    bool json = false;
    int verbosity = 0;  ///< how many -v
    Colour colour = Colour::automatic;
};

/// Adds --json, --color and -v.
void setup(CLI::App& app, OutputOptions& options);

/// A logger for `err`, usable as long as that. Silent; with -v outcomes and failed look-ups, with -vv
/// every look-up.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(const OutputOptions& options,
                                                          std::ostream& err);

}  // namespace spfcheck
