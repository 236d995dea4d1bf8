# cmake -D SOURCE_DIR=... -D WORK_DIR=... -P check-rooms-test.cmake
# Tests check-rooms.cmake: it must fail on each kind of mistake, which is put into a copy.
cmake_minimum_required(VERSION 3.25)
set(mistakes
  "lib/base/ascii.hpp|#include \"record/builder.hpp\"|lib/base/ascii.hpp: may not include"
  "include/spf/dns/name.hpp|#include \"spf/evaluation/outcome.hpp\"|include/spf/dns/name.hpp: may not include"
  "lib/net/ip.cpp|#include \"ip_reader.hpp\"|lib/net/ip.cpp: may not include"
  "lib/stray.cpp|int stray()|lib/stray.cpp: is in no room"
  "include/spf/record/all.hpp|#pragma once|include/spf/record/all.hpp: only forwards"
  "lib/README.md|extra       <- analysis none|extra <- none points up"
  "lib/README.md|empty       <- base|there is nothing in empty"
  "examples/spfcheck/io/json.hpp|#include \"check/json.hpp\"|examples/spfcheck/io/json.hpp: may not include"
  "examples/spfcheck/stray.cpp|int stray()|examples/spfcheck/stray.cpp: is in no room"
  "examples/policyd/config/config.hpp|#include \"exit_status.hpp\"|config/config.hpp: may not include")
foreach(mistake IN LISTS mistakes)
  string(REPLACE "|" ";" parts "${mistake}")
  list(GET parts 0 file)
  list(GET parts 1 line)
  list(GET parts 2 complaint)
  file(REMOVE_RECURSE "${WORK_DIR}")
  set(of "")
  if(file MATCHES "^(examples/[a-z]+)/")
    set(of "${CMAKE_MATCH_1}")
    file(COPY "${SOURCE_DIR}/${of}" DESTINATION "${WORK_DIR}/examples")
  else()
    file(COPY "${SOURCE_DIR}/lib" "${SOURCE_DIR}/include" DESTINATION "${WORK_DIR}")
  endif()
  file(APPEND "${WORK_DIR}/${file}" "${line}\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -D "SOURCE_DIR=${WORK_DIR}" -D "OF=${of}"
      -P "${CMAKE_CURRENT_LIST_DIR}/check-rooms.cmake"
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE said)
  if(status EQUAL 0 OR NOT said MATCHES "${complaint}")
    message(FATAL_ERROR "\"${line}\" in ${file} should fail with \"${complaint}\"; it said: ${said}")
  endif()
endforeach()
file(REMOVE_RECURSE "${WORK_DIR}")
