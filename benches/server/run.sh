#!/bin/sh
# Builds what run.py compares and runs it. Usage: benches/server/run.sh [ROUNDS]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cmake --preset release -S "$root" >/dev/null
cmake --build "$root/build/release" --target echo_server >/dev/null
out=$root/build/bench
mkdir -p "$out"
${CC:-cc} -O2 -Wall -Wextra -o "$out/bare" "$root/benches/server/bare.c"
exec python3 "$root/benches/server/run.py" "$root/build/release/examples-c/echo_server" "$out/bare" "$@"
