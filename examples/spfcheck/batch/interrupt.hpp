// SIGINT and SIGTERM end a long run cleanly.
#pragma once

#include <atomic>

namespace spfcheck {

/// Returns a flag that is true after SIGINT or SIGTERM.
[[nodiscard]] std::atomic<bool>& interrupted() noexcept;
/// Makes SIGINT and SIGTERM set the flag.
void catch_interrupts();
/// Makes SIGINT and SIGTERM end the program at once again.
void release_interrupts();

}  // namespace spfcheck
