// Reads the octets of master files, and names such files in messages.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "spf/base/error.hpp"
#include "spf/resolver/zone_file.hpp"

namespace spf::zone_text {

/// Returns the contents of a file up to its first NUL octet or, if there is none, the whole file.
/// At most max_zone_file_size octets are read.
[[nodiscard]] Expected<std::string, ZoneFileError> contents(const std::filesystem::path& path);

/// Returns the path of a file that the file `by` includes ($INCLUDE). A relative path is relative
/// to the folder of `by`; if there is no such file, to the working directory.
[[nodiscard]] std::filesystem::path included_path(const std::filesystem::path& by,
                                                  std::string_view name);

/// Returns a list of file names, such as "a.zone, b.zone or c.zone". If the name in a question is
/// in no zone, the message about this contains the list and thus tells in which files the name was
/// searched for.
[[nodiscard]] std::string called(std::span<const std::filesystem::path> paths);

}  // namespace spf::zone_text
