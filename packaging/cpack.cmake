# The packages: four for Debian, and a tarball of jackfield-terminal that needs nothing but the C library. packaging/make_packages makes them.
set(CPACK_PACKAGE_NAME jackfield)
set(CPACK_PACKAGE_VENDOR "The Jackfield developers")
set(CPACK_PACKAGE_CONTACT "The Jackfield developers <developers@jackfield.example>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/cpack_finish.cmake)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_SOURCE_DIR}/cpack_tarball.cmake)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL jackfield-terminal)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Of the packages that hold shared libraries, which is one.
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

# What all the descriptions begin with.
set(what_it_is "Jackfield is a WebSocket server for people who write browser code. It listens,
shows every live connection, decides which hosts and origins may come in,
sends frames by hand and kicks.")

set(CPACK_DEBIAN_JACKFIELD-TERMINAL_PACKAGE_NAME jackfield-terminal)
set(CPACK_DEBIAN_JACKFIELD-TERMINAL_PACKAGE_SECTION web)
set(CPACK_DEBIAN_JACKFIELD-TERMINAL_PACKAGE_SUGGESTS "jackfield, libnss3-tools")
set(CPACK_COMPONENT_JACKFIELD-TERMINAL_DESCRIPTION "WebSocket server for people who write browser code (terminal)
${what_it_is}
.
This package is the server without a window, for terminals, containers and
tests. It has browsers trust its certificate by libnss3-tools. With it comes
jackfield-bench, which loads and tries any WebSocket server.")

if(TARGET jackfield)
    list(APPEND CPACK_COMPONENTS_ALL jackfield)
    set(CPACK_DEBIAN_JACKFIELD_PACKAGE_NAME jackfield)
    set(CPACK_DEBIAN_JACKFIELD_PACKAGE_SECTION web)
    # certutil, with which browsers are made to trust a certificate; the test page is opened by xdg-open; windows on Wayland;
    # jackfield-bench, which the benchmark window runs.
    set(CPACK_DEBIAN_JACKFIELD_PACKAGE_RECOMMENDS "libnss3-tools, xdg-utils, qt6-wayland, jackfield-terminal")
    set(CPACK_COMPONENT_JACKFIELD_DESCRIPTION "WebSocket server for people who write browser code (desktop)
${what_it_is}
.
This package is the server with a window. jackfield-terminal is the same
without one.")
endif()

if(TARGET jackfield-library)
    list(APPEND CPACK_COMPONENTS_ALL libjackfield1 libjackfield-dev)
    set(CPACK_DEBIAN_LIBJACKFIELD1_PACKAGE_NAME libjackfield1)
    set(CPACK_DEBIAN_LIBJACKFIELD1_PACKAGE_SECTION libs)
    # The linker's cache is brought up to date by a trigger. Scripts that do it too are left out by naming some that do not exist.
    set(CPACK_DEBIAN_LIBJACKFIELD1_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_SOURCE_DIR}/triggers
        ${CMAKE_CURRENT_SOURCE_DIR}/none/postinst ${CMAKE_CURRENT_SOURCE_DIR}/none/postrm)
    set(CPACK_COMPONENT_LIBJACKFIELD1_DESCRIPTION "WebSocket server as a library that runs in one thread of yours
${what_it_is}
.
This package is its server as a shared library, which programs need to run.")

    set(CPACK_DEBIAN_LIBJACKFIELD-DEV_PACKAGE_NAME libjackfield-dev)
    set(CPACK_DEBIAN_LIBJACKFIELD-DEV_PACKAGE_SECTION libdevel)
    set(CPACK_DEBIAN_LIBJACKFIELD-DEV_PACKAGE_SHLIBDEPS OFF)
    set(CPACK_DEBIAN_LIBJACKFIELD-DEV_PACKAGE_DEPENDS "libjackfield1 (= ${PROJECT_VERSION}), libexpected-dev")
    # What the static library is linked with.
    set(CPACK_DEBIAN_LIBJACKFIELD-DEV_PACKAGE_RECOMMENDS "libre2-dev, libssl-dev, zlib1g-dev")
    set(CPACK_DEBIAN_LIBJACKFIELD-DEV_PACKAGE_SUGGESTS "cmake, pkg-config")
    set(CPACK_COMPONENT_LIBJACKFIELD-DEV_DESCRIPTION "WebSocket server as a library (development files)
${what_it_is}
.
This package is what programs that use its server as a library are built
with: headers, a CMake package, a pkg-config file, the static library and an
example.")
endif()

foreach(package ${CPACK_COMPONENTS_ALL})
    install(FILES copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${package})
endforeach()
set(CPACK_JACKFIELD_DEBIAN_CHANGELOG ${CMAKE_CURRENT_SOURCE_DIR}/debian_changelog)
set(CPACK_JACKFIELD_CHANGES ${CMAKE_SOURCE_DIR}/CHANGELOG.md)
set(CPACK_JACKFIELD_PROCESSOR ${CMAKE_SYSTEM_PROCESSOR})
include(CPack)
