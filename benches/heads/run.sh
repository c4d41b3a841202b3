#!/bin/sh
# Times the head parser through the C ABI beside picohttpparser, built for the oldest x86-64 and for x86-64-v3.
# Usage: benches/heads/run.sh [rounds]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${CARGO_TARGET_DIR:-$root/target}/bench-heads
peer=$(cargo metadata --format-version 1 --manifest-path "$root/benches/Cargo.toml" |
    sed 's/.*"manifest_path":"\([^"]*picohttpparser-sys-[^"]*\)\/Cargo.toml".*/\1/')/deps/picohttpparser
mkdir -p "$out"
# The request of the peer's own benchmark, from there.
sed -n '/^#define REQ/,/[^\\]$/p' "$peer/bench.c" >"$out/phr_request.h"

run() { # NAME CPU
    echo "-- $1"
    RUSTFLAGS="-Ctarget-cpu=$2" CARGO_TARGET_DIR="$out/$2" cargo rustc --quiet --lib --crate-type staticlib --profile capi \
        --no-default-features --features capi --manifest-path "$root/Cargo.toml"
    ${CC:-cc} -O3 -march="$2" -I"$peer" -I"$out" -o "$out/bench-$2" "$root/benches/heads/bench_heads.c" "$peer/picohttpparser.c" \
        "$out/$2/capi/libwireway.a" -lpthread -ldl -lm
    "$out/bench-$2" "${rounds:-60}"
}

rounds=${1:-60}
case $(uname -m) in
x86_64)
    run "x86-64" x86-64
    if grep -q avx2 /proc/cpuinfo 2>/dev/null; then run "x86-64-v3" x86-64-v3; fi
    ;;
*) run "this processor" native ;;
esac
