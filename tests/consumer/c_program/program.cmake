# spf_add_c_programs(<target> <c.h>): the program that calls every function of the C API, as
# <target>, and the program that the header c.h shows, as <target>_shown. Each build also compares
# the functions with the list in lib/c/symbols.txt: those that the program calls, and those that the
# library exports if it is a shared one.
set(c_program_dir "${CMAKE_CURRENT_LIST_DIR}")

function(spf_add_c_programs target header)
  set(sources main.c check_mail.c decide.c step_by_step.c refuse_mistakes.c)
  list(TRANSFORM sources PREPEND "${c_program_dir}/")
  add_executable(${target} ${sources})

  # The text between the fences of the first example, without the slashes.
  file(READ "${header}" text)
  set(fence "/// ~~~{.c}\n")
  string(FIND "${text}" "${fence}" begin)
  string(LENGTH "${fence}" length)
  math(EXPR begin "${begin} + ${length}")
  string(SUBSTRING "${text}" ${begin} -1 text)
  string(FIND "${text}" "/// ~~~" end)
  string(SUBSTRING "${text}" 0 ${end} text)
  string(REGEX REPLACE "(^|\n)/// ?" "\\1" text "${text}")
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/shown.c" "${text}")
  add_executable(${target}_shown "${CMAKE_CURRENT_BINARY_DIR}/shown.c")

  # The example that asks DNS.
  add_library(${target}_dns OBJECT "${c_program_dir}/../../../examples/minimal/system_dns.c")

  set(programs ${target} ${target}_shown ${target}_dns)
  find_path(SPF2_INCLUDE_DIR spf2/spf.h)
  if(SPF2_INCLUDE_DIR)
    add_library(${target}_beside_libspf2 OBJECT "${c_program_dir}/beside_libspf2.c")
    target_include_directories(${target}_beside_libspf2 SYSTEM PRIVATE "${SPF2_INCLUDE_DIR}")
    list(APPEND programs ${target}_beside_libspf2)
  else()
    message(STATUS "There is no spf2/spf.h, so c.h is not compiled beside it")
  endif()
  foreach(program IN LISTS programs)
    set_target_properties(${program} PROPERTIES C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
    target_compile_options(${program} PRIVATE -pedantic -Wall -Wextra -Wconversion -Wstrict-prototypes -Werror)
    target_link_libraries(${program} PRIVATE spf::c)
  endforeach()

  set(list "${c_program_dir}/../../../lib/c/symbols.txt")
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND "${CMAKE_COMMAND}" -D "NM=${CMAKE_NM}" -D "FILES=$<TARGET_OBJECTS:${target}>" -D WHICH=--undefined-only
      -D "LIST=${list}" -P "${c_program_dir}/symbols.cmake" VERBATIM)
  get_target_property(type spf::c TYPE)
  if(type STREQUAL "SHARED_LIBRARY")
    add_custom_command(TARGET ${target} POST_BUILD
      COMMAND "${CMAKE_COMMAND}" -D "NM=${CMAKE_NM}" -D "FILES=$<TARGET_FILE:spf::c>" -D WHICH=--dynamic,--defined-only
        -D "LIST=${list}" -D ALONE=ON -P "${c_program_dir}/symbols.cmake" VERBATIM)
  endif()
  add_custom_command(TARGET ${target}_shown POST_BUILD
    COMMAND "${CMAKE_COMMAND}" -D "PROGRAM=$<TARGET_FILE:${target}_shown>" -P "${c_program_dir}/shown.cmake" VERBATIM)
endfunction()
