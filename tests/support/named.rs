//! Tests that are named after rows of the ledger: `ws_frm_05_what_is_sent` is one of `WS-FRM-05`. Found in the sources of the repository.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rows of what is not there yet, by the beginnings of their ids, and why. A row that has a test does not belong here.
pub const NOT_BUILT: &[(&str, &str)] = &[
    ("AUTH-", "there are no helpers for authentication"),
    ("PP-", "the PROXY protocol is not read"),
    ("HE-", "there is no client service that chooses among addresses"),
];

pub fn is_built(row: &str) -> bool {
    !NOT_BUILT.iter().any(|(begin, _)| row.starts_with(begin))
}

/// Of these rows the ones that have a test of their name, in Rust or, by a `tests!` list, in C.
pub fn tested<'a>(rows: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    let names: BTreeSet<String> = sources().iter().flat_map(|file| names(file)).collect();
    let has_test = |row: &&String| {
        let name = row.to_ascii_lowercase().replace('-', "_");
        let after = format!("{name}_");
        names.contains(&name) || names.range(after.clone()..).next().is_some_and(|next| next.starts_with(&after))
    };
    rows.filter(has_test).cloned().collect()
}

fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = ["src", "ffi", "tests"].map(|folder| root.join(folder)).into();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// The names of a file's tests: functions below `#[test]`, and the words of a `tests!` list.
fn names(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a source");
    let functions = text.split("#[test]").skip(1).filter_map(|after| after.split_once("fn ")?.1.split_once('('));
    let listed = text.split("\ntests! {").skip(1).filter_map(|after| Some(after.split_once('}')?.0));
    let words = listed.flat_map(str::split_whitespace).map(String::from);
    functions.map(|(name, _)| name.to_string()).chain(words).collect()
}
