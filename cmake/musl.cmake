# Toolchain file: programs that are one file, with musl in it, for Linux on x86-64. It needs musl-gcc (Debian's musl-tools) and
# the Rust target x86_64-unknown-linux-musl; docs/platforms.md.
#
#   cmake -B build/musl --toolchain cmake/musl.cmake && cmake --build build/musl

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER musl-gcc)
# musl-tools has no C++ library, and what is installed for this machine's C library must not be found.
set(CMAKE_CXX_COMPILER NOTFOUND)
set(CMAKE_DISABLE_FIND_PACKAGE_PkgConfig ON)

set(BUILD_SHARED_LIBS OFF CACHE BOOL "")
set(WIREWAY_RUST_TARGET x86_64-unknown-linux-musl CACHE STRING "")
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
