#!/bin/sh
# usage: run.sh BUILD
# Cross-compiles the library, its tests and the C programs for x86_64-pc-windows-gnu, CMake's part into the folder BUILD, and runs them
# under Wine. It needs x86_64-w64-mingw32-gcc-posix, wine64, curl, python3 and what ../targets/rust.sh says.
set -eu
build=$1
cd "$(dirname "$0")/../.."
target=x86_64-pc-windows-gnu
gcc=x86_64-w64-mingw32-gcc-posix
features=capi,service,deflate,tls-ring,fault
rust=$(sh tests/targets/rust.sh $target build/targets/$target)
mkdir -p "$build"
build=$(cd "$build" && pwd)

# Debian's package wine64 has the programs here only.
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
wineserver=$(command -v wineserver64 || echo /usr/lib/wine/wineserver64)
export WINEPREFIX="$build/wine" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe='
system=$WINEPREFIX/drive_c/windows/system32
mkdir -p "$WINEPREFIX"
# One server for all programs: several that start it at a time may fail. What it starts keeps the output of the first program open.
trap '"$wineserver" -k' EXIT
"$wineserver" -p
if [ ! -d "$system" ]; then
    "$wine" wineboot -i >/dev/null 2>&1
fi
"$wine" cmd /c exit >/dev/null 2>&1
if [ ! -e "$system/bcryptprimitives.dll" ]; then
    $gcc -O2 -shared -s -o "$system/bcryptprimitives.dll" tests/windows/bcryptprimitives.c -ladvapi32
fi

# Cargo's build scripts, and the host's cargo test below, run here.
windows_cargo() {
    PATH="$rust:$PATH" CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=$gcc CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER="$wine" \
        CC_x86_64_pc_windows_gnu=$gcc AR_x86_64_pc_windows_gnu=x86_64-w64-mingw32-ar cargo "$@"
}
windows_tests() {
    windows_cargo test --locked --target $target --no-default-features --features $features "$@"
}
windows_tests --lib -- io:: service::
windows_tests --test 'io_*' --test 'service_*'
WIREWAY_SEEDS=${WIREWAY_SEEDS:-200} windows_tests --test service_faults

# The C programs against the static library, but those that make sockets by the calls of Unix or take addresses of Unix sockets.
CC=$gcc WIREWAY_TEST_TARGET=$target WIREWAY_TEST_RUNNER=$wine WIREWAY_TEST_CFLAGS=-static \
    windows_cargo test --locked --no-default-features --features capi,service,deflate,tls-ring --test c_api --test codec_c -- \
    --skip address --skip event_loop --skip file --skip inherited --skip proxied --skip siblings --skip streaming --skip tls_config

# The DLL gives the names of the header and nothing else.
cmake --preset mingw -B "$build/mingw" -DWIREWAY_CARGO="$rust/cargo"
PATH="$rust:$PATH" cmake --build "$build/mingw"
x86_64-w64-mingw32-objdump -p "$build/mingw/wireway.dll" |
    awk '/Ordinal\/Name Pointer/ { on = 1; next } on && !NF { exit } on { print $NF }' | sort >"$build/exported.txt"
sort cmake/exports.txt | diff - "$build/exported.txt"

# Programs find a DLL beside themselves or by this.
export WINEPATH="$build/mingw"

# answers PROGRAM: it listens on a port that is free now, and curl gets a page from there; then so does the client on a loop.
answers() {
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$wine" "$build/mingw/examples-c/$1.exe" "127.0.0.1:$port" >"$build/$1.log" 2>&1 &
    server=$!
    if ! curl --silent --show-error --fail --retry 60 --retry-delay 1 --retry-connrefused "http://127.0.0.1:$port/"; then
        cat "$build/$1.log" >&2
        exit 1
    fi
    "$wine" "$build/mingw/examples-c/loop_get.exe" "http://localhost:$port/" "http://127.0.0.1:$port/"
    kill $server
    wait $server || true
}
answers hello_server
answers loop_server
