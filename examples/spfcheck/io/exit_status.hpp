// The exit statuses of spfcheck, on which scripts depend. Those from 64 to 78 have the meanings of
// sysexits(3).
#pragma once

#include "spf/evaluation/trace.hpp"

namespace spfcheck {

enum ExitStatus : int {
    exit_ok = 0,
    exit_usage = 64,         ///< wrong usage
    exit_data = 65,          ///< input data cannot be read
    exit_unavailable = 69,   ///< no name server can be reached
    exit_internal = 70,      ///< a bug, or a failure of the system
    exit_interrupted = 130,  ///< ended by SIGINT or SIGTERM
};

/// Returns the exit status of a check: 0 for pass, 1 for fail, 2 for softfail, 3 for neutral, 4 for
/// permerror, 5 for temperror, 6 for none.
[[nodiscard]] constexpr int exit_status_of(spf::Result result) noexcept {
    switch (result) {
        case spf::Result::pass: return 0;
        case spf::Result::fail: return 1;
        case spf::Result::softfail: return 2;
        case spf::Result::neutral: return 3;
        case spf::Result::permerror: return 4;
        case spf::Result::temperror: return 5;
        case spf::Result::none: break;
    }
    return 6;
}

}  // namespace spfcheck
