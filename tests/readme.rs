//! What the README shows is code that compiles, and so are the examples it is taken from.
#![cfg(unix)]

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// All files of a folder, and of those in it, whose names end so.
fn files_of(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut all: Vec<_> = folders.iter().flat_map(|folder| files_of(folder, extension)).collect();
    all.extend(files.into_iter().filter(|file| file.extension().is_some_and(|e| e == extension)));
    all
}

fn c_files(folder: &Path) -> Vec<PathBuf> {
    files_of(folder, "c")
}

/// Every block of a language in the README stands in an example, octet by octet.
fn blocks_are_pieces_of(language: &str, examples: &[PathBuf], least: usize) {
    let examples: Vec<String> = examples.iter().map(|file| read(file)).collect();
    let readme = read(&root().join("README.md"));
    let begin = format!("```{language}\n");
    let blocks: Vec<&str> = readme.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= least, "only {} blocks of {language}", blocks.len());
    for block in blocks {
        assert!(examples.iter().any(|example| example.contains(block)), "no example has:\n{block}");
    }
}

/// The README's C is not typed in.
#[test]
fn c_blocks_are_pieces_of_the_examples() {
    blocks_are_pieces_of("c", &c_files(&root().join("examples-c")), 2);
}

#[test]
fn cpp_blocks_are_pieces_of_the_examples() {
    blocks_are_pieces_of("cpp", &files_of(&root().join("examples-cpp"), "cpp"), 1);
}

#[test]
#[cfg(all(feature = "capi", feature = "service"))]
fn examples_compile_in_every_dialect() {
    use std::process::Command;
    let files = c_files(&root().join("examples-c"));
    assert!(files.len() > 5, "the examples were not found");
    for compiler in ["gcc", "clang"] {
        if Command::new(compiler).arg("--version").output().is_err() {
            println!("skipped: {compiler} is not installed");
            continue;
        }
        for standard in ["-std=c99", "-std=c17"] {
            let mut cc = Command::new(compiler);
            cc.args([standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]);
            let output = cc.arg("-I").arg(root().join("include")).args(&files).output().expect("a compiler");
            assert!(output.status.success(), "{cc:?}\n{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
#[cfg(all(feature = "capi", feature = "service"))]
fn cpp_examples_compile_in_every_dialect() {
    use std::process::Command;
    let files = files_of(&root().join("examples-cpp"), "cpp");
    assert!(files.len() > 2, "the examples were not found");
    for compiler in ["g++", "clang++"] {
        if Command::new(compiler).arg("--version").output().is_err() {
            println!("skipped: {compiler} is not installed");
            continue;
        }
        for standard in ["-std=c++17", "-std=c++20"] {
            let mut cxx = Command::new(compiler);
            cxx.args([standard, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-fsyntax-only"]);
            let output = cxx.arg("-I").arg(root().join("include")).args(&files).output().expect("a compiler");
            assert!(output.status.success(), "{cxx:?}\n{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// REST, TLS and a WebSocket that broadcasts, with all that a program has around them.
#[test]
fn the_rest_server_in_cpp_is_short() {
    let source = read(&root().join("examples-cpp/rest_server.cpp"));
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with(['/', '*']);
    let count = source.lines().filter(is_code).count();
    assert!(count <= 90, "{count} lines of code");
}
