#include "resolver/zone_contents.hpp"

#include <array>
#include <cstring>
#include <fstream>
#include <system_error>

namespace spf::zone_text {
namespace {

using Code = ZoneFileError::Code;

/// Returns an error that concerns a file as a whole, not a line in it.
ZoneFileError error_of(const std::filesystem::path& path, Code code) {
    return {code, {}, 0, path.string()};
}

}  // namespace

// A stream does not pass on the exceptions of its buffer, but sets an error bit. Therefore this
// function throws nothing, not even for a directory.
Expected<std::string, ZoneFileError> contents(const std::filesystem::path& path) {
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown)) return error_of(path, Code::directory);
    std::ifstream file{path, std::ios::binary};
    if (!file) return error_of(path, Code::unreadable);
    std::string text;
    std::array<char, 16384> chunk{};
    while (file.read(chunk.data(), chunk.size()) || file.gcount() > 0) {
        text.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
        if (text.size() > max_zone_file_size) return error_of(path, Code::file_too_large);
        // Reading stops after a NUL octet, which a master file never contains. Otherwise reading a
        // device such as /dev/zero would never end.
        if (std::memchr(chunk.data(), 0, static_cast<std::size_t>(file.gcount())) != nullptr) break;
    }
    if (file.bad()) return error_of(path, Code::unreadable);
    return text;
}

std::filesystem::path included_path(const std::filesystem::path& by, std::string_view name) {
    std::filesystem::path path{name};
    std::filesystem::path beside = by.parent_path() / path;  // an absolute path replaces the folder
    std::error_code unknown;
    return std::filesystem::exists(beside, unknown) ? beside : path;
}

std::string called(std::span<const std::filesystem::path> paths) {
    constexpr std::size_t most = 3;
    const std::size_t shown = paths.size() > most ? most - 1 : paths.size();
    std::string names;
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) names += i + 1 == paths.size() ? " or " : ", ";
        names += paths[i].string();
    }
    if (shown < paths.size())
        names += " or " + std::to_string(paths.size() - shown) + " more files";
    return names;
}

}  // namespace spf::zone_text
