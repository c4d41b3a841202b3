#!/bin/sh
# usage: musl.sh BUILD [CMAKE-OPTION...]
# Builds everything with cmake/musl.cmake into the folder BUILD and tests it. It needs musl-gcc, binutils and what rust.sh says.
set -eu
build=$1
shift
cd "$(dirname "$0")/../.."
target=x86_64-unknown-linux-musl
rust=$(sh tests/targets/rust.sh $target build/targets/$target)
PATH="$rust:$PATH"

cmake -B "$build" --toolchain cmake/musl.cmake -DWIREWAY_CARGO="$rust/cargo" "$@"
cmake --build "$build"

# One file: nothing is loaded beside it.
server=$build/examples-c/echo_server
headers=$(readelf --wide --program-headers --dynamic "$server")
case $headers in
    *INTERP* | *NEEDED*) echo "$server is not static: $headers" >&2; exit 1 ;;
esac

# Panics are caught: linked as static.cmake links the library.
rustc --edition 2024 --target $target --crate-type staticlib -o "$build/libpanic.a" tests/targets/panic.rs
ld -r --gc-sections -e main -u main -o "$build/panic.all.o" \
    "$build/libpanic.a" "$(musl-gcc -print-file-name=libgcc_eh.a)" "$build/libwireway-unwinder.a"
objcopy --keep-global-symbol=main "$build/panic.all.o" "$build/panic.o"
musl-gcc -static -Wl,--eh-frame-hdr -o "$build/panic" "$build/panic.o"
"$build/panic"

# Without those that build once more as a project does that knows nothing of musl, C++, and valgrind, which cannot take the
# place of an allocator that is in the program.
# musl's allocator needs a little more for a small block than glibc's.
WIREWAY_IDLE_MAX=288 ctest --test-dir "$build" --output-on-failure --label-exclude soak \
    --exclude-regex '^consumer\.(add_subdirectory|fetch_content)$|^cpp\.|\.memory$'
