//! The API on paper stays honest: the client sketches of `docs/api/` compile against it and the header that is built.

#![cfg(unix)]

use std::process::Command;

fn compile(compiler: &str, standard: &str, file: &str) {
    let root = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(compiler)
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", standard])
        .args(["-x", if compiler == "c++" { "c++" } else { "c" }])
        .args([format!("-I{root}/include"), format!("-I{root}/docs/api"), format!("{root}/docs/api/{file}")])
        .output()
        .expect("a C compiler runs");
    assert!(output.status.success(), "{file}:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn client_sketches_compile() {
    for file in ["sketch_epoll.c", "sketch_uring.c", "sketch_thread.c"] {
        compile("cc", "-std=c11", file);
    }
}

#[test]
fn the_paper_compiles_in_every_dialect() {
    compile("cc", "-std=c99", "wireway_paper.h");
    compile("cc", "-std=c17", "wireway_paper.h");
    compile("c++", "-std=c++17", "wireway_paper.h");
    compile("c++", "-std=c++20", "wireway_paper.h");
}
