# libwireway.a: one object in which only what the header declares is global, so that it can meet another Rust library
# in one program. Needs `ld -r --gc-sections` of GNU ld and objcopy; without them, cargo's archive as it is.

add_library(wireway STATIC cmake/anchor.c)
add_dependencies(wireway wireway-cargo)
target_compile_definitions(wireway PUBLIC WW_STATIC)
target_link_libraries(wireway INTERFACE ${native} ${native_options})

# Each linker is asked who it is: gold refuses --gc-sections with -r, and what lld 22 writes with it (a section group
# without members) GNU ar and objcopy do not read.
set(candidates ${CMAKE_LINKER})
if(NOT CMAKE_CROSSCOMPILING)
  list(APPEND candidates ld.bfd)
endif()
set(WIREWAY_STATIC_IS_ONE_OBJECT OFF)
if(CMAKE_OBJCOPY AND NOT APPLE AND NOT WIN32)
  foreach(candidate ${candidates})
    execute_process(COMMAND ${candidate} --version OUTPUT_VARIABLE about ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed AND about MATCHES "^GNU ld")
      set(linker ${candidate})
      set(WIREWAY_STATIC_IS_ONE_OBJECT ON)
      break()
    endif()
  endforeach()
endif()

if(WIREWAY_STATIC_IS_ONE_OBJECT)
  set(object ${CMAKE_CURRENT_BINARY_DIR}/libwireway.o)
  list(TRANSFORM exports PREPEND "-u" OUTPUT_VARIABLE roots)
  list(GET exports 0 entry)
  # With musl the unwinder is in the object too; musl.c says why.
  set(unwinder "")
  if(triple MATCHES "-musl")
    execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=libgcc_eh.a
      OUTPUT_VARIABLE libgcc_eh OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    add_library(wireway-unwinder STATIC cmake/musl.c)
    set(unwinder ${libgcc_eh} $<TARGET_FILE:wireway-unwinder>)
  endif()
  # .llvmbc and .llvmcmd are bitcode that only rustc can use, and ar(1) fails on it. The debug information is that of
  # Rust's standard library.
  add_custom_command(OUTPUT ${object}
    COMMAND ${linker} -r --gc-sections -e ${entry} ${roots} -o ${object}.all ${WIREWAY_ARCHIVE} ${unwinder}
    COMMAND ${CMAKE_OBJCOPY} -R .llvmbc -R .llvmcmd --strip-debug --keep-global-symbols=${WIREWAY_EXPORTS}
      ${object}.all ${object}
    COMMAND ${CMAKE_COMMAND} -E rm ${object}.all
    DEPENDS ${WIREWAY_ARCHIVE} ${WIREWAY_EXPORTS} ${unwinder}
    COMMENT "Reducing libwireway to its public names" VERBATIM)
  target_sources(wireway PRIVATE ${object})
  set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
else()
  message(STATUS "wireway: no GNU ld with objcopy; the static library keeps Rust's own names global")
  set_source_files_properties(cmake/anchor.c PROPERTIES OBJECT_DEPENDS ${WIREWAY_ARCHIVE})
  add_custom_command(TARGET wireway POST_BUILD
    COMMAND ${CMAKE_COMMAND} -E copy ${WIREWAY_ARCHIVE} $<TARGET_FILE:wireway> VERBATIM)
endif()
