# cmake -D BUILD_DIR=... -D PREFIX=... -D DOCDIR=... -P install.cmake
# Installs into an empty folder, so that no file of an earlier run hides that a file is missing now.
file(REMOVE_RECURSE "${PREFIX}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${PREFIX}"
  COMMAND_ERROR_IS_FATAL ANY)

foreach(document IN ITEMS LICENSE README.md lint.md examples/minimal/main.cpp examples/minimal/system_dns.c
    examples/zones/example.zone examples/messages/relayed.eml)
  if(NOT EXISTS "${PREFIX}/${DOCDIR}/${document}")
    message(SEND_ERROR "${DOCDIR}/${document} was not installed")
  endif()
endforeach()
