// Counts allocations by operator new, the only way in which the library allocates.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bench {

/// Allocations of the calling thread so far.
[[nodiscard]] std::uint64_t allocations() noexcept;
/// Octets that the calling thread has allocated and not freed, as malloc rounds them.
[[nodiscard]] std::int64_t live_bytes() noexcept;

/// Allocations per call of `work`, once it is warm.
template <class Work>
double allocations_per_call(Work work, unsigned calls = 64) {
    work();
    work();
    const std::uint64_t before = allocations();
    for (unsigned i = 0; i < calls; ++i) work();
    return static_cast<double>(allocations() - before) / calls;
}

}  // namespace bench
