# What an installed libcare consists of: headers, both libraries, a CMake package, a .pc file, the command line, the pack's text.

include(CMakePackageConfigHelpers)

set(care_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/care")

install(DIRECTORY include/care DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
install(TARGETS care_shared EXPORT care-shared)
install(TARGETS care_static EXPORT care-static)
install(EXPORT care-shared NAMESPACE care:: FILE care-shared.cmake DESTINATION "${care_package_dir}")
install(EXPORT care-static NAMESPACE care:: FILE care-static.cmake DESTINATION "${care_package_dir}")

configure_package_config_file(cmake/care-config.cmake.in "${PROJECT_BINARY_DIR}/care-config.cmake"
    INSTALL_DESTINATION "${care_package_dir}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/care-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/care-config.cmake" "${PROJECT_BINARY_DIR}/care-config-version.cmake" cmake/FindStemmer.cmake
    DESTINATION "${care_package_dir}")

# The .pc file finds its tree from where it stands, so that an installation may be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" OUTPUT_VARIABLE care_pc_prefix)
configure_file(cmake/care.pc.in "${PROJECT_BINARY_DIR}/care.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/care.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

if(TARGET care_tool)
    install(TARGETS care_tool)
endif()
install(DIRECTORY packs/en DESTINATION "${CMAKE_INSTALL_DATADIR}/care/packs" FILES_MATCHING PATTERN "*.care" PATTERN "order.txt")
install(FILES README.md CHANGELOG.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES docs/command-line.md docs/how-it-works.md DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs")
install(FILES packs/README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME pack-language.md)
