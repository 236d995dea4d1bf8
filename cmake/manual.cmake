# `cmake --build <build folder> --target manual` makes the manual, as <build folder>/manual/html/index.html.
find_program(SPF_DOXYGEN doxygen DOC "Makes the manual")

set(spf_manual_dir "${PROJECT_BINARY_DIR}/manual")
if(SPF_DOXYGEN)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/Doxyfile.in" "${spf_manual_dir}/Doxyfile" @ONLY)
  # A manual that failed never takes the place of one that is complete.
  add_custom_target(manual
    COMMAND "${CMAKE_COMMAND}" -E rm -rf "${spf_manual_dir}/new"
    COMMAND "${SPF_DOXYGEN}" "${spf_manual_dir}/Doxyfile"
    COMMAND "${CMAKE_COMMAND}" -E rm -rf "${spf_manual_dir}/html"
    COMMAND "${CMAKE_COMMAND}" -E rename "${spf_manual_dir}/new" "${spf_manual_dir}/html"
    COMMENT "Making the manual: manual/html/index.html"
    VERBATIM)
else()
  add_custom_target(manual
    COMMAND "${CMAKE_COMMAND}" -E echo "The manual needs doxygen, which was not found when this folder was configured. \
Install it (cmake/install-dependencies.sh --manual does), then configure again."
    COMMAND "${CMAKE_COMMAND}" -E false
    VERBATIM)
endif()

if(SPF_BUILD_TESTS)
  add_test(NAME "build/every public name is in the manual"
    COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}" --target manual)
  set_tests_properties("build/every public name is in the manual" PROPERTIES
    TIMEOUT 300 LABELS build RESOURCE_LOCK build_tree SKIP_REGULAR_EXPRESSION "needs doxygen")
endif()
