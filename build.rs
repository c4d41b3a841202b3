//! Tells the sources what the target is like, and with the feature `header` writes the C headers and the list of their
//! functions to `OUT_DIR`: without it, so that a C user's build needs no generator.

#[cfg(feature = "header")]
#[path = "header/mod.rs"]
mod header;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    system();
    #[cfg(feature = "header")]
    header::write();
}

/// `bsd`: macOS and the BSDs that the library has a driver for. `kqueue`: the driver is in this build; on Linux it is in
/// tests only, over a double of the system calls.
fn system() {
    println!("cargo::rustc-check-cfg=cfg(bsd)");
    println!("cargo::rustc-check-cfg=cfg(kqueue)");
    let target = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    let is_bsd = matches!(target.as_str(), "freebsd" | "macos" | "netbsd" | "openbsd");
    if is_bsd {
        println!("cargo::rustc-cfg=bsd");
    }
    if is_bsd || (target == "linux" && std::env::var_os("CARGO_FEATURE_FAULT").is_some()) {
        println!("cargo::rustc-cfg=kqueue");
    }
}
