#include "log/log.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <string>

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/syslog_sink.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

namespace policyd {
namespace {

constexpr std::size_t max_collected = std::size_t{64} << 10U;  // octets

spdlog::level::level_enum level_of(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::error: return spdlog::level::err;
        case LogLevel::warning: return spdlog::level::warn;
        case LogLevel::info: return spdlog::level::info;
        case LogLevel::debug: break;
    }
    return spdlog::level::debug;
}

/// Returns the priority that sd-daemon(3) wants before a line for the journal.
std::string_view priority(spdlog::level::level_enum level) noexcept {
    switch (level) {
        case spdlog::level::err: return "<3>";
        case spdlog::level::warn: return "<4>";
        case spdlog::level::info: return "<6>";
        default: return "<7>";
    }
}

/// Collects lines and writes them to standard error in one system call.
class CollectingSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
public:
    explicit CollectingSink(bool with_priority) : with_priority_(with_priority) {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        if (with_priority_) collected_ += priority(message.level);
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        collected_.append(line.data(), line.size());
        if (collected_.size() >= max_collected) flush_();
    }
    void flush_() override {
        for (std::string_view rest = collected_; !rest.empty();) {
            const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written > 0) {
                rest.remove_prefix(static_cast<std::size_t>(written));
            } else if (errno != EINTR) {
                break;  // nobody reads the log any more, which is no reason to refuse mail
            }
        }
        collected_.clear();
    }

    bool with_priority_;
    std::string collected_;
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
    sink->set_pattern(journal ? "%v" : "%Y-%m-%dT%H:%M:%S.%e%z spf-policyd[%P]: %v");
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
