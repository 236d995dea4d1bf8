// Commands that people can copy from the screen into a shell.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace spfcheck {

/// Returns a command in lines of at most `width` columns that can be copied into a shell. A line
/// that is continued ends in a backslash. A single word in quotes is not divided. The result is
/// empty if the command cannot be shown unchanged.
/// \param words  the arguments of spfcheck
[[nodiscard]] std::vector<std::string> command_lines(const std::vector<std::string>& words,
                                                     std::size_t width);

}  // namespace spfcheck
