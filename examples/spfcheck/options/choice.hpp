// Options that have a fixed set of values.
#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace spfcheck {

/// Lets an option have one of these values and no other. Help, manual and completion list them.
/// \return the option
CLI::Option* one_of(CLI::Option* option, const std::vector<std::string>& values);

/// Lets an option have a whole number in this range and nothing else.
/// \return the option
CLI::Option* whole_number(CLI::Option* option, unsigned long least, unsigned long most);

}  // namespace spfcheck
