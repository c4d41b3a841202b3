# libwireway.so: what the header declares, and what that needs, out of the archive. ELF only so far.

if(APPLE)
  message(FATAL_ERROR "wireway: the shared library is not ported to ${CMAKE_SYSTEM_NAME}; set BUILD_SHARED_LIBS=OFF")
endif()

set(map ${CMAKE_CURRENT_BINARY_DIR}/wireway.map)
configure_file(cmake/wireway.map.in ${map} @ONLY)
list(TRANSFORM exports PREPEND "LINKER:-u," OUTPUT_VARIABLE roots)

add_library(wireway SHARED cmake/anchor.c)
add_dependencies(wireway wireway-cargo)
target_link_libraries(wireway PRIVATE ${WIREWAY_ARCHIVE} ${native})
# The debug information is that of Rust's standard library.
target_link_options(wireway PRIVATE ${roots}
  LINKER:--gc-sections LINKER:--strip-debug LINKER:-z,defs LINKER:--version-script=${map})
# Not every linker can add to its script; it is for the sake of memory only.
include(CheckLinkerFlag)
set(order ${CMAKE_CURRENT_SOURCE_DIR}/cmake/order.ld)
check_linker_flag(C LINKER:-T,${order} WIREWAY_LINKER_ADDS_SECTIONS)
if(WIREWAY_LINKER_ADDS_SECTIONS)
  target_link_options(wireway PRIVATE LINKER:-T,${order})
endif()
# Before 1.0 a minor version may change the ABI, so the soname carries it.
set_target_properties(wireway PROPERTIES
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  LINK_DEPENDS "${WIREWAY_ARCHIVE};${map};${order}")
