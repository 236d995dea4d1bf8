// The log that -v prints on standard error.
#pragma once

#include <iosfwd>
#include <memory>

#include <spdlog/logger.h>

namespace spfcheck {

/// Makes a logger that writes to `err`, which must outlive the logger. With `verbosity` 0, nothing
/// is logged; with 1, outcomes and failed lookups; with 2 or more, every lookup, too.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(int verbosity, std::ostream& err);

}  // namespace spfcheck
