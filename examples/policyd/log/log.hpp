// The log of the daemon: one line for each decision, and what happens to the daemon itself.
#pragma once

#include <memory>
#include <string_view>

#include <spdlog/fwd.h>

#include "config/config.hpp"

namespace policyd {

/// A log. Lines for standard error and the journal are collected and written by flush(), so that a
/// busy daemon does not make a system call for each of them.
class Log {
public:
    Log(LogTarget target, LogLevel level);

    void set_level(LogLevel level);
    /// Returns whether lines of this level are written.
    [[nodiscard]] bool has(LogLevel level) const;
    /// Writes one line, which must be printable.
    void line(LogLevel level, std::string_view text);
    /// Writes the collected lines.
    void flush();

private:
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace policyd
