//! `include/wireway.h` and its parts are what `ffi/` and `header/` say (feature `header`), and each compiles alone in every dialect we promise.

#![cfg(unix)]

#[path = "header/conventions.rs"]
mod conventions;
#[path = "header/hello.rs"]
mod hello;
#[path = "../header/item.rs"]
mod item;
#[path = "../header/parts.rs"]
mod parts;
#[path = "header/places.rs"]
mod places;
#[path = "header/snippets.rs"]
mod snippets;
#[path = "support/headers.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use support::headers;

#[cfg(feature = "header")]
#[test]
fn the_committed_headers_are_fresh() {
    let generated = PathBuf::from(concat!(env!("OUT_DIR"), "/include"));
    for (path, text) in headers() {
        let name = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/include")).expect("it is there");
        let fresh = std::fs::read_to_string(generated.join(name)).unwrap_or_default();
        assert!(fresh == text, "include/{} is stale: run ./dev header", name.display());
    }
    let parts = std::fs::read_dir(generated.join("wireway")).expect("a folder").count();
    assert_eq!(parts + 1, headers().len(), "a header is missing: run ./dev header");
    let exports = include_str!(concat!(env!("OUT_DIR"), "/exports.txt"));
    assert!(exports == include_str!("../cmake/exports.txt"), "cmake/exports.txt is stale: run ./dev header");
}

/// The compilers there are, for C and C++.
fn compilers() -> Vec<(&'static str, &'static str)> {
    let is_present = |name: &str| Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success());
    let all = [("cc", "c++"), ("gcc", "g++"), ("clang", "clang++")];
    let present: Vec<_> = all.into_iter().filter(|(c, cxx)| is_present(c) && is_present(cxx)).collect();
    assert!(!present.is_empty(), "no C compiler was found");
    // `cc` is one of the others where there are any, in all systems this runs on.
    if present.len() > 1 { present[1..].to_vec() } else { present }
}

/// A program of nothing but one header, twice: what it needs it includes, and a second inclusion changes nothing.
fn including(header: &Path) -> PathBuf {
    let name = header.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/include")).expect("it is there");
    let name = name.to_str().expect("a name in ASCII");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("including_{}.c", name.replace(['/', '.'], "_")));
    std::fs::write(&file, format!("#include \"{name}\"\n").repeat(2)).expect("a file is written");
    file
}

/// Each of the headers, and a file that uses every macro the preprocessor can see, in each dialect.
#[test]
fn each_compiles_alone_without_a_warning() {
    let uses = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/header.c"));
    let files: Vec<PathBuf> = headers().iter().map(|(path, _)| including(path)).chain([uses]).collect();
    assert!(files.len() > 10, "the parts were not found");
    for (c, cxx) in compilers() {
        // The macros for C that begin structs need C++14.
        compile(cxx, "c++", "c++11", &[], &files[..files.len() - 1]);
        for (compiler, language, standard) in
            [(c, "c", "c99"), (c, "c", "c17"), (cxx, "c++", "c++14"), (cxx, "c++", "c++17"), (cxx, "c++", "c++20")]
        {
            compile(compiler, language, standard, &[], &files);
            compile(compiler, language, standard, &["-DWW_STATIC"], &files[..1]);
        }
    }
}

/// Checks each file by itself, and writes nothing.
fn compile(compiler: &str, language: &str, standard: &str, more: &[&str], files: &[PathBuf]) {
    let output = Command::new(compiler)
        .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-x", language])
        .arg(format!("-std={standard}"))
        .arg(format!("-I{}/include", env!("CARGO_MANIFEST_DIR")))
        .args(more)
        .args(files)
        .output()
        .expect("the compiler was there a moment ago");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{compiler} -std={standard} {more:?}:\n{errors}");
}

/// Each WW_*_INIT begins its struct, with a value for every member.
#[test]
fn each_initialiser_fits_its_struct() {
    let all: String = headers().into_iter().map(|(_, text)| text).collect();
    let names = all.split("#define ").filter_map(|rest| rest.split([' ', '\\']).next()?.strip_suffix("_INIT"));
    let lines: Vec<String> =
        names.map(|name| format!("{} {name}_value = {name}_INIT;\n", name.to_lowercase())).collect();
    assert!(lines.len() > 20, "{lines:?}");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("initialisers.c");
    std::fs::write(&file, format!("#include <wireway.h>\n{}", lines.concat())).expect("a file is written");
    for (c, cxx) in compilers() {
        compile(c, "c", "c99", &[], std::slice::from_ref(&file));
        compile(cxx, "c++", "c++14", &[], std::slice::from_ref(&file));
    }
}

/// A plain declaration in C++ is what the macro is in C.
#[test]
fn each_struct_of_a_size_has_it_in_cpp() {
    let all: String = headers().into_iter().map(|(_, text)| text).collect();
    let sized = all.split("WW_SIZE_OF(").skip(1).filter_map(|rest| rest.split(')').next());
    let lines: Vec<String> = sized
        .filter(|name| name.starts_with("ww_"))
        .map(|name| format!("static_assert({name}{{}}.size == sizeof({name}), \"\");\n"))
        .collect();
    assert!(lines.len() > 20, "{lines:?}");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("declarations.cpp");
    std::fs::write(&file, format!("#include <wireway.h>\n{}", lines.concat())).expect("a file is written");
    for (_, cxx) in compilers() {
        compile(cxx, "c++", "c++11", &[], std::slice::from_ref(&file));
    }
}

/// Any buffer will do: no call wants octets of one type.
#[test]
fn octets_are_void_in_every_call() {
    for (path, text) in headers() {
        let declarations = text.split("\nWW_API ").skip(1).filter_map(|rest| rest.split(';').next());
        let typed: Vec<_> = declarations.filter(|call| call.contains("uint8_t *")).collect();
        assert!(typed.is_empty(), "{}: {typed:?}", path.display());
    }
}

/// A doc comment written for Rust readers (`[`crate::…`]`, `Option`) would end up here.
#[test]
fn speaks_no_rust() {
    for (path, text) in headers() {
        for word in ["crate::", "[`", "Option<", "&mut ", "#[", "# Safety", "```"] {
            assert!(!text.contains(word), "{word:?} in {}", path.display());
        }
    }
}

/// What every call asks for stands in base.h; a comment has what is special to its call.
#[test]
fn conventions_stand_once() {
    for (path, text) in headers() {
        for convention in ["Requires:", "is NULL or a connection", "is NULL or a server", "NULL or writable"] {
            assert!(!text.contains(convention), "{convention:?} in {}", path.display());
        }
    }
}

#[test]
fn every_name_carries_the_prefix() {
    for (path, text) in headers() {
        let guard = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/include")).expect("it is there");
        let guard = guard.to_str().expect("ASCII").to_uppercase().replace(['/', '.'], "_");
        let defines = text.lines().filter_map(|line| line.strip_prefix("#define ")?.split(' ').next());
        let foreign: Vec<_> = defines.filter(|name| !name.starts_with("WW_") && *name != guard).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
        let typedefs = text.lines().filter(|line| line.starts_with("typedef "));
        let foreign: Vec<_> = typedefs.filter(|line| !line.contains(" ww_")).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
    }
}
