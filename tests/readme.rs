//! What the README, the cookbook and the page of the loop show is code that compiles, and so are the programs it is taken from.
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

/// Every block of a language in a page stands in a program, octet by octet.
fn blocks_are_pieces_of(page: &str, language: &str, programs: &[PathBuf], least: usize) {
    let programs: Vec<String> = programs.iter().map(|file| read(file)).collect();
    let page = read(&root().join(page));
    let begin = format!("```{language}\n");
    let blocks: Vec<&str> = page.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= least, "only {} blocks of {language}", blocks.len());
    for block in blocks {
        assert!(programs.iter().any(|program| program.contains(block)), "no program has:\n{block}");
    }
}

/// The C of the pages is not typed in.
#[test]
fn c_blocks_are_pieces_of_the_programs() {
    let mut programs = c_files(&root().join("examples-c"));
    programs.extend(c_files(&root().join("examples-libuv")));
    blocks_are_pieces_of("README.md", "c", &programs, 4);
    blocks_are_pieces_of("docs/cookbook.md", "c", &programs, 9);
    blocks_are_pieces_of("docs/loop.md", "c", &programs, 8);
}

#[test]
fn cpp_blocks_are_pieces_of_the_examples() {
    blocks_are_pieces_of("README.md", "cpp", &files_of(&root().join("examples-cpp"), "cpp"), 1);
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

/// Lines of code; neither blank ones nor comments, which begin their lines.
fn lines_of_code(source: &str) -> usize {
    source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['/', '*'])).count()
}

/// A new user's programs, whole: what is longer asks for something in the library.
#[test]
fn programs_are_short() {
    for (file, most) in [
        ("examples-c/rest_server.c", 120),
        ("examples-c/static_files.c", 80),
        ("examples-c/stream_worker.c", 60),
        ("examples-c/loop_server.c", 60),
        ("examples-c/reactor_udp_echo.c", 110),
        ("examples-c/proactor_copy.c", 200),
        ("examples-libuv/libuv_server.c", 35),
        ("examples-libuv/libuv_conn.c", 100),
        ("examples-asio/asio_conn.cpp", 90),
        ("examples-cpp/rest_server.cpp", 90),
    ] {
        let count = lines_of_code(&read(&root().join(file)));
        assert!((20..=most).contains(&count), "{file}: {count} lines of code");
    }
}

/// What lies between a loop and the library, from one comment to the other.
#[test]
fn glue_is_short() {
    for (file, most) in [
        ("examples-libuv/libuv_server.c", 12),
        ("examples-libuv/libuv_conn.c", 55),
        ("examples-asio/asio_conn.cpp", 45),
    ] {
        let source = read(&root().join(file));
        let glue = source.split_once("/* The glue").and_then(|(_, rest)| rest.split_once("/* So far the glue."));
        let count = lines_of_code(glue.expect("the glue is marked").0) - 1;
        assert!((5..=most).contains(&count), "{file}: {count} lines of glue");
    }
}
