/// \file base/export.hpp  Requires C++20, and defines the macro SPF_EXPORT, which marks the names
/// that the shared library exports.
#pragma once

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 202002L
#error "spf needs C++20: compile with -std=c++20 or later"
#endif

/// Marks a function or class that is defined in the library and that programs may use. CMake or
/// pkg-config defines SPF_SHARED for a program that links the shared library. With the static
/// library the macro is empty, so a plug-in that links the static library exports none of these
/// names.
#if defined(SPF_SHARED)
#define SPF_EXPORT __attribute__((visibility("default")))
#else
#define SPF_EXPORT
#endif
