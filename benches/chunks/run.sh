#!/bin/sh
# Times chunked content in and response heads out through the C ABI, beside picohttpparser and heads put together by hand.
# Usage: benches/chunks/run.sh [rounds]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${CARGO_TARGET_DIR:-$root/target}/bench-chunks
peer=$(cargo metadata --format-version 1 --manifest-path "$root/benches/Cargo.toml" |
    sed 's/.*"manifest_path":"\([^"]*picohttpparser-sys-[^"]*\)\/Cargo.toml".*/\1/')/deps/picohttpparser
mkdir -p "$out"
CARGO_TARGET_DIR="$out" cargo rustc --quiet --lib --crate-type staticlib --profile capi --no-default-features \
    --features capi --manifest-path "$root/Cargo.toml"
${CC:-cc} -O3 -Wall -Wextra -DWW_STATIC -I"$peer" -I"$root/include" -o "$out/bench_chunks" "$root/benches/chunks/bench_chunks.c" \
    "$peer/picohttpparser.c" "$out/capi/libwireway.a" -lpthread -ldl -lm
"$out/bench_chunks" "${1:-60}"
