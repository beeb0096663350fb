# Installs libjackfield: the library of the programs that are not ours, in the two parts that distributions split it into.
# libjackfield1 is what programs need to run, libjackfield-dev what they need to be built.
include(CMakePackageConfigHelpers)
set(JACKFIELD_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/Jackfield)

install(TARGETS jackfield-library EXPORT JackfieldTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT libjackfield1 NAMELINK_COMPONENT libjackfield-dev)
install(TARGETS jackfield-engine EXPORT JackfieldStaticTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT libjackfield-dev)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/engine/include/jackfield DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    COMPONENT libjackfield-dev FILES_MATCHING PATTERN "*.h")

# find_package(Jackfield) gives Jackfield::jackfield; its component `static` gives Jackfield::jackfield-static.
install(EXPORT JackfieldTargets NAMESPACE Jackfield:: DESTINATION ${JACKFIELD_CMAKE_DIR} COMPONENT libjackfield-dev)
install(EXPORT JackfieldStaticTargets NAMESPACE Jackfield:: DESTINATION ${JACKFIELD_CMAKE_DIR} COMPONENT libjackfield-dev)
configure_package_config_file(JackfieldConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/JackfieldConfig.cmake
    INSTALL_DESTINATION ${JACKFIELD_CMAKE_DIR} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a second number that differs is another interface.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/JackfieldConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/JackfieldConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/JackfieldConfigVersion.cmake
    DESTINATION ${JACKFIELD_CMAKE_DIR} COMPONENT libjackfield-dev)

# The prefix is made out from the file's own place, so that a tree that was installed elsewhere (DESTDIR, --prefix) works.
file(RELATIVE_PATH JACKFIELD_PC_PREFIX
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(jackfield.pc.in ${CMAKE_CURRENT_BINARY_DIR}/jackfield.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/jackfield.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT libjackfield-dev)

configure_file(libjackfield.3.in ${CMAKE_CURRENT_BINARY_DIR}/libjackfield.3 @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/libjackfield.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3 COMPONENT libjackfield-dev)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/examples/own_loop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libjackfield-dev/examples COMPONENT libjackfield-dev)
