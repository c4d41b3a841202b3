# Compiles the crate to one archive, ${WIREWAY_ARCHIVE}. Not for linking: shared.cmake and static.cmake take out of
# it what the header declares (the list exports.txt).

find_program(WIREWAY_CARGO cargo HINTS "$ENV{CARGO_HOME}/bin" "$ENV{HOME}/.cargo/bin" REQUIRED)
set(WIREWAY_RUST_TARGET "" CACHE STRING "Rust target triple; empty for this machine's")
set(WIREWAY_RUSTFLAGS "" CACHE STRING "Flags for rustc; the environment's RUSTFLAGS do not reach the library")
set(WIREWAY_CFLAGS "" CACHE STRING "Flags for the C code of TLS' cryptography; the environment's CFLAGS do not reach it")

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
  CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_DEP_INFO_BASEDIR CFLAGS TARGET_CFLAGS
  AWS_LC_SYS_SYSTEM_DIR)
foreach(profile CAPI RELEASE)
  foreach(key CODEGEN_UNITS DEBUG DEBUG_ASSERTIONS INCREMENTAL LTO OPT_LEVEL OVERFLOW_CHECKS PANIC STRIP)
    list(APPEND cleared CARGO_PROFILE_${profile}_${key})
  endforeach()
endforeach()
list(TRANSFORM cleared PREPEND "--unset=")

# The archive is linked alone, so a provider that the system has installed must not be taken for its own.
string(REPLACE "-" "_" triple_name ${triple})
set(environment "RUSTFLAGS=${WIREWAY_RUSTFLAGS}" AWS_LC_SYS_USE_SYSTEM=0
  "CC_${triple_name}=${CMAKE_C_COMPILER}" "CFLAGS_${triple_name}=${WIREWAY_CFLAGS}")

set(features capi,service,deflate)
if(WIREWAY_TLS)
  if(NOT WIREWAY_TLS_PROVIDER MATCHES "^(aws-lc-rs|ring)$")
    message(FATAL_ERROR "wireway: WIREWAY_TLS_PROVIDER is aws-lc-rs or ring, not '${WIREWAY_TLS_PROVIDER}'")
  endif()
  string(APPEND features ,tls-${WIREWAY_TLS_PROVIDER},tls-platform)
endif()
# Changes when what is asked for does, which no generator but Ninja would see in the command.
set(choice ${CMAKE_CURRENT_BINARY_DIR}/wireway-features.txt)
file(CONFIGURE OUTPUT ${choice} CONTENT "@features@\n@environment@\n" @ONLY)

set(target_dir ${CMAKE_CURRENT_BINARY_DIR}/cargo)
if(triple MATCHES "-msvc$")
  set(archive_name wireway)
else()
  set(archive_name libwireway)
endif()
set(WIREWAY_ARCHIVE ${target_dir}/${triple}/capi/${archive_name}${CMAKE_STATIC_LIBRARY_SUFFIX})
# cargo's depfile names every source file. The touch is for an edit that changes nothing cargo looks at: cargo leaves
# the archive as it is, and it would be out of date for ever.
add_custom_command(OUTPUT ${WIREWAY_ARCHIVE}
  COMMAND ${CMAKE_COMMAND} -E env ${cleared} ${environment}
    ${WIREWAY_CARGO} rustc --lib --crate-type staticlib --profile capi --locked
    --no-default-features --features ${features}
    --target ${triple} --target-dir ${target_dir}
  COMMAND ${CMAKE_COMMAND} -E touch ${WIREWAY_ARCHIVE}
  DEPFILE ${target_dir}/${triple}/capi/${archive_name}.d
  DEPENDS Cargo.toml Cargo.lock build.rs ${choice}
  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
  COMMENT "Compiling libwireway with cargo" VERBATIM)
add_custom_target(wireway-cargo DEPENDS ${WIREWAY_ARCHIVE})

set(WIREWAY_EXPORTS ${CMAKE_CURRENT_SOURCE_DIR}/cmake/exports.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${WIREWAY_EXPORTS})
file(STRINGS ${WIREWAY_EXPORTS} exports)
# What Rust's standard library needs beside the C library.
if(WIN32)
  set(native ws2_32 mswsock iphlpapi ntdll bcrypt crypt32 userenv advapi32 kernel32)
else()
  set(native pthread dl m)
endif()
# musl-gcc leaves out of static programs what the unwinder searches.
set(native_options "")
if(triple MATCHES "-musl")
  set(native_options -Wl,--eh-frame-hdr)
endif()
