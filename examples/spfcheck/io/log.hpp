// What -v tells on standard error.
#pragma once

#include <iosfwd>
#include <memory>

#include <spdlog/logger.h>

namespace spfcheck {

/// A logger for `err`, usable as long as that. Silent; with `verbosity` 1 outcomes and failed look-ups, with
/// 2 every look-up.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(int verbosity, std::ostream& err);

}  // namespace spfcheck
