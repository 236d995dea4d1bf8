# Every switch of the build. As part of another project, only the libraries are built, and all else
# is off.

option(SPF_WITH_LDNS     "Build spf::ldns, the blocking resolver on ldns" ON)
option(SPF_WITH_CARES    "Build spf::cares, the asynchronous driver; needs spf::ldns" ON)
option(SPF_WITH_SPDLOG   "Provide spf::spdlog, the adapter to spdlog" ON)
option(SPF_WITH_GMIME    "Let spfcheck read messages; needs gmime 3.0" ON)
option(SPF_WITH_IDN2     "Let spfcheck take internationalised domain names; needs libidn2" ON)
option(SPF_WITH_PSL      "Let spfcheck know organizational domains; needs libpsl" ON)
option(SPF_WITH_GETTEXT "Let spfcheck speak other languages than English; needs GNU gettext" ON)
option(SPF_BUILD_TESTS   "Build the tests and register them with CTest" ${PROJECT_IS_TOP_LEVEL})
option(SPF_BUILD_PROGRAMS "Build the programs spfcheck and spf-policyd" ${PROJECT_IS_TOP_LEVEL})
option(SPF_WITH_POLICYD  "Build spf-policyd with the programs; needs toml++ and libmicrohttpd" ON)
option(SPF_BUILD_EXAMPLES "Build what the README shows, examples/minimal/" ${PROJECT_IS_TOP_LEVEL})
option(SPF_BUILD_FUZZERS "Build the fuzz targets with libFuzzer (clang)" OFF)
option(SPF_BUILD_BENCH   "Build the benchmarks under tests/bench/" OFF)
option(SPF_INSTALL       "Add the rules for cmake --install" ${PROJECT_IS_TOP_LEVEL})
option(SPF_WERROR        "Take the warnings about our own code as errors" ${PROJECT_IS_TOP_LEVEL})
option(SPF_LTO           "Optimise across translation units when linking" OFF)
set(SPF_SANITIZE "" CACHE STRING "Sanitizers, such as \"address;undefined\" or \"thread\"")
# A compiler cache works better without precompiled headers, and with small sources. Builds without
# sanitizers show that each source includes what it needs.
set(spf_precompile ON)
set(spf_unity OFF)
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(spf_precompile OFF)
elseif(SPF_SANITIZE)
  set(spf_unity ON)
endif()
option(SPF_PRECOMPILE    "Read the large headers of other libraries once for each program" ${spf_precompile})
option(SPF_UNITY         "Compile each folder of a program as one source" ${spf_unity})
option(SPF_COVERAGE      "Count which lines run (gcov)" OFF)
set(SPF_FUZZ_SECONDS 5 CACHE STRING "How long CTest runs each fuzz target")
set(SPF_SUITES_DIR "${PROJECT_SOURCE_DIR}/../shared/suites" CACHE PATH
  "Published test suites; tests that need them are skipped if the folder is absent")

if(PROJECT_IS_TOP_LEVEL)
  get_property(spf_is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(NOT spf_is_multi_config AND NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
  endif()
endif()

# The following settings apply to this folder and those below it, never to a project around it.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ${SPF_BUILD_TESTS})
list(APPEND CMAKE_MODULE_PATH "${PROJECT_SOURCE_DIR}/cmake")

# Flags with which everything has to be compiled and linked, even a consumer of the archives.
set(SPF_INSTRUMENTATION "")
if(SPF_SANITIZE)
  list(JOIN SPF_SANITIZE "," spf_sanitizers)
  list(APPEND SPF_INSTRUMENTATION
    "-fsanitize=${spf_sanitizers}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
endif()
if(SPF_COVERAGE)
  list(APPEND SPF_INSTRUMENTATION --coverage -fprofile-update=atomic)
endif()
if(SPF_BUILD_FUZZERS)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SPF_BUILD_FUZZERS needs libFuzzer, so clang: add -DCMAKE_CXX_COMPILER=clang++ "
      "(every compiler replays the corpora in the ordinary tests)")
  endif()
  list(APPEND SPF_INSTRUMENTATION -fsanitize=fuzzer-no-link)
endif()
add_compile_options(${SPF_INSTRUMENTATION})
add_link_options(${SPF_INSTRUMENTATION})

if(SPF_LTO)
  include(CheckIPOSupported)
  check_ipo_supported()
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()
