# Finds ldns (https://nlnetlabs.nl/projects/ldns) and defines ldns::ldns. It uses pkg-config if that
# is installed, but does not need it. This file is installed beside the package configuration.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_ldns QUIET ldns)
endif()
find_path(ldns_INCLUDE_DIR NAMES ldns/ldns.h HINTS ${PC_ldns_INCLUDE_DIRS})
find_library(ldns_LIBRARY NAMES ldns HINTS ${PC_ldns_LIBRARY_DIRS})
mark_as_advanced(ldns_INCLUDE_DIR ldns_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(ldns
  REQUIRED_VARS ldns_LIBRARY ldns_INCLUDE_DIR
  VERSION_VAR PC_ldns_VERSION)

if(ldns_FOUND AND NOT TARGET ldns::ldns)
  add_library(ldns::ldns UNKNOWN IMPORTED)
  set_target_properties(ldns::ldns PROPERTIES
    IMPORTED_LOCATION "${ldns_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${ldns_INCLUDE_DIR}")
endif()
