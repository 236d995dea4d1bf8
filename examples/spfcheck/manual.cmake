# The manual pages and the completion of shells are written by a program that has the table of
# sub-commands and options, so that they cannot differ from --help.
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "spf: manual pages and completions of spfcheck need CMAKE_CROSSCOMPILING_EMULATOR, so they are left out")
  return()
endif()

# The pages have the day of the release, so that every build of it makes the same pages.
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  string(TIMESTAMP manual_date "%Y-%m-%d" UTC)
else()
  file(STRINGS "${PROJECT_SOURCE_DIR}/CHANGELOG.md" releases REGEX "^## \\[[0-9.]+\\] - [0-9-]+$")
  list(GET releases 0 release)
  string(REGEX REPLACE "^.* " "" manual_date "${release}")
endif()

file(GLOB manual_sources CONFIGURE_DEPENDS manual.cpp manual/*.cpp)
add_executable(spfcheck_manual ${manual_sources})
spf_own_target(spfcheck_manual)
target_link_libraries(spfcheck_manual PRIVATE spfcheck_commands)

file(GLOB manual_prose CONFIGURE_DEPENDS *.man */*.man)  # and po/*.man, in other languages
set(manual_folder "${CMAKE_CURRENT_BINARY_DIR}/installed")
set_target_properties(spfcheck_manual PROPERTIES FOLDER_OF_PAGES "${manual_folder}/man1")
set(manual_stamp "${CMAKE_CURRENT_BINARY_DIR}/manual.stamp")
add_custom_command(OUTPUT "${manual_stamp}"
  COMMAND "${CMAKE_COMMAND}" -E env "TEXTDOMAINDIR=${spfcheck_locales}"
    "$<TARGET_PROPERTY:spfcheck_manual,CROSSCOMPILING_EMULATOR>" "$<TARGET_FILE:spfcheck_manual>"
    "${CMAKE_CURRENT_SOURCE_DIR}" "${manual_folder}" "${manual_date}"
  COMMAND "${CMAKE_COMMAND}" -E touch "${manual_stamp}"
  DEPENDS spfcheck_manual ${manual_prose} ${spfcheck_catalogues}
  COMMENT "Writing the manual pages and completions of spfcheck" VERBATIM COMMAND_EXPAND_LISTS)
add_custom_target(spfcheck_manual_pages ALL DEPENDS "${manual_stamp}")
if(SPF_INSTALL)
  install(DIRECTORY "${manual_folder}/man1/" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  foreach(language IN LISTS spfcheck_translated)
    install(DIRECTORY "${manual_folder}/${language}/man1/" DESTINATION "${CMAKE_INSTALL_MANDIR}/${language}/man1")
  endforeach()
  # Where the shells look for completions of installed programs.
  install(FILES "${manual_folder}/completions/spfcheck"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${manual_folder}/completions/_spfcheck"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
  install(FILES "${manual_folder}/completions/spfcheck.fish"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endif()
