#include "report/file.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include <unistd.h>

#include "report/sentences.hpp"

namespace spfcheck {
namespace {

namespace fs = std::filesystem;

/// Returns 0, or the error number of what failed.
int write_to(const std::string& path, const char* mode, std::string_view text) {
    errno = 0;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), mode),
                                                         &std::fclose);
    const bool is_written = file != nullptr &&
                            std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                            std::fflush(file.get()) == 0;
    const int error = errno != 0 ? errno : EIO;
    return is_written ? 0 : error;
}

Failure failure(const std::string& path, int error) {
    return {exit_data, say<ReportSentence::unwritable>(path, system_message(error))};
}

}  // namespace

std::optional<Failure> replace_file(const std::string& path, std::string_view text) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        if (const int problem = write_to(path, "we", text); problem != 0) {
            return failure(path, problem);
        }
        return std::nullopt;
    }
    // A symbolic link stays one: what it names is replaced.
    fs::path target = path;
    std::error_code unknown;
    if (fs::exists(status)) {
        target = fs::canonical(path, unknown);
    } else if (fs::is_symlink(fs::symlink_status(path, unknown))) {
        target = fs::path(path).parent_path() / fs::read_symlink(path, unknown);
        if (fs::is_symlink(fs::symlink_status(target, error))) return failure(path, ELOOP);
    } else {
        unknown.clear();
    }
    if (unknown) return failure(path, unknown.value());
    const std::string other = target.string() + '.' + std::to_string(getpid()) + ".new";
    int problem = write_to(other, "wxe", text);
    if (problem == 0) {
        if (fs::exists(status)) fs::permissions(other, status.permissions(), error);
        fs::rename(other, target, error);
        if (!error) return std::nullopt;
        problem = error.value();
    }
    if (problem != EEXIST) fs::remove(other, error);
    return failure(path, problem);
}

}  // namespace spfcheck
