# wireway.dll and its import library: what the header declares, out of the archive.

set(definitions ${CMAKE_CURRENT_BINARY_DIR}/wireway.def)
list(JOIN exports "\n  " names)
file(CONFIGURE OUTPUT ${definitions} CONTENT "EXPORTS\n  @names@\n" @ONLY)

add_library(wireway SHARED cmake/anchor.c ${definitions})
add_dependencies(wireway wireway-cargo)
target_link_libraries(wireway PRIVATE ${WIREWAY_ARCHIVE} ${native})
if(MINGW)
  # The archive is searched before the exports are looked at. The runtime of the compiler is linked into the library, so that
  # the program needs no DLL of it.
  list(TRANSFORM exports PREPEND "LINKER:-u," OUTPUT_VARIABLE roots)
  target_link_options(wireway PRIVATE ${roots} -static-libgcc LINKER:--gc-sections LINKER:--strip-debug)
endif()
# A program finds the library beside itself, so there is one name for all versions.
set_target_properties(wireway PROPERTIES PREFIX "" LINK_DEPENDS ${WIREWAY_ARCHIVE})
