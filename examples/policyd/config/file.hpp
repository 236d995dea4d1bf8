// Reads the files that operators write.
#pragma once

#include <cstddef>
#include <string>
#include <system_error>

#include "spf/base/expected.hpp"

namespace policyd {

/// The maximum size of a file, in octets.
inline constexpr std::size_t max_file_size = std::size_t{1} << 20U;

/// Returns what is in a file, or why it cannot be read: std::errc::file_too_large,
/// std::errc::invalid_seek if it is a pipe or a device, or the error of the system.
[[nodiscard]] spf::Expected<std::string, std::error_code> read_file(const std::string& path);

}  // namespace policyd
