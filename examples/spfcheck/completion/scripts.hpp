// The scripts of shells, made from the command table.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "table/table.hpp"

namespace spfcheck {

/// What can stand in place of a value or of an argument.
enum class ValueKind {
    anything,  ///< nothing can be proposed, such as a domain
    choice,    ///< one of a fixed set
    file,
    service,  ///< a service that `spfcheck providers` knows
    command,  ///< a sub-command
};

/// Returns the kind of a value with this name, such as "FILE" or "auto|always|never".
[[nodiscard]] ValueKind kind_of_value(std::string_view value);

/// Returns the names of the services as words without characters that shells treat specially, such
/// as "google-workspace".
[[nodiscard]] std::vector<std::string> service_words();

/// Returns the beginning of a description, for a menu of a shell.
[[nodiscard]] std::string in_short(std::string_view description);

void write_bash(std::ostream& out, const CommandTable& program);
void write_zsh(std::ostream& out, const CommandTable& program);
void write_fish(std::ostream& out, const CommandTable& program);

}  // namespace spfcheck
