//! With the feature `header`, writes the C headers and the list of their functions to `OUT_DIR`. Otherwise does nothing,
//! so that a C user's build needs no generator.

#[cfg(feature = "header")]
#[path = "header/mod.rs"]
mod header;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "header")]
    header::write();
}
