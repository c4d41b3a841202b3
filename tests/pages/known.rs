//! What a page may name: the tests and the protocol cases of the repository, as its sources have them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::table::root;

/// Read once for all tests of this program.
pub static KNOWN: LazyLock<Known> = LazyLock::new(Known::read);

pub struct Known {
    /// Test functions in Rust, entries of the C test programs, and test methods in Python.
    pub tests: BTreeSet<String>,
    /// Headings of the cases, as `H1-TIME-03 content that stalls`.
    pub headings: BTreeSet<String>,
    /// Rows that have cases.
    pub rows_with_cases: BTreeSet<String>,
}

impl Known {
    fn read() -> Self {
        let of = |folder: &str, ending: &str| sources(&root().join(folder), ending);
        let rust = of("tests", "rs") + &of("src", "rs") + &of("ffi", "rs");
        let cases = of("tests/cases", "md");
        let headings: BTreeSet<String> =
            cases.lines().filter_map(|line| line.strip_prefix("## ")).map(String::from).collect();
        let of_headings = headings.iter().filter_map(|heading| heading.split_once(' '));
        let rows_with_cases = of_headings.map(|(row, _)| row.to_string()).filter(|row| row.contains('-'));
        Self {
            tests: functions(&rust).chain(listed(&rust)).chain(methods(&of("tests", "py"))).collect(),
            rows_with_cases: rows_with_cases.collect(),
            headings,
        }
    }

    /// Whether this is a test, or a case by its heading.
    pub fn has(&self, name: &str) -> bool {
        self.tests.contains(name) || self.headings.contains(name)
    }
}

/// The text of all files with this ending in a folder and below it.
pub fn sources(folder: &Path, ending: &str) -> String {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let text = |path: PathBuf| match path.extension() {
        _ if path.is_dir() => sources(&path, ending),
        Some(own) if own == ending => std::fs::read_to_string(path).expect("a source"),
        _ => String::new(),
    };
    entries.map(text).collect()
}

/// Functions below `#[test]`. Other attributes may stand between.
fn functions(rust: &str) -> impl Iterator<Item = String> + '_ {
    let mut is_test = false;
    rust.lines().map(str::trim).filter_map(move |line| {
        if line.starts_with('#') {
            is_test |= line == "#[test]";
            return None;
        }
        let name = line.strip_prefix("fn ").and_then(|rest| rest.split_once("()"));
        std::mem::take(&mut is_test).then_some(name?.0.to_string())
    })
}

/// The words of `tests!` lists: each is a test of a C program.
fn listed(rust: &str) -> impl Iterator<Item = String> + '_ {
    let lists = rust.split("\ntests! {").skip(1).filter_map(|after| Some(after.split_once('}')?.0));
    lists.flat_map(str::split_whitespace).map(String::from)
}

/// Test methods of `unittest`.
fn methods(python: &str) -> impl Iterator<Item = String> + '_ {
    let names = python.lines().filter_map(|line| line.trim().strip_prefix("def ")?.split_once('('));
    names.map(|(name, _)| name.to_string()).filter(|name| name.starts_with("test_"))
}
