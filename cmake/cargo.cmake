# Compiles the crate to one archive, ${WIREWAY_ARCHIVE}. Not for linking: shared.cmake and static.cmake take out of
# it what the header declares (the list exports.txt).

find_program(WIREWAY_CARGO cargo HINTS "$ENV{CARGO_HOME}/bin" "$ENV{HOME}/.cargo/bin" REQUIRED)
set(WIREWAY_RUST_TARGET "" CACHE STRING "Rust target triple; empty for this machine's")
set(WIREWAY_RUSTFLAGS "" CACHE STRING "Flags for rustc; the environment's RUSTFLAGS do not reach the library")

# The triple is always explicit: without one, flags for the library would also apply to build scripts, and the path of
# the archive would depend on the user's cargo configuration.
set(triple "${WIREWAY_RUST_TARGET}")
if(NOT triple)
  if(CMAKE_CROSSCOMPILING)
    message(FATAL_ERROR "wireway: set WIREWAY_RUST_TARGET to the Rust triple of ${CMAKE_SYSTEM_NAME}")
  endif()
  execute_process(COMMAND ${WIREWAY_CARGO} --version --verbose OUTPUT_VARIABLE about COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCH "host: ([^\n]+)" _ "${about}")
  set(triple "${CMAKE_MATCH_1}")
endif()

# What would make the same sources another library. CARGO_HOME, proxies and registries stay as they are.
set(cleared CARGO_BUILD_TARGET CARGO_BUILD_TARGET_DIR CARGO_TARGET_DIR CARGO_BUILD_BUILD_DIR CARGO_INCREMENTAL
  CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_DEP_INFO_BASEDIR)
foreach(profile CAPI RELEASE)
  foreach(key CODEGEN_UNITS DEBUG DEBUG_ASSERTIONS INCREMENTAL LTO OPT_LEVEL OVERFLOW_CHECKS PANIC STRIP)
    list(APPEND cleared CARGO_PROFILE_${profile}_${key})
  endforeach()
endforeach()
list(TRANSFORM cleared PREPEND "--unset=")

set(target_dir ${CMAKE_CURRENT_BINARY_DIR}/cargo)
set(WIREWAY_ARCHIVE ${target_dir}/${triple}/capi/libwireway.a)
# cargo's depfile names every source file. The touch is for an edit that changes nothing cargo looks at: cargo leaves
# the archive as it is, and it would be out of date for ever.
add_custom_command(OUTPUT ${WIREWAY_ARCHIVE}
  COMMAND ${CMAKE_COMMAND} -E env ${cleared} "RUSTFLAGS=${WIREWAY_RUSTFLAGS}"
    ${WIREWAY_CARGO} rustc --lib --crate-type staticlib --profile capi --locked
    --target ${triple} --target-dir ${target_dir}
  COMMAND ${CMAKE_COMMAND} -E touch ${WIREWAY_ARCHIVE}
  DEPFILE ${target_dir}/${triple}/capi/libwireway.d
  DEPENDS Cargo.toml Cargo.lock build.rs
  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
  COMMENT "Compiling libwireway with cargo" VERBATIM)
add_custom_target(wireway-cargo DEPENDS ${WIREWAY_ARCHIVE})

set(WIREWAY_EXPORTS ${CMAKE_CURRENT_SOURCE_DIR}/cmake/exports.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${WIREWAY_EXPORTS})
file(STRINGS ${WIREWAY_EXPORTS} exports)
# What Rust's standard library needs beside the C library.
set(native pthread dl m)
