# The library, its headers, and the package files for find_package() and pkg-config. The tree may be moved afterwards.

include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/wireway)

install(TARGETS wireway EXPORT wireway-targets)
install(DIRECTORY include/ TYPE INCLUDE)
# Documents and licences, and the examples, which are projects of their own there.
install(FILES README.md CHANGELOG.md SECURITY.md LICENSE-APACHE LICENSE-MIT TYPE DOC)
install(DIRECTORY docs examples-c examples-cpp examples-libuv examples-asio TYPE DOC)
install(EXPORT wireway-targets NAMESPACE wireway:: DESTINATION ${package_dir})
configure_package_config_file(cmake/wireway-config.cmake.in wireway-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(wireway-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/wireway-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/wireway-config-version.cmake
  DESTINATION ${package_dir})

# Relative to the .pc file itself, unless the directories were given as absolute ones, as some distributions do.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" OR IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(pc_prefix ${CMAKE_INSTALL_PREFIX})
  set(pc_libdir ${CMAKE_INSTALL_FULL_LIBDIR})
  set(pc_includedir ${CMAKE_INSTALL_FULL_INCLUDEDIR})
else()
  file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  string(REGEX REPLACE "/$" "" up "${up}")
  set(pc_prefix "\${pcfiledir}/${up}")
  set(pc_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
  set(pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
if(NOT BUILD_SHARED_LIBS)
  list(TRANSFORM native PREPEND " -l" OUTPUT_VARIABLE pc_libs)
  list(TRANSFORM native_options PREPEND " " OUTPUT_VARIABLE pc_options)
  string(REPLACE ";" "" pc_libs "${pc_libs};${pc_options}")
  set(pc_cflags " -DWW_STATIC")
endif()
configure_file(cmake/wireway.pc.in wireway.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/wireway.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
