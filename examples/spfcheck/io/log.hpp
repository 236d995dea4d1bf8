// What -v prints on standard error.
#pragma once

#include <iosfwd>
#include <memory>

#include <spdlog/logger.h>

namespace spfcheck {

/// Makes a logger for `err`, which must outlive it. It is silent; with `verbosity` 1 it logs
/// outcomes and failed lookups, with 2 every lookup.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(int verbosity, std::ostream& err);

}  // namespace spfcheck
