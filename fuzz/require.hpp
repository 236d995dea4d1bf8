// The check that a property holds for every input.
#pragma once

#include <cstdio>
#include <cstdlib>

/// If the property does not hold, prints it and aborts, so that the fuzzer keeps the input.
inline void require_that(bool holds, const char* what, int line) {
    if (holds) return;
    std::fprintf(stderr, "line %d: does not hold: %s\n", line, what);
    std::abort();
}

#define REQUIRE_THAT(condition) require_that(static_cast<bool>(condition), #condition, __LINE__)
