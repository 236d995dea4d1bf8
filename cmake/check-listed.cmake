# cmake -D SOURCE_DIR=... -P check-listed.cmake
# Fails if a file under lib/ or include/ is not named in lib/CMakeLists.txt: it would be missing
# from the archives or from the installed package without any message.
file(READ "${SOURCE_DIR}/lib/CMakeLists.txt" list)
file(GLOB_RECURSE sources RELATIVE "${SOURCE_DIR}/lib" "${SOURCE_DIR}/lib/*.cpp")
file(GLOB_RECURSE headers RELATIVE "${SOURCE_DIR}/include" "${SOURCE_DIR}/include/*")
set(missing "")
foreach(file IN LISTS sources headers)
  string(REGEX REPLACE "([.+])" "\\\\\\1" pattern "${file}")
  if(NOT list MATCHES "[ \n/(]${pattern}[ \n)]")
    string(APPEND missing "\n  ${file}")
  endif()
endforeach()
if(missing)
  message(FATAL_ERROR "Name these in lib/CMakeLists.txt:${missing}")
endif()
