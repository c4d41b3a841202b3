//! What the README shows is code that compiles, and so are the examples it is taken from.
#![cfg(unix)]

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// All C files of a folder and of those in it.
fn c_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut all: Vec<_> = folders.iter().flat_map(|folder| c_files(folder)).collect();
    all.extend(files.into_iter().filter(|file| file.extension().is_some_and(|e| e == "c")));
    all
}

/// The README's C is not typed in: every block stands in an example, octet by octet.
#[test]
fn c_blocks_are_pieces_of_the_examples() {
    let examples: Vec<String> = c_files(&root().join("examples-c")).iter().map(|file| read(file)).collect();
    let readme = read(&root().join("README.md"));
    let blocks: Vec<&str> = readme.split("```c\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 2, "only {} blocks of C", blocks.len());
    for block in blocks {
        assert!(examples.iter().any(|example| example.contains(block)), "no example has:\n{block}");
    }
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
