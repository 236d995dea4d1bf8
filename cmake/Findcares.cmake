# Finds c-ares (https://c-ares.org) and defines cares::cares. pkg-config is asked where it
# is installed; nothing depends on it. This file is installed beside the package configuration.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_cares QUIET libcares)
endif()
find_path(cares_INCLUDE_DIR NAMES ares.h HINTS ${PC_cares_INCLUDE_DIRS})
find_library(cares_LIBRARY NAMES cares HINTS ${PC_cares_LIBRARY_DIRS})
mark_as_advanced(cares_INCLUDE_DIR cares_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(cares
  REQUIRED_VARS cares_LIBRARY cares_INCLUDE_DIR
  VERSION_VAR PC_cares_VERSION)

if(cares_FOUND AND NOT TARGET cares::cares)
  add_library(cares::cares UNKNOWN IMPORTED)
  set_target_properties(cares::cares PROPERTIES
    IMPORTED_LOCATION "${cares_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${cares_INCLUDE_DIR}")
endif()
