# cmake -D BUILD_DIR=... -D PREFIX=... -P install.cmake
# Installs into an empty folder, so that nothing of an earlier run stands in for what is missing now.
file(REMOVE_RECURSE "${PREFIX}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${PREFIX}"
  COMMAND_ERROR_IS_FATAL ANY)
