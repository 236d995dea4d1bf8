#include "config/file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace policyd {
namespace {

std::error_code last_error() { return {errno, std::generic_category()}; }

/// Closes a file at the end of a function.
struct File {
    int fd = -1;
    explicit File(const std::string& path)
        // O_NONBLOCK, because to open a pipe would wait for its writer.
        : fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    File(File&&) = delete;
    File& operator=(File&&) = delete;
    ~File() {
        if (fd >= 0) ::close(fd);
    }
};

}  // namespace

spf::Expected<std::string, std::error_code> read_file(const std::string& path) {
    const File file(path);
    struct stat status {};
    if (file.fd < 0 || ::fstat(file.fd, &status) != 0) return last_error();
    if (S_ISDIR(status.st_mode)) return make_error_code(std::errc::is_a_directory);
    // A pipe could be read only once, and a reload reads again.
    if (!S_ISREG(status.st_mode)) return make_error_code(std::errc::invalid_seek);
    std::string text(max_file_size + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t read = ::read(file.fd, text.data() + size, text.size() - size);
        if (read < 0 && errno == EINTR) continue;
        if (read < 0) return last_error();
        if (read == 0) break;
        size += static_cast<std::size_t>(read);
    }
    if (size > max_file_size) return make_error_code(std::errc::file_too_large);
    text.resize(size);
    return text;
}

}  // namespace policyd
