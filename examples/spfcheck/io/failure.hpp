// The message on standard error of a sub-command that cannot go on.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "io/exit_status.hpp"

namespace spfcheck {

/// Why the sub-command cannot go on: its exit status and message.
struct Failure {
    int exit_status = exit_internal;
    std::string message;  ///< without "spfcheck: " before and a dot after it
};

/// Prints the message.
/// \return the exit status
int tell(const Failure& failure, std::ostream& err);

/// Prints the message, and where the right usage is described.
/// \param command  the sub-command, or empty
/// \return the exit status
int tell_usage(const Failure& failure, std::string_view command, std::ostream& err);
/// Prints a message about wrong usage, with exit_usage as the exit status.
int tell_usage(std::string message, std::string_view command, std::ostream& err);

}  // namespace spfcheck
