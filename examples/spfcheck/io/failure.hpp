// What a sub-command says on standard error where it cannot go on.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "io/exit_status.hpp"

namespace spfcheck {

/// Why it cannot: what to exit with, and what to tell.
struct Failure {
    int exit_status = exit_internal;
    std::string message;  ///< without "spfcheck: " in front and dot at the end
};

/// Says it. \return its exit status
int tell(const Failure& failure, std::ostream& err);

/// Says it, and where to read what would be right.
/// \param command  the sub-command, or empty
/// \return its exit status
int tell_usage(const Failure& failure, std::string_view command, std::ostream& err);
/// The same where it is the usage that is wrong.
int tell_usage(std::string message, std::string_view command, std::ostream& err);

}  // namespace spfcheck
