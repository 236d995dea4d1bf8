# spf_add_component(<name>
#   HEADERS <file>...     below include/
#   [SOURCES <file>...]   without any, the component is header-only
#   [NEEDS <name>]        another component that it builds on
#   [DEPENDS <package>    what find_package() calls the third-party library, if it has a package
#   LINK <target>         its target
#   PC_REQUIRES <module>] what pkg-config calls it
#   SUMMARY <text>)
#
# Declares spf::<name> (archive libspf-<name>.a), a part of the package that links spf::spf and at
# most one third-party library. find_package(spf COMPONENTS <name>) and spf-<name>.pc follow from
# it. In a build as part of another project, a component whose library is absent is left out, so
# that a consumer of only the core needs no other library.
function(spf_add_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NEEDS;DEPENDS;LINK;PC_REQUIRES;SUMMARY" "HEADERS;SOURCES")

  if(NOT arg_DEPENDS)
    # There is nothing to find.
  elseif(PROJECT_IS_TOP_LEVEL)
    string(TOUPPER "SPF_WITH_${name}" switch)
    find_package(${arg_DEPENDS} GLOBAL)
    if(NOT ${arg_DEPENDS}_FOUND)
      message(FATAL_ERROR "spf::${name} needs ${arg_DEPENDS}, which was not found. Install it "
        "(cmake/install-dependencies.sh does), or build without: -D${switch}=OFF")
    endif()
  else()
    find_package(${arg_DEPENDS} QUIET GLOBAL)
    if(NOT ${arg_DEPENDS}_FOUND)
      message(STATUS "spf: no ${arg_DEPENDS} found, so there is no target spf::${name}")
      return()
    endif()
  endif()

  set(needed "")
  set(pc_needed "")
  if(arg_NEEDS)
    if(NOT TARGET spf_${arg_NEEDS})
      message(STATUS "spf: there is no target spf::${name} without spf::${arg_NEEDS}")
      return()
    endif()
    set(needed spf_${arg_NEEDS})
    set(pc_needed "spf-${arg_NEEDS} ")
  endif()

  set(target spf_${name})
  if(arg_SOURCES)
    add_library(${target} ${arg_SOURCES})
    spf_own_target(${target})
    spf_library(${target})
    target_link_libraries(${target} PUBLIC spf ${needed} PRIVATE ${arg_LINK})
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/lib")
    set(header_scope PUBLIC)
    set(archive "-lspf-${name}")
  else()
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE spf ${arg_LINK})
    set(header_scope INTERFACE)
    set(archive "")
  endif()
  add_library(spf::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} OUTPUT_NAME spf-${name})
  list(TRANSFORM arg_HEADERS PREPEND "${PROJECT_SOURCE_DIR}/include/")
  target_sources(${target} ${header_scope}
    FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include" FILES ${arg_HEADERS})

  set_property(GLOBAL APPEND PROPERTY SPF_COMPONENTS ${name})
  set_property(GLOBAL PROPERTY SPF_${name}_NEEDS "${arg_NEEDS}")
  set_property(GLOBAL PROPERTY SPF_${name}_DEPENDS "${arg_DEPENDS}")
  set_property(GLOBAL PROPERTY SPF_${name}_PC_REQUIRES "${pc_needed}${arg_PC_REQUIRES}")
  set_property(GLOBAL PROPERTY SPF_${name}_PC_LIBS "${archive}")
  set_property(GLOBAL PROPERTY SPF_${name}_SUMMARY "${arg_SUMMARY}")
endfunction()
