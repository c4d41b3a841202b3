//! `include/wireway.h` is what `ffi/` says (feature `header`), and compiles alone in every dialect we promise.

#![cfg(unix)]

use std::process::Command;

const HEADER: &str = include_str!("../include/wireway.h");

#[cfg(feature = "header")]
#[test]
fn the_committed_header_is_fresh() {
    let generated = include_str!(concat!(env!("OUT_DIR"), "/wireway.h"));
    assert!(generated == HEADER, "include/wireway.h is stale: run ./dev header");
    let exports = include_str!(concat!(env!("OUT_DIR"), "/exports.txt"));
    assert!(exports == include_str!("../cmake/exports.txt"), "cmake/exports.txt is stale: run ./dev header");
}

#[test]
fn compiles_alone_without_a_warning() {
    let compilers = [("cc", "c++"), ("gcc", "g++"), ("clang", "clang++")];
    let present = compilers.into_iter().filter(|(c, cxx)| is_present(c) && is_present(cxx));
    let mut count = 0;
    for (c, cxx) in present {
        count += 1;
        for (compiler, language, standard) in
            [(c, "c", "c99"), (c, "c", "c17"), (cxx, "c++", "c++17"), (cxx, "c++", "c++20")]
        {
            compile(compiler, language, standard, &[]);
            compile(compiler, language, standard, &["-DWW_STATIC"]);
        }
    }
    assert!(count > 0, "no C compiler was found");
}

fn is_present(compiler: &str) -> bool {
    Command::new(compiler).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Compiles a file that uses every macro the preprocessor can see: the header, and its version in an `#if`.
fn compile(compiler: &str, language: &str, standard: &str, more: &[&str]) {
    let source = format!("{}/tests/header.c", env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(compiler)
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-x", language])
        .arg(format!("-std={standard}"))
        .arg(format!("-I{}/include", env!("CARGO_MANIFEST_DIR")))
        .args(more)
        .arg(source)
        .output()
        .expect("the compiler was there a moment ago");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{compiler} -std={standard} {more:?}:\n{errors}");
}

/// A doc comment written for Rust readers (`[`crate::…`]`, `Option`) would end up here.
#[test]
fn speaks_no_rust() {
    for word in ["crate::", "[`", "Option<", "&mut ", "#[", "# Safety"] {
        assert!(!HEADER.contains(word), "{word:?} in the header");
    }
}

#[test]
fn every_name_carries_the_prefix() {
    let defines = HEADER.lines().filter_map(|line| line.strip_prefix("#define ")?.split(' ').next());
    let foreign: Vec<_> = defines.filter(|name| !name.starts_with("WW_") && *name != "WIREWAY_H").collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    let typedefs = HEADER.lines().filter(|line| line.starts_with("typedef "));
    let foreign: Vec<_> = typedefs.filter(|line| !line.contains(" ww_")).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}
