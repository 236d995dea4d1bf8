/// \file cpu_time.hpp  How long something takes, whatever else the machine does meanwhile.
#pragma once

#include <chrono>
#include <ctime>

namespace spf::test {

/// What this thread has computed so far.
[[nodiscard]] inline std::chrono::duration<double> cpu_time() noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

}  // namespace spf::test
