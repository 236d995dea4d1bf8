# cmake -D NM=... -D LIBRARY=... -D NEEDED=<regex> -D FORBIDDEN=<regex> -P exports.cmake
# Fails unless the library exports a name that matches NEEDED, and none that matches FORBIDDEN.
execute_process(COMMAND "${NM}" --dynamic --defined-only --demangle "${LIBRARY}"
  OUTPUT_VARIABLE out COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE ";" ":" out "${out}")
string(REGEX REPLACE "(^|\n)[0-9a-f]+ [A-Za-z] " "\\1" out "${out}")
string(REPLACE "\n" ";" names "${out}")
set(needed ${names})
list(FILTER needed INCLUDE REGEX "${NEEDED}")
if(NOT needed)
  message(FATAL_ERROR "${LIBRARY} shows no ${NEEDED}")
endif()
list(FILTER names INCLUDE REGEX "${FORBIDDEN}")
if(names)
  list(JOIN names "\n  " names)
  message(FATAL_ERROR "${LIBRARY} shows what is its own affair:\n  ${names}")
endif()
