// Reports on standard error why a sub-command cannot continue.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "io/exit_status.hpp"
#include "io/language.hpp"

namespace spfcheck {

/// The reason why a sub-command cannot continue: a message, and the exit status of the program.
struct Failure {
    int exit_status = exit_internal;
    std::string message;  ///< without the prefix "spfcheck: " and without a dot at its end
};

/// Prints the message of the failure.
/// \return the exit status of the failure
int tell(const Failure& failure, std::ostream& err);

/// Prints a note about how the command line was understood.
void tell_note(std::string_view note, std::ostream& err);

/// Prints the message of the failure, and which command prints help.
/// \param command  the name of the sub-command; empty if none was chosen
/// \return the exit status
int tell_usage(const Failure& failure, std::string_view command, std::ostream& err);
/// Prints a message about wrong usage, and which command prints help.
/// \return exit_usage
int tell_usage(std::string message, std::string_view command, std::ostream& err);

}  // namespace spfcheck
