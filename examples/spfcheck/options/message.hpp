// --message and --trusted-relay: the client to check is read from a message that trusted relays
// passed on.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace spfcheck {

/// The command line.
struct MessageOptions {
    std::string path;                  ///< empty: there is no message; "-": standard input
    std::vector<std::string> trusted;  ///< networks
};

/// Adds --message and --trusted-relay to the options of a group.
void setup(CLI::App& app, MessageOptions& options, const std::string& group);

}  // namespace spfcheck
