# cmake -D COMPILER=... -D SOURCE_DIR=... -P check-complete.cmake
# Fails unless spf.hpp and analysis.hpp include every public header of their targets
# (lib/CMakeLists.txt).
cmake_minimum_required(VERSION 3.25)
file(READ "${SOURCE_DIR}/lib/CMakeLists.txt" list)
string(REGEX MATCH "set\\(headers[^)]*\\)" of_spf "${list}")
string(REGEX MATCH "spf_add_component\\(analysis[^)]*\\)" of_analysis "${list}")
foreach(target IN ITEMS spf analysis)
  string(REGEX MATCHALL "spf/[a-z_/0-9]+\\.hpp" headers "${of_${target}}")
  if(NOT headers)
    message(FATAL_ERROR "There are no headers of spf::${target} in lib/CMakeLists.txt")
  endif()
  execute_process(COMMAND "${COMPILER}" -std=c++20 -I "${SOURCE_DIR}/include" -MM
      "${SOURCE_DIR}/include/spf/${target}.hpp"
    OUTPUT_VARIABLE included COMMAND_ERROR_IS_FATAL ANY)
  foreach(header IN LISTS headers)
    if(NOT included MATCHES "/include/${header}[ \n]")
      message(SEND_ERROR "spf/${target}.hpp does not include spf::${target}'s ${header}")
    endif()
  endforeach()
endforeach()
