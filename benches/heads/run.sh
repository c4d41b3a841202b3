#!/bin/sh
# Times the head parser through the C ABI beside picohttpparser, built for the oldest x86-64 and for x86-64-v3.
# Usage: benches/heads/run.sh [starts [rounds]]
#
# Where code and stack lie changes either parser's time by a third. So picohttpparser is compiled in three ways, each is
# linked before and after the library, every program starts several times with an environment of another size, and the
# ratios of all starts are shown: the least, the median, the greatest.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${CARGO_TARGET_DIR:-$root/target}/bench-heads
peer=$(cargo metadata --format-version 1 --manifest-path "$root/benches/Cargo.toml" |
    sed 's/.*"manifest_path":"\([^"]*picohttpparser-sys-[^"]*\)\/Cargo.toml".*/\1/')/deps/picohttpparser
starts=${1:-3}
rounds=${2:-80}
mkdir -p "$out"
# The request of the peer's own benchmark, from there.
sed -n '/^#define REQ/,/[^\\]$/p' "$peer/bench.c" >"$out/phr_request.h"
pin=
if command -v taskset >/dev/null; then pin="taskset -c $(($(getconf _NPROCESSORS_ONLN) - 1))"; fi

build() { # CPU: programs $out/bench-CPU-*
    RUSTFLAGS="-Ctarget-cpu=$1" CARGO_TARGET_DIR="$out/$1" cargo rustc --quiet --lib --crate-type staticlib --profile capi \
        --no-default-features --features capi --manifest-path "$root/Cargo.toml"
    cc="${CC:-cc} -O3 -march=$1 -I$peer -I$out"
    lib=$out/$1/capi/libwireway.a
    $cc -c -o "$out/bench.o" "$root/benches/heads/bench_heads.c"
    way=0
    for align in "" "-falign-functions=64" "-falign-functions=64 -falign-loops=32 -falign-jumps=16"; do
        $cc $align -c -o "$out/peer.o" "$peer/picohttpparser.c"
        $cc -o "$out/bench-$1-$way-peer-first" "$out/bench.o" "$out/peer.o" "$lib" -lpthread -ldl -lm
        $cc -o "$out/bench-$1-$way-peer-last" "$out/bench.o" "$lib" "$out/peer.o" -lpthread -ldl -lm
        way=$((way + 1))
    done
}

start_all() { # CPU
    start=0
    while [ "$start" -lt "$starts" ]; do
        for program in "$out/bench-$1"-[0-9]-*; do
            padding=$(printf '%*s' $(((start * 1237 + $$) % 4096)) '')
            BENCH_PADDING=$padding $pin "$program" "$rounds"
        done
        start=$((start + 1))
    done
}

table() { # of the lines of all starts
    awk -F '\t' -v OFS='\t' '{ print $0, $5 / $4 }' | sort -t "$(printf '\t')" -k1,1n -k7,7n | awk -F '\t' '
        function show() {
            middle = int((n + 1) / 2)
            printf "%-20s %6d %8.1f %8.1f %8.1f %8.2f %8.2f %8.2f\n", name, octets, pico, ours, copy, ratio[1], ratio[middle], ratio[n]
        }
        BEGIN { printf "%-20s %6s %8s %8s %8s %8s %8s %8s\n", "head", "octets", "pico ns", "wireway", "copy", "least", "median", "most" }
        NR == 1 || $1 != last { if (NR > 1) show(); n = 0; pico = ours = copy = 1e18 }
        {
            last = $1; name = $2; octets = $3; ratio[++n] = $7
            if ($4 < pico) pico = $4
            if ($5 < ours) ours = $5
            if ($6 < copy) copy = $6
        }
        END { show() }'
}

run() { # NAME CPU
    echo "-- $1: best times in ns; wireway to picohttpparser over $((6 * starts)) starts"
    build "$2"
    start_all "$2" | table
}

case $(uname -m) in
x86_64)
    run "x86-64" x86-64
    if grep -q avx2 /proc/cpuinfo 2>/dev/null; then run "x86-64-v3" x86-64-v3; fi
    ;;
*) run "this processor" native ;;
esac
