//! `include/wireway/*.hpp`: each part compiles alone in every dialect we promise, and together they have the whole C API, each name of it
//! once. What they do is a matter of `tests/cpp`.

#![cfg(unix)]

#[path = "support/headers.rs"]
mod headers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FLAGS: [&str; 8] =
    ["-fno-exceptions", "-fno-rtti", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn parts() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("include/wireway")).expect("a folder");
    let mut parts: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    parts.retain(|path| path.extension().is_some_and(|e| e == "hpp"));
    parts.sort();
    parts
}

/// The code of all parts, line by line, without comments.
fn code() -> String {
    let files = parts().into_iter().map(|part| std::fs::read_to_string(part).expect("a file"));
    let text: Vec<String> = files.collect();
    let is_code = |line: &&str| !line.trim_start().starts_with(['/', '*']);
    text.iter().flat_map(|file| file.lines()).filter(is_code).map(|line| format!("{line}\n")).collect()
}

/// How often each word stands there.
fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

fn compilers() -> impl Iterator<Item = &'static str> {
    let is_present = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    ["g++", "clang++"].into_iter().filter(is_present)
}

/// Checks files, each by itself, and writes nothing.
fn compile(compiler: &str, standard: &str, more: &[&str], files: &[PathBuf]) -> Output {
    let mut command = Command::new(compiler);
    command.args(FLAGS).args(more).args(["-fsyntax-only", "-x", "c++"]).arg(format!("-std={standard}"));
    command.arg("-I").arg(root().join("include")).args(files).output().expect("a compiler")
}

fn assert_compiles(compiler: &str, standard: &str, files: &[PathBuf]) {
    let output = compile(compiler, standard, &[], files);
    assert!(output.status.success(), "{compiler} {standard}:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn each_part_compiles_alone_without_a_warning() {
    assert!(parts().len() > 10, "the parts were not found");
    assert!(compilers().count() > 0, "no C++ compiler was found");
    for compiler in compilers() {
        for standard in ["c++17", "c++20"] {
            assert_compiles(compiler, standard, &parts());
        }
    }
}

/// A new function of the C API is missing here until it is called; a name that changes is changed in one place.
#[test]
fn every_function_of_the_c_api_is_called_in_one_place() {
    let code = code();
    let counts = words(&code);
    // operator== does the same.
    let functions = include_str!("../cmake/exports.txt").lines().filter(|name| *name != "ww_span_equal");
    let wrong: Vec<_> = functions.filter(|name| counts.get(name) != Some(&1)).collect();
    assert!(wrong.is_empty(), "not there, or more than once: {wrong:?}");
}

/// Code without comments, and whole, of the part that calls a function.
fn part_with(function: &str) -> String {
    let files = parts().into_iter().map(|part| std::fs::read_to_string(part).expect("a file"));
    let is_code = |line: &&str| !line.trim_start().starts_with(['/', '*']);
    let calls = |file: &String| file.lines().filter(is_code).any(|line| words(line).contains_key(function));
    files.into_iter().find(calls).expect("a part calls it")
}

/// Whether a method or function of a part has a name that the C name ends with.
fn has_same_name(part: &str, function: &str) -> bool {
    let is_code = |line: &&str| !line.trim_start().starts_with(['/', '*']);
    let code: String = part.lines().filter(is_code).map(|line| format!("{line}\n")).collect();
    let ends = function.match_indices('_').map(|(at, _)| &function[at + 1..]);
    ends.into_iter().any(|end| [' ', '&', '*'].iter().any(|before| code.contains(&format!("{before}{end}("))))
}

/// `wireway.hpp`: each call is one function of the C header, and its name is that one's without the handle, or a comment says it.
#[test]
fn a_call_has_the_name_of_its_function_or_says_it() {
    let functions = include_str!("../cmake/exports.txt").lines().filter(|name| *name != "ww_span_equal");
    let is_own = |name: &&str| !["_new", "_free"].iter().any(|end| name.ends_with(end));
    let is_unsaid = |name: &&str| {
        let part = part_with(name);
        !has_same_name(&part, name) && !part.contains(&format!("`{name}()`"))
    };
    let unsaid: Vec<_> = functions.filter(is_own).filter(is_unsaid).collect();
    assert!(unsaid.is_empty(), "the comments do not say of which function these are the call: {unsaid:?}");
}

/// Initialisers are called where they are needed, and some macros are for users.
#[test]
fn every_constant_of_the_c_api_has_a_name() {
    let code = code();
    let counts = words(&code);
    let is_for_c = |name: &str| {
        ["INIT", "INIT(value)"].iter().any(|end| name.ends_with(end))
            || name.starts_with("WW_VERSION_")
            || [
                "WW_API",
                "WW_LIT",
                "WW_SPAN_EMPTY",
                "WW_FIELD",
                "WW_PRINTF",
                "WW_SIZE_OF",
                "WW_ZERO",
                "WW_TLS_CERTIFICATE_FILES",
            ]
            .contains(&name)
    };
    let headers = headers::headers();
    let lines = headers.iter().flat_map(|(_, text)| text.lines());
    let defines = lines.filter_map(|line| line.strip_prefix("#define WW_"));
    let names = defines.map(|rest| format!("WW_{}", rest.split([' ', '(']).next().expect("a name")));
    let missing: Vec<_> = names.filter(|name| !is_for_c(name) && counts.get(name.as_str()) != Some(&1)).collect();
    assert!(missing.is_empty(), "not there, or more than once: {missing:?}");
}

/// A function with a `switch` over these kinds, and no `default`.
fn switch(kinds: &[&str]) -> String {
    let case = |kind: &&str| format!("    case wireway::event_kind::{kind}: return 1;\n");
    let cases: String = kinds.iter().map(case).collect();
    format!(
        "#include <wireway/event.hpp>\nint known(wireway::event_kind kind);\nint known(wireway::event_kind kind)\n{{\n    switch (kind) {{\n{cases}    }}\n    return 0;\n}}\n"
    )
}

fn written(name: &str, program: &str) -> [PathBuf; 1] {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, program).expect("a file is written");
    [file]
}

/// `event_kind` works with -Wswitch: a kind that is left out is told.
#[test]
fn a_switch_that_leaves_a_kind_out_does_not_compile() {
    let code = code();
    let kinds = code
        .lines()
        .filter(|line| line.contains(" = WW_EVENT_") && !line.contains("WW_EVENT_FLAG_") && line.ends_with(','));
    let kinds: Vec<&str> = kinds.filter_map(|line| line.trim().split(' ').next()).collect();
    assert!(kinds.len() > 15, "{kinds:?}");
    for compiler in compilers() {
        assert_compiles(compiler, "c++17", &written("all_kinds.cpp", &switch(&kinds)));
        let one_less = written("one_less.cpp", &switch(&kinds[1..]));
        let output = compile(compiler, "c++17", &[], &one_less);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && errors.contains(kinds[0]), "{compiler}:\n{errors}");
    }
}

/// The first thing that a reader of wireway.hpp sees is a program.
#[test]
fn the_program_at_the_top_compiles() {
    let header = include_str!("../include/wireway/wireway.hpp");
    let lines = header.lines().skip_while(|line| !line.contains("#include"));
    let lines = lines.take_while(|line| *line == " *" || line.starts_with(" *     "));
    let program: String = lines.map(|line| format!("{}\n", line.get(7..).unwrap_or(""))).collect();
    assert!(program.contains("int main()") && program.trim_end().ends_with('}'), "{program}");
    let file = written("top.cpp", &program);
    for compiler in compilers() {
        assert_compiles(compiler, "c++17", &file);
    }
}
