// Writes files so that nobody ever reads half of one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "io/failure.hpp"

namespace spfcheck {

/// Writes a text to a file that may exist already. It is written under another name in the same
/// folder, and then renamed, so that the path always names a whole file, the old one or the new
/// one. What is no regular file, such as /dev/stdout, is written to.
/// \return a failure if it cannot be written; then the old file is unchanged
[[nodiscard]] std::optional<Failure> replace_file(const std::string& path, std::string_view text);

}  // namespace spfcheck
