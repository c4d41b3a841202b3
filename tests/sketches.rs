//! The sketches of clients and the examples in `docs/api/` compile against the header.

#![cfg(unix)]

use std::process::Command;

fn compile(file: &str) {
    let root = env!("CARGO_MANIFEST_DIR");
    let output = Command::new("cc")
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-std=c11"])
        .args([format!("-I{root}/include"), format!("{root}/docs/api/{file}")])
        .output()
        .expect("a C compiler runs");
    assert!(output.status.success(), "{file}:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn examples_of_the_codec_compile() {
    for file in ["route.c", "conditional.c", "upload.c", "events.c"] {
        compile(file);
    }
}

#[test]
fn client_sketches_compile() {
    for file in ["sketch_epoll.c", "sketch_uring.c", "sketch_thread.c"] {
        compile(file);
    }
}
