#include "batch/progress.hpp"

#include <algorithm>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

#include "batch/sentences.hpp"

namespace spfcheck {
namespace {

using Says = BatchSentence;

std::optional<std::uint64_t> size_of_file(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    const off_t begin = ::lseek(descriptor, 0, SEEK_CUR);
    if (begin < 0 || status.st_size <= begin) return std::nullopt;
    return static_cast<std::uint64_t>(status.st_size - begin);
}

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

/// Returns a duration such as "1:02:03" or "4:05".
std::string duration(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::clamp(seconds, 0.0, 3.6e8));
    const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::string minutes = std::to_string(whole / 60 % 60);
    if (whole < 3600) return minutes + ':' + two(whole % 60);
    return std::to_string(whole / 3600) + ':' + two(whole / 60 % 60) + ':' + two(whole % 60);
}

}  // namespace

Progress::Progress(int input, std::ostream& err, bool wanted, bool prints)
    : err_(err),
      shown_(wanted && is_terminal(STDERR_FILENO) && !(prints && is_terminal(STDOUT_FILENO)) &&
             !is_terminal(input)),
      size_(size_of_file(input)) {}

void Progress::update(std::uint64_t done, std::uint64_t octets) {
    if (!shown_) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - begin_).count();
    const auto rate =
        static_cast<std::uint64_t>(static_cast<double>(done) / std::max(seconds, 0.001));
    std::string line = say<Says::progress>(done, rate);
    if (size_ && octets > 0) {
        const double part = static_cast<double>(octets) / static_cast<double>(*size_);
        const auto percent = static_cast<unsigned>(100 * std::min(part, 1.0));
        line = say<Says::progress_of>(done, rate, percent, duration(seconds / part - seconds));
    }
    err_ << "\r\x1b[K" << line << std::flush;
}

void Progress::clear() {
    if (shown_) err_ << "\r\x1b[K" << std::flush;
}

}  // namespace spfcheck
