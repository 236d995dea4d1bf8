# spf_discover_catch_tests(<program> <together> [<property> <value>]...)
# Makes each test case of a Catch2 program a test of CTest, "<program>/<name of the test case>". If
# <together> is more than 1, that many test cases are one test, which saves starting the program.
#
# Unlike Catch2's own function, it asks the program when CTest starts (no stale list, no run during
# the build), and a name may contain anything: `;`, `\`, unbalanced brackets, a leading dash.
function(spf_discover_catch_tests program together)
  get_property(is_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(is_multi_config)  # the path of the program depends on how CTest is called
    add_test(NAME ${program} COMMAND ${program})
    set_tests_properties(${program} PROPERTIES ${ARGN})
    return()
  endif()
  set(script "${CMAKE_CURRENT_BINARY_DIR}/${program}_tests.cmake")
  set(properties "")
  foreach(each IN LISTS ARGN)
    string(APPEND properties " [==[${each}]==]")
  endforeach()
  file(GENERATE OUTPUT "${script}" CONTENT
"set(spf_program [==[${program}]==])
set(spf_executable [==[$<TARGET_FILE:${program}>]==])
set(spf_catch_version [==[${Catch2_VERSION}]==])
set(spf_properties${properties})
set(spf_together ${together})
include([==[${PROJECT_SOURCE_DIR}/cmake/catch-tests-list.cmake]==])
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()
