// The check used by the fuzz targets: a property that must hold for every input.
#pragma once

#include <cstdio>
#include <cstdlib>

/// Prints the property and aborts if the property does not hold. The fuzzer then keeps the input.
inline void require_that(bool holds, const char* what, int line) {
    if (holds) return;
    std::fprintf(stderr, "line %d: does not hold: %s\n", line, what);
    std::abort();
}

#define REQUIRE_THAT(condition) require_that(static_cast<bool>(condition), #condition, __LINE__)
