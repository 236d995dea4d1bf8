// The command line.
#pragma once

#include <string>
#include <vector>

#include "spf/base/expected.hpp"

namespace policyd {

struct CommandLine {
    std::string config{};                   ///< --config; empty for the defaults
    std::vector<std::string> listen{};      ///< --listen: instead of those of the file
    std::vector<std::string> nameserver{};  ///< --nameserver: instead of those of the file
    bool check_config = false;              ///< --check-config
    std::string import_file{};              ///< --import
};

/// Reads the command line. If there is nothing more to do, such as after --help, the error is the
/// exit status.
[[nodiscard]] spf::Expected<CommandLine, int> parse_command_line(int argc, char** argv);

}  // namespace policyd
