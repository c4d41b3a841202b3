//! `ww_tls` as C programs use it: `tests/c/tls`, built by the C compiler against the public header, and run.
#![cfg(all(unix, feature = "tls", feature = "capi"))]

#[path = "support/c_build.rs"]
mod c_build;
mod tls_support;

use tls_support::Files;

#[test]
fn the_pump_from_c() {
    let files = Files::new("tls_c");
    let program = c_build::program("tls_c", &["tls", "harness.c", "memory.c"]);
    let output = c_build::command(&program).args(files.paths()).output().expect("the program starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{out}\n{err}", output.status);
}
