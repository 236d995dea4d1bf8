# Run by CTest when it starts; see catch-tests.cmake. Reads spf_program, spf_executable,
# spf_catch_version, spf_properties.
if(NOT EXISTS "${spf_executable}")
  add_test("${spf_program}/NOT_BUILT" "${spf_executable}")
  return()
endif()
# A name that is not found has to fail; version 3 does so without an option.
if(spf_catch_version VERSION_LESS 3)
  set(spf_list --list-test-names-only)
  set(spf_options --warn NoTests)
else()
  set(spf_list --list-tests --verbosity quiet)
  set(spf_options "")
endif()
execute_process(COMMAND "${spf_executable}" ${spf_list}
  OUTPUT_VARIABLE spf_names ERROR_VARIABLE spf_errors RESULT_VARIABLE spf_count)
# Version 2 exits with the number of tests (at most 255), so only a signal or an error text is a
# failure.
if(NOT spf_count MATCHES "^[0-9]+$" OR spf_names STREQUAL "")
  message(SEND_ERROR "${spf_executable} cannot list its tests (${spf_count}): ${spf_errors}")
endif()
# One line after the other, without CMake lists: a name may contain characters that are special in
# lists.
while(NOT spf_names STREQUAL "")
  string(FIND "${spf_names}" "\n" spf_end)
  string(SUBSTRING "${spf_names}" 0 ${spf_end} spf_name)
  math(EXPR spf_end "${spf_end} + 1")
  string(SUBSTRING "${spf_names}" ${spf_end} -1 spf_names)
  # Escapes the syntax of Catch2, and a dash that it would take for the start of an option.
  string(REPLACE "\\" "\\\\" spf_filter "${spf_name}")
  foreach(spf_character IN ITEMS "," "[" "]" "\"" "*")
    string(REPLACE "${spf_character}" "\\${spf_character}" spf_filter "${spf_filter}")
  endforeach()
  if(spf_filter MATCHES "^[-~]")
    string(PREPEND spf_filter "\\")
  endif()
  add_test("${spf_program}/${spf_name}" "${spf_executable}" "${spf_filter}" ${spf_options})
  set_tests_properties("${spf_program}/${spf_name}" PROPERTIES ${spf_properties})
endwhile()
