#!/bin/sh
# usage: aarch64.sh BUILD PYTHON
# Cross-compiles the library, its tests and the C programs for aarch64-unknown-linux-gnu, CMake's part into the folder BUILD, and runs
# them under qemu-user. It needs aarch64-linux-gnu-gcc, qemu-aarch64-static and what rust.sh says. docs/platforms.md has what is left out.
set -eu
build=$1 python=$2
cd "$(dirname "$0")/../.."
target=aarch64-unknown-linux-gnu
rust=$(sh tests/targets/rust.sh $target build/targets/$target)
PATH="$rust:$PATH"
export QEMU_LD_PREFIX=/usr/aarch64-linux-gnu
export CC_aarch64_unknown_linux_gnu=aarch64-linux-gnu-gcc
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER=qemu-aarch64-static

cargo test --quiet --locked --target $target --target-dir build/targets/cargo --lib --test 'io_*' --test 'service_*' \
    --test heads --test codec_framing --test framing_sent --test machine --test websocket

cmake -B "$build" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 -DCMAKE_C_COMPILER=aarch64-linux-gnu-gcc \
    -DCMAKE_CXX_COMPILER=NOTFOUND -DCMAKE_CROSSCOMPILING_EMULATOR=qemu-aarch64-static -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=ON \
    -DPython3_EXECUTABLE="$python" -DWIREWAY_RUST_TARGET=$target -DWIREWAY_CARGO="$rust/cargo"
cmake --build "$build"
ctest --test-dir "$build" --output-on-failure --tests-regex '^(symbols|tls_config|tls_trace)$'

# The tests of the examples start programs by their names.
mkdir -p "$build/emulated"
for program in "$build"/examples-c/*; do
    [ -f "$program" ] && [ -x "$program" ] || continue
    script=$build/emulated/${program##*/}
    printf '#!/bin/sh\nexec qemu-aarch64-static "%s" "$@"\n' "$(readlink -f "$program")" >"$script"
    chmod +x "$script"
done
for name in curl file sockets small handshake websocket tls rest rest_tls stream static alerts file_tls chat loop reactor; do
    EXAMPLES=$(readlink -f "$build/emulated") PYTHONPATH=tests/examples "$python" -B -m unittest "test_$name"
done
