# The installed package: archives, headers, find_package(spf COMPONENTS ...), pkg-config, programs, documents.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(spf_config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/spf")
get_property(spf_components GLOBAL PROPERTY SPF_COMPONENTS)

install(TARGETS spf EXPORT spf-targets FILE_SET HEADERS)
install(EXPORT spf-targets NAMESPACE spf:: DESTINATION "${spf_config_dir}")

# One export file for each component, so that a request for the core never touches a third-party
# target.
set(spf_component_depends "")
foreach(component IN LISTS spf_components)
  install(TARGETS spf_${component} EXPORT spf-${component}-targets FILE_SET HEADERS)
  install(EXPORT spf-${component}-targets NAMESPACE spf:: DESTINATION "${spf_config_dir}")
  get_property(package GLOBAL PROPERTY SPF_${component}_DEPENDS)
  string(APPEND spf_component_depends "set(spf_${component}_depends \"${package}\")\n")
  get_property(needed GLOBAL PROPERTY SPF_${component}_NEEDS)
  string(APPEND spf_component_depends "set(spf_${component}_needs ${needed})\n")
  if(EXISTS "${PROJECT_SOURCE_DIR}/cmake/Find${package}.cmake")
    install(FILES "${PROJECT_SOURCE_DIR}/cmake/Find${package}.cmake" DESTINATION "${spf_config_dir}")
  endif()
endforeach()

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/spf-config.cmake.in" "${PROJECT_BINARY_DIR}/spf-config.cmake"
  INSTALL_DESTINATION "${spf_config_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/spf-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/spf-config.cmake" "${PROJECT_BINARY_DIR}/spf-config-version.cmake"
  DESTINATION "${spf_config_dir}")

# pkg-config files find their own prefix, so `cmake --install --prefix` and moved trees work.
set(spf_pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
  set(pc_libdir "${CMAKE_INSTALL_FULL_LIBDIR}")
  set(pc_includedir "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
else()
  file(RELATIVE_PATH up "/${spf_pc_dir}" "/")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(pc_prefix "\${pcfiledir}/${up}")
  set(pc_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
  set(pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()

set(pc_cflags "")
if(BUILD_SHARED_LIBS)
  set(pc_cflags " -DSPF_SHARED")
endif()

function(spf_install_pc pc_name pc_description pc_requires pc_libs)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/spf.pc.in" "${PROJECT_BINARY_DIR}/${pc_name}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/${pc_name}.pc" DESTINATION "${spf_pc_dir}")
endfunction()
spf_install_pc(spf "${PROJECT_DESCRIPTION}" "" "-lspf")
foreach(component IN LISTS spf_components)
  foreach(field IN ITEMS SUMMARY PC_REQUIRES PC_LIBS)
    get_property(${field} GLOBAL PROPERTY SPF_${component}_${field})
  endforeach()
  spf_install_pc(spf-${component} "${SUMMARY}" "spf ${PC_REQUIRES}" "${PC_LIBS}")
endforeach()

# What people read. The paths of the examples are those that the README names.
install(FILES LICENSE README.md examples/spfcheck/lint/lint.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY examples/minimal examples/zones examples/messages
  DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples"
  FILES_MATCHING PATTERN *.md PATTERN *.cpp PATTERN *.c PATTERN *.zone PATTERN *.eml)
foreach(program IN ITEMS spfcheck policyd)
  install(FILES "examples/${program}/README.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples/${program}")
endforeach()
install(DIRECTORY "${PROJECT_BINARY_DIR}/manual/html" DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
