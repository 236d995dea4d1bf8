/// \file cpu_time.hpp  Measures processor time, which does not depend on other load on the machine.
#pragma once

#include <chrono>
#include <ctime>

namespace spf::test {

/// Returns the processor time that this thread has used so far.
[[nodiscard]] inline std::chrono::duration<double> cpu_time() noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

}  // namespace spf::test
