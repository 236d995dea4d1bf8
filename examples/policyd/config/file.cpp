#include "config/file.hpp"

#include <cerrno>
#include <fstream>

namespace policyd {

spf::Expected<std::string, std::error_code> read_file(const std::string& path) {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    std::string text(max_file_size + 1, '\0');
    if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file && !file.eof())
        return std::error_code(errno != 0 ? errno : EIO, std::generic_category());
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > max_file_size) return make_error_code(std::errc::file_too_large);
    return text;
}

}  // namespace policyd
