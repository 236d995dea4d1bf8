# The program that writes po/spfcheck.pot. It gets the tables of all rooms: each header in which a
# table is, and the enumeration of its messages.
file(GLOB tables RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" CONFIGURE_DEPENDS */*.hpp)
set(table_includes "")
set(table_list "")
foreach(header IN LISTS tables)
  file(STRINGS "${header}" codes REGEX "^struct Sentences<[A-Za-z]+> {")
  if(NOT codes)
    continue()
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${header}")
  string(APPEND table_includes "#include \"${header}\"\n")
  get_filename_component(room "${header}" DIRECTORY)
  foreach(code IN LISTS codes)
    string(REGEX REPLACE "^struct Sentences<([A-Za-z]+)> {" "\\1" code "${code}")
    string(APPEND table_list " \\\n    SPFCHECK_TABLE(\"${room}\", ${code})")
  endforeach()
endforeach()
file(CONFIGURE OUTPUT tables.hpp CONTENT
  "#pragma once\n\n@table_includes@\n#define SPFCHECK_TABLES@table_list@\n" @ONLY)
add_executable(spfcheck_texts texts.cpp)
spf_own_target(spfcheck_texts)
target_include_directories(spfcheck_texts PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
target_link_libraries(spfcheck_texts PRIVATE spfcheck_commands)
if(NOT SPF_WITH_GETTEXT)
  return()
endif()
# For those who change a text: writes po/spfcheck.pot, and marks in each catalogue what is missing
# and what has changed.
find_program(SPF_MSGMERGE msgmerge)
set(merge_commands "")
foreach(language IN LISTS spfcheck_languages)
  list(APPEND merge_commands COMMAND "${SPF_MSGMERGE}" --quiet --no-wrap --backup=none --update
    "${CMAKE_CURRENT_SOURCE_DIR}/po/${language}.po" "${CMAKE_CURRENT_SOURCE_DIR}/po/spfcheck.pot")
endforeach()
add_custom_target(spfcheck_po
  COMMAND spfcheck_texts > "${CMAKE_CURRENT_SOURCE_DIR}/po/spfcheck.pot"
  ${merge_commands} VERBATIM)
