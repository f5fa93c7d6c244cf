# `cmake --install build --prefix PREFIX`: the program, its configurations and data, the manual page, completion. The folder may be moved
# afterwards. `cpack -G DEB --config build/CPackConfig.cmake` makes a Debian package.
include(GNUInstallDirs)
install(TARGETS nearshore_program RUNTIME)
install(DIRECTORY configs DESTINATION ${CMAKE_INSTALL_DATADIR}/nearshore)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES README.md LICENSE CITATION.cff CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Both pages are what the program itself says.
install(CODE "
  set(root \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  file(MAKE_DIRECTORY \"\${root}/${CMAKE_INSTALL_MANDIR}/man1\" \"\${root}/${CMAKE_INSTALL_DATADIR}/bash-completion/completions\")
  execute_process(COMMAND \"\${root}/${CMAKE_INSTALL_BINDIR}/nearshore\" docs man
    OUTPUT_FILE \"\${root}/${CMAKE_INSTALL_MANDIR}/man1/nearshore.1\" COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND \"\${root}/${CMAKE_INSTALL_BINDIR}/nearshore\" docs completion
    OUTPUT_FILE \"\${root}/${CMAKE_INSTALL_DATADIR}/bash-completion/completions/nearshore\" COMMAND_ERROR_IS_FATAL ANY)
")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME nearshore)
set(CPACK_PACKAGE_VENDOR "The nearshore developers")
set(CPACK_PACKAGE_CONTACT "The nearshore developers <nearshore@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "agent-based simulation of North American firm sourcing under tariffs")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
include(CPack)
