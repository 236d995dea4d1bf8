# cmake -D COMPILER=... -D FILE=... -D INCLUDE=... -P must_not_compile.cmake
# The file has to compile unchanged, and must be refused with -DMISUSE. A line
#     // error: <text>
# in it names text that the compiler's message must contain, so that it is refused for that reason.
function(compile result_variable output_variable)
  execute_process(
    COMMAND "${COMPILER}" -std=c++20 -fsyntax-only "-I${INCLUDE}" ${ARGN} "${FILE}"
    RESULT_VARIABLE result ERROR_VARIABLE output OUTPUT_VARIABLE output)
  set(${result_variable} "${result}" PARENT_SCOPE)
  set(${output_variable} "${output}" PARENT_SCOPE)
endfunction()

compile(result output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${FILE} must compile without MISUSE:\n${output}")
endif()
compile(result output -DMISUSE)
if(result EQUAL 0)
  message(FATAL_ERROR "${FILE} compiles with MISUSE, but must not")
endif()
file(STRINGS "${FILE}" expectations REGEX "^ *// error: ")
foreach(line IN LISTS expectations)
  string(REGEX REPLACE "^ *// error: " "" text "${line}")
  string(FIND "${output}" "${text}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "${FILE} is refused with MISUSE, but not for \"${text}\":\n${output}")
  endif()
endforeach()
