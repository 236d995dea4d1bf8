#include "log/log.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include <poll.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/syslog_sink.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

namespace policyd {
namespace {

constexpr std::size_t max_collected = std::size_t{256} << 10U;  // octets
constexpr std::size_t pipe_octets = 4096;                       // PIPE_BUF of Linux

spdlog::level::level_enum level_of(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::error: return spdlog::level::err;
        case LogLevel::warning: return spdlog::level::warn;
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::debug: break;
    }
    return spdlog::level::debug;
}

/// Returns the priority that is to be before a line for the journal (sd-daemon(3)).
std::string_view priority(spdlog::level::level_enum level) noexcept {
    switch (level) {
        case spdlog::level::err: return "<3>";
        case spdlog::level::warn: return "<4>";
        case spdlog::level::info: return "<6>";
        default: return "<7>";
    }
}

/// Returns how many octets standard error takes without waiting once it is ready.
std::size_t most_without_waiting() {
    struct stat file {};
    const bool is_file = ::fstat(STDERR_FILENO, &file) == 0 && S_ISREG(file.st_mode);
    return is_file ? max_collected : pipe_octets;
}

/// Writes to standard error as much as can be written without waiting.
/// \return how much was written; nothing if standard error cannot be written to any more
std::optional<std::size_t> write_some(std::string_view text, std::size_t most) {
    pollfd ready{STDERR_FILENO, POLLOUT, 0};
    if (::poll(&ready, 1, 0) != 1) return 0;
    const ssize_t written = ::write(STDERR_FILENO, text.data(), std::min(text.size(), most));
    if (written >= 0) return static_cast<std::size_t>(written);
    if (errno == EINTR || errno == EAGAIN) return 0;
    return std::nullopt;
}

/// Collects lines and writes them to standard error together. Mail is more important than its log:
/// if standard error takes nothing, the daemon does not wait for it.
class CollectingSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
public:
    explicit CollectingSink(bool with_priority) : with_priority_(with_priority) {}
    ~CollectingSink() override { flush_(); }
    CollectingSink(CollectingSink&&) = delete;
    CollectingSink& operator=(CollectingSink&&) = delete;

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        if (collected_.size() >= max_collected) flush_();
        if (collected_.size() >= max_collected) {
            ++lost_;
            return;
        }
        append(with_priority_ ? priority(message.level) : std::string_view{});
        formatter_->format(message, collected_);
    }
    void flush_() override {
        std::string_view rest{collected_.data(), collected_.size()};
        while (!rest.empty()) {
            const auto written = write_some(rest, most_at_once_);
            if (!written) rest = {};  // nothing reads the log any more
            if (!written || *written == 0) break;
            rest.remove_prefix(*written);
        }
        std::copy(rest.begin(), rest.end(), collected_.data());
        collected_.resize(rest.size());
        if (!rest.empty() || lost_ == 0) return;
        append(with_priority_ ? priority(spdlog::level::warn) : std::string_view{});
        append("spf-policyd: lines of the log that could not be written: " +
               std::to_string(std::exchange(lost_, 0)) + "\n");
    }
    void append(std::string_view text) {
        collected_.append(text.data(), text.data() + text.size());
    }

    bool with_priority_;
    std::size_t most_at_once_ = most_without_waiting();
    spdlog::memory_buf_t collected_;
    std::uint64_t lost_ = 0;  // lines since the log was full
};

/// Returns whether standard error is connected to the journal (systemd.exec(5), JOURNAL_STREAM).
bool is_in_journal() {
    // There is no other thread. NOLINTNEXTLINE(concurrency-mt-unsafe)
    const char* const named = std::getenv("JOURNAL_STREAM");
    struct stat file {};
    if (named == nullptr || ::fstat(STDERR_FILENO, &file) != 0) return false;
    return named == std::to_string(file.st_dev) + ':' + std::to_string(file.st_ino);
}

spdlog::sink_ptr sink_for(LogTarget target) {
    if (target == LogTarget::syslog) {
        auto sink =
            std::make_shared<spdlog::sinks::syslog_sink_st>("spf-policyd", LOG_PID, LOG_MAIL, true);
        sink->set_pattern("%v");
        return sink;
    }
    const bool journal =
        target == LogTarget::journal || (target == LogTarget::automatic && is_in_journal());
    auto sink = std::make_shared<CollectingSink>(journal);
    // The number of the process is that of now: "%P" would ask the system for it in each line.
    const std::string with_time =
        "%Y-%m-%dT%H:%M:%S.%e%z spf-policyd[" + std::to_string(::getpid()) + "]: %v";
    sink->set_pattern(journal ? "%v" : with_time);
    return sink;
}

}  // namespace

Log::Log(LogTarget target, LogLevel level)
    : logger_(std::make_shared<spdlog::logger>("spf-policyd", sink_for(target))) {
    set_level(level);
}

void Log::set_level(LogLevel level) { logger_->set_level(level_of(level)); }

bool Log::has(LogLevel level) const { return logger_->should_log(level_of(level)); }

void Log::line(LogLevel level, std::string_view text) {
    logger_->log(level_of(level), spdlog::string_view_t(text.data(), text.size()));
}

void Log::flush() { logger_->flush(); }

}  // namespace policyd
