// The exit statuses, with the meanings of sysexits(3).
#pragma once

namespace policyd {

enum ExitStatus : int {
    exit_ok = 0,
    exit_usage = 64,   ///< wrong command line
    exit_system = 71,  ///< the system does not give what the daemon needs, such as a socket
    exit_config = 78,  ///< the configuration cannot be read, or has errors
};

}  // namespace policyd
