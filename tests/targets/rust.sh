#!/bin/sh
# usage: rust.sh TARGET DIR
# Prints the folder whose cargo and rustc compile for TARGET: that of the ones there are, where they have the target
# (rustup target add TARGET), else DIR/bin. That is Debian's Rust with a standard library that is built from its sources on
# first use and again after an upgrade; it needs rustc-web, cargo-web and rust-web-src, in one version.
set -eu
target=$1 dir=$2 sources=/usr/lib/rustlib/src/rust/library

if [ -n "$(ls "$(rustc --print sysroot)/lib/rustlib/$target/lib" 2>/dev/null)" ]; then
    dirname "$(command -v rustc)"
    exit
fi

# rust-web-src is in a folder of its version.
version=$(/usr/bin/rustc --version | cut -d' ' -f2)
case $(readlink -f $sources) in
    *"/rustc-$version/library") ;;
    *) echo "rust.sh: no sources of the standard library of rustc $version in $sources" >&2; exit 1 ;;
esac

if [ "$(cat "$dir/version" 2>/dev/null)" != "$version" ]; then
    echo "building the standard library $version for $target" >&2
    rm -rf "$dir"
    mkdir -p "$dir/bin" "$dir/seed/src" "$dir/lib/rustlib/$target/lib"
    dir=$(cd "$dir" && pwd)
    printf '%s\n' '[package]' 'name = "seed"' 'edition = "2024"' '[profile.release]' 'incremental = false' '[workspace]' >"$dir/seed/Cargo.toml"
    : >"$dir/seed/src/lib.rs"
    # RUSTC_BOOTSTRAP: cargo's build-std is unstable. The bitcode is for LTO.
    env -u RUSTUP_TOOLCHAIN PATH=/usr/bin:/bin RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
        cargo build --quiet --release --manifest-path "$dir/seed/Cargo.toml" --target "$target" --target-dir "$dir/seed/target" \
        -Zbuild-std=std,panic_unwind,panic_abort,proc_macro,test >&2
    find "$dir/seed/target/$target/release/deps" -name 'lib*.rlib' ! -name 'libseed*' -exec cp -t "$dir/lib/rustlib/$target/lib" {} +
    # What begins and ends the link of a program of MinGW.
    case $target in *-windows-gnu) for part in rsbegin rsend; do
        RUSTC_BOOTSTRAP=1 /usr/bin/rustc --target "$target" --crate-type lib --emit obj -o "$dir/lib/rustlib/$target/lib/$part.o" \
            "$sources/rtstartup/$part.rs"
    done ;; esac
    # What this machine's programs need, build scripts among them.
    ln -s /usr/lib/rustlib/*-linux-gnu "$dir/lib/rustlib/"
    for name in rustc rustdoc; do
        printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' $name "$dir" >"$dir/bin/$name"
        chmod +x "$dir/bin/$name"
    done
    ln -s /usr/bin/cargo "$dir/bin/cargo"
    rm -rf "$dir/seed"
    echo "$version" >"$dir/version"
fi
echo "$(cd "$dir" && pwd)/bin"
