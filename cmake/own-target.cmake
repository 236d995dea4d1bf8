# spf_own_target(<target>): compiles a target as the project's own code. All settings are PRIVATE,
# so that no warning flag reaches users of the target.
function(spf_own_target target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 warns wrongly about every `"text" + std::string` at -O3, https://gcc.gnu.org/PR105651.
    target_compile_options(${target} PRIVATE -Wno-restrict)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
    # GCC takes the outcome that check_host() returns by reference for a part of its arguments.
    target_compile_options(${target} PRIVATE -Wno-dangling-reference)
  endif()
  if(SPF_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# spf_library(<target>): an archive, or with BUILD_SHARED_LIBS a shared library, that exports what
# SPF_EXPORT marks (spf/base/export.hpp). Before 1.0 each minor version may break the ABI, so the
# minor version is part of the name.
function(spf_library target)
  set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "SHARED_LIBRARY")
    target_compile_definitions(${target} PUBLIC SPF_SHARED)
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN")  # one component needs another
  endif()
endfunction()

# spf_precompile(<target> <header>...): reads headers of other libraries once for all sources of the
# target, each of which includes them.
function(spf_precompile target)
  if(SPF_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# spf_unity(<target>): compiles the sources of each folder of the target as one, so that the compiler
# reads headers and instantiates templates once for all of them. A source with options of its own
# stays alone. Called after all sources are known.
function(spf_unity target)
  if(NOT SPF_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    string(REPLACE "${CMAKE_CURRENT_SOURCE_DIR}" "" folder "${folder}")
    string(MAKE_C_IDENTIFIER "in_${folder}" group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # A parameter may have the name that a constant has in another file of the folder. Builds of each
  # source alone have the warning.
  target_compile_options(${target} PRIVATE -Wno-shadow)
endfunction()
