# The language of messages: English, which is in the sources, and the catalogues of po/. They are
# compiled into share/locale of the build tree, where programs in bin/ find them, as after an
# installation.
set(spfcheck_languages it)
set(spfcheck_translated "")  # those that this build has
add_library(spfcheck_language STATIC io/language.cpp)
spf_own_target(spfcheck_language)
target_include_directories(spfcheck_language PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(spfcheck_language PUBLIC spf::spf)
if(NOT SPF_WITH_GETTEXT)
  target_sources(spfcheck_language PRIVATE io/no_gettext.cpp)
  return()
endif()

find_package(Intl QUIET)
find_program(SPF_MSGFMT msgfmt)
if(NOT Intl_FOUND OR NOT SPF_MSGFMT OR CMAKE_DISABLE_FIND_PACKAGE_Intl)
  message(FATAL_ERROR "spfcheck needs what was not found here: gettext (libintl.h and msgfmt). Install it "
    "(cmake/install-dependencies.sh does), or build without: -DSPF_WITH_GETTEXT=OFF")
endif()
target_sources(spfcheck_language PRIVATE io/gettext.cpp)
target_include_directories(spfcheck_language PRIVATE ${Intl_INCLUDE_DIRS})
target_link_libraries(spfcheck_language PRIVATE ${Intl_LIBRARIES})
list(GET spfcheck_languages 0 spfcheck_a_language)
list(JOIN spfcheck_languages "|" spfcheck_language_names)
target_compile_definitions(spfcheck_language PRIVATE
  "SPFCHECK_A_LANGUAGE=\"${spfcheck_a_language}\"" "SPFCHECK_LANGUAGES=\"${spfcheck_language_names}\""
  "SPFCHECK_LOCALE_FOLDER=\"${CMAKE_INSTALL_FULL_LOCALEDIR}\"")

set(spfcheck_locales "${PROJECT_BINARY_DIR}/share/locale")
set(spfcheck_catalogues "")
set(spfcheck_translated ${spfcheck_languages})
foreach(language IN LISTS spfcheck_languages)
  set(catalogue "${spfcheck_locales}/${language}/LC_MESSAGES/spfcheck.mo")
  get_filename_component(folder "${catalogue}" DIRECTORY)
  add_custom_command(OUTPUT "${catalogue}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
    COMMAND "${SPF_MSGFMT}" --check -o "${catalogue}" "${CMAKE_CURRENT_SOURCE_DIR}/po/${language}.po"
    DEPENDS "po/${language}.po"
    COMMENT "Compiling the messages of spfcheck in ${language}" VERBATIM)
  list(APPEND spfcheck_catalogues "${catalogue}")
  if(SPF_INSTALL)
    install(FILES "${catalogue}" DESTINATION "${CMAKE_INSTALL_LOCALEDIR}/${language}/LC_MESSAGES")
  endif()
endforeach()
add_custom_target(spfcheck_catalogues ALL DEPENDS ${spfcheck_catalogues})
