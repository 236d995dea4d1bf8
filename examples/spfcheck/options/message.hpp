// --message and --trusted-relay: the client to check is found in the header of a message that
// trusted relays passed on.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace spfcheck {

/// The values of --message and --trusted-relay.
struct MessageOptions {
    std::string path;                  ///< empty if there is no message; "-" is standard input
    std::vector<std::string> trusted;  ///< networks of trusted relays
};

/// Adds --message and --trusted-relay to the options of a group.
void setup(CLI::App& app, MessageOptions& options, const std::string& group);

}  // namespace spfcheck
