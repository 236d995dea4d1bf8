# cmake -D FUZZER=... -D TARGET=... -D SECONDS=... -D SOURCE_DIR=... -D WORK_DIR=...
#       -P run-fuzzer.cmake
# Runs one libFuzzer program for some time, on a copy of its corpus, so that the source tree does
# not change. The seed is the same each time, so that a run that passed passes again; cmake/soak.sh
# takes a new seed for each run.
set(corpus "${WORK_DIR}/corpus/${TARGET}")
set(artifacts "${WORK_DIR}/artifacts/${TARGET}/")
set(dictionary "${SOURCE_DIR}/dictionaries/${TARGET}.dict")
file(MAKE_DIRECTORY "${corpus}" "${artifacts}")
foreach(folder IN ITEMS corpus regressions)
  if(EXISTS "${SOURCE_DIR}/${folder}/${TARGET}")
    file(COPY "${SOURCE_DIR}/${folder}/${TARGET}/" DESTINATION "${corpus}")
  endif()
endforeach()

set(options -seed=7208 "-max_total_time=${SECONDS}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
  "-artifact_prefix=${artifacts}")
if(EXISTS "${dictionary}")
  list(APPEND options "-dict=${dictionary}")
endif()
execute_process(COMMAND "${FUZZER}" ${options} "${corpus}" RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "fuzz_${TARGET} found something (${result}). The input is in ${artifacts}; "
    "once understood it belongs in fuzz/regressions/${TARGET}/ under a name that describes it.")
endif()
