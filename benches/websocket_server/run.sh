#!/bin/sh
# Builds what run.py compares and runs it. Usage: benches/websocket_server/run.sh [ROUNDS]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/benches/websocket_server
out=$root/build/bench
target=${CARGO_TARGET_DIR:-$out/target}
flags="-std=c99 -O2 -Wall -Wextra -Wpedantic"

cmake --preset release -S "$root" >/dev/null
cmake --build "$root/build/release" --target echo_server >/dev/null
cargo build --quiet --release --locked --manifest-path "$here/peers/Cargo.toml" --target-dir "$target"
mkdir -p "$out"
# shellcheck disable=SC2086,SC2046 # lists of flags
{
    ${CC:-cc} $flags -o "$out/websocket_load" "$here/load.c" "$here/batch.c" "$here/connect.c" "$here/echo.c"
    ${CC:-cc} $flags -o "$out/websocket_bare" "$here/bare.c"
    ${CC:-cc} $flags $(pkg-config --cflags libwebsockets) -o "$out/libwebsockets_echo" "$here/libwebsockets.c" \
        $(pkg-config --libs libwebsockets)
}
exec python3 -B "$here/run.py" "$out/websocket_load" "$@" \
    "wireway='$root/build/release/examples-c/echo_server' --listen 127.0.0.1:{port} --no-deflate" \
    "bare loop='$out/websocket_bare' {port}" \
    "fastwebsockets='$target/release/fastwebsockets_echo' {port}" \
    "tungstenite='$target/release/tungstenite_echo' {port}" \
    "libwebsockets='$out/libwebsockets_echo' {port}"
