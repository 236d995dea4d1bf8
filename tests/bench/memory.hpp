// Counts allocations by operator new, the only way in which the library allocates.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bench {

/// Returns how often the calling thread has allocated memory so far.
[[nodiscard]] std::uint64_t allocations() noexcept;
/// Returns how many octets the calling thread has allocated and not freed, in the sizes that malloc
/// rounds up to.
[[nodiscard]] std::int64_t live_bytes() noexcept;

/// Returns the allocations per call of `work`, after two calls that may allocate more.
template <class Work>
double allocations_per_call(Work work, unsigned calls = 64) {
    work();
    work();
    const std::uint64_t before = allocations();
    for (unsigned i = 0; i < calls; ++i) work();
    return static_cast<double>(allocations() - before) / calls;
}

}  // namespace bench
