//! The crate's source files, without their comments.

use std::{fs, path::Path};

pub struct Source {
    path: String,
    code: String,
}

/// Every `.rs` file of `src/` and `ffi/` but the root, which imports nothing.
pub fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    for folder in ["src", "ffi"] {
        collect(folder, &mut all);
    }
    all.retain(|source| source.path != "src/lib.rs");
    assert!(all.len() > 8, "the sources were not found");
    all
}

fn collect(folder: &str, all: &mut Vec<Source>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&path, all);
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            all.push(Source { path, code: text.lines().map(without_comment).collect() });
        }
    }
}

/// House style has no block comments. A `//` in a string cuts the line too; no import stands after one.
pub fn without_comment(line: &str) -> String {
    let code = line.split("//").next().unwrap().trim_end();
    format!("{code}\n")
}

impl Source {
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the file holds tests only: they may set a scene with the system's help.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// `src/http1/head/mod.rs` and `src/http1.rs` are of `http1`; all of `ffi/` is of `ffi`.
    pub fn layer(&self) -> &str {
        let mut parts = self.path.split(['/', '.']);
        let top = parts.next().unwrap();
        if top == "src" { parts.next().unwrap() } else { top }
    }

    /// Its C literals. One with `//` in it ends there.
    pub fn c_literals(&self) -> impl Iterator<Item = &str> {
        self.code.split("c\"").skip(1).map(|rest| rest.split(['"', '\n']).next().unwrap_or_default())
    }

    pub fn contains(&self, text: &str) -> bool {
        self.code.contains(text)
    }

    pub fn has_word(&self, word: &str) -> bool {
        self.code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|found| found == word)
    }

    /// The first name after each `crate::`, and each first name in the braces of a `crate::{…}`.
    pub fn imports(&self) -> Vec<String> {
        let paths = self.code.split("crate::").skip(1);
        paths.flat_map(|path| path.strip_prefix('{').map_or_else(|| vec![name(path)], group)).collect()
    }

    /// The first name after each chain of `super::`, which may be one of the crate root.
    pub fn relatives(&self) -> Vec<String> {
        self.code.split("super::").skip(1).map(name).collect()
    }

    /// The first name after each `prefix`.
    pub fn uses(&self, prefix: &str) -> Vec<String> {
        self.code.split(prefix).skip(1).map(name).collect()
    }
}

fn name(path: &str) -> String {
    path.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// `a::b, c::{d, e}, f}; …` (after its opening brace) names `a`, `c` and `f`.
fn group(inside: &str) -> Vec<String> {
    let mut open = 1;
    let end = inside.find(|c| {
        open += step(c);
        open == 0
    });
    let mut open = 0;
    let parts = inside[..end.expect("the source compiles")].split(move |c| {
        open += step(c);
        open == 0 && c == ','
    });
    parts.map(|part| name(part.trim_start())).filter(|name| !name.is_empty()).collect()
}

/// What a character does to the depth in braces.
fn step(c: char) -> i32 {
    i32::from(c == '{') - i32::from(c == '}')
}
