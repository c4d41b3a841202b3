#!/bin/sh
# Times the server's side of TLS through the C ABI beside OpenSSL, once with each provider of cryptography.
# Usage: benches/tls/run.sh [rounds]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${CARGO_TARGET_DIR:-$root/target}/bench-tls
mkdir -p "$out"
certificate() { # NAME KEY-ALGORITHM...: $out/NAME.pem and .key
    name=$1
    shift
    openssl req -x509 -newkey "$@" -nodes -keyout "$out/$name.key" -out "$out/$name.pem" -days 365 -subj "/CN=a.example" \
        -addext "subjectAltName=DNS:a.example" 2>/dev/null
}
certificate ecdsa ec -pkeyopt ec_paramgen_curve:P-256
certificate rsa rsa:2048
pin=
if command -v taskset >/dev/null; then pin="taskset -c $(($(getconf _NPROCESSORS_ONLN) - 1))"; fi

for provider in aws-lc-rs ring; do
    CARGO_TARGET_DIR="$out/$provider" cargo rustc --quiet --locked --lib --crate-type staticlib --profile capi \
        --no-default-features --features "capi,tls-$provider" --manifest-path "$root/Cargo.toml"
    ${CC:-cc} -std=c99 -O2 -Wall -Wextra -Wpedantic -DWW_STATIC -I"$root/include" -o "$out/bench_tls-$provider" \
        "$root"/benches/tls/*.c "$out/$provider/capi/libwireway.a" -lssl -lcrypto -lpthread -ldl -lm
    echo "-- $provider: microseconds of the server's side for 16 KiB or one handshake; how often wireway's time OpenSSL takes"
    $pin "$out/bench_tls-$provider" "$out" "${1:-41}"
done
