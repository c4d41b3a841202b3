//! Builds the C programs of `tests/c/` against the public header and the static library.
//!
//! `CC` names the compiler, `WIREWAY_TEST_CFLAGS` adds to its flags (`-fsanitize=address`), and `WIREWAY_TEST_RUNNER` is
//! put before every program (`valgrind -q --error-exitcode=9 --exit-on-first-error=yes`). `WIREWAY_TEST_TARGET` is the target of
//! cargo, for which these are a cross compiler and an emulator; its library has TLS with ring.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const FLAGS: &[&str] = &["-std=c99", "-g", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-DWW_STATIC"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn scratch() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// The words of an environment variable.
fn words(name: &str) -> Vec<String> {
    std::env::var(name).unwrap_or_default().split_whitespace().map(String::from).collect()
}

/// The target of cargo, if it is not that of this machine.
fn triple() -> Option<String> {
    std::env::var("WIREWAY_TEST_TARGET").ok()
}

/// What Rust's standard library needs beside the C library.
fn libraries() -> &'static [&'static str] {
    const WINDOWS: &[&str] =
        &["-lws2_32", "-lntdll", "-lbcrypt", "-lcrypt32", "-liphlpapi", "-luserenv", "-ladvapi32", "-lkernel32"];
    let is_windows = triple().is_some_and(|triple| triple.contains("-windows-"));
    if is_windows { WINDOWS } else { &["-lpthread", "-ldl", "-lm"] }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// The library as a C program links it, built once per test process into a target folder of its own: cargo holds the lock
/// of the usual one while it runs tests.
fn static_library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let target = scratch().join("capi-tests");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["rustc", "--quiet", "--lib", "--crate-type", "staticlib", "--target-dir"]).arg(&target);
        let triple = triple();
        if let Some(triple) = &triple {
            cargo.args(["--target", triple, "--no-default-features", "--features", "capi,service,deflate,tls-ring"]);
        }
        run(cargo.current_dir(root()).env_remove("CARGO_BUILD_TARGET"));
        target.join(triple.unwrap_or_default()).join("debug/libwireway.a")
    })
}

/// Compiles a program of the sources named: files of `tests/c`, or folders of which every C file counts.
pub fn program(name: &str, sources: &[&str]) -> PathBuf {
    // MinGW's compiler would add the extension itself.
    let out = scratch().join(name).with_extension(if libraries().contains(&"-lws2_32") { "exe" } else { "" });
    let mut cc = Command::new(std::env::var("CC").unwrap_or_else(|_| "cc".into()));
    cc.args(FLAGS).args(words("WIREWAY_TEST_CFLAGS")).arg("-I").arg(root().join("include")).arg("-o").arg(&out);
    for source in sources.iter().map(|source| root().join("tests/c").join(source)) {
        cc.args(if source.is_dir() { c_files(&source) } else { vec![source] });
    }
    run(cc.arg(static_library()).args(libraries()));
    out
}

/// A command that starts a program built here.
pub fn command(program: &Path) -> Command {
    match words("WIREWAY_TEST_RUNNER").split_first() {
        None => Command::new(program),
        Some((runner, arguments)) => {
            let mut command = Command::new(runner);
            command.args(arguments).arg(program);
            command
        }
    }
}

fn c_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "c"));
    files.sort();
    files
}
