/// \file base/export.hpp  What every public header needs: the language, and which names a shared
/// library shows.
#pragma once

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "spf needs C++20: compile with -std=c++20 or later"
#endif

/// Marks what is defined in the library. A program that links the shared library has SPF_SHARED
/// defined, by CMake or pkg-config. A static library marks nothing, so that a plug-in that links it
/// shows none of its names.
#if defined(SPF_SHARED)
#define SPF_EXPORT __attribute__((visibility("default")))
#else
#define SPF_EXPORT
#endif
