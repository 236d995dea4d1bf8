/// \file allocations.hpp  Counts allocations, and makes one of them fail. The operators that do so
/// are in unit/evaluation/allocation.cpp, and replace those of the whole program.
#pragma once

#include <atomic>
#include <cstddef>

namespace spf::test {

/// The number of allocations since the program was started.
extern std::atomic<std::size_t> allocations;
/// The number of the allocation that fails, counted as in `allocations`; 0 if none fails.
extern std::atomic<std::size_t> failing;

}  // namespace spf::test
