//! `.editorconfig`: text files are UTF-8 without tabs, with LF, a final newline and no space at the end of a line.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::table::root;

/// Endings of files that people write. Others are keys, pictures, locks of cargo, and licences as they were published.
const ENDINGS: [&str; 14] =
    ["c", "cmake", "dict", "h", "in", "json", "ld", "md", "py", "rs", "sh", "toml", "txt", "yml"];

/// The files that git tracks: what else lies in the folder is its owner's.
fn texts() -> Vec<PathBuf> {
    let listed = Command::new("git").current_dir(root()).args(["ls-files", "-z"]).output().expect("git runs");
    assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let names = String::from_utf8(listed.stdout).expect("UTF-8");
    let paths = names.split_terminator('\0').map(|name| root().join(name));
    let is_text = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ENDINGS.contains(&ending)) || path.file_name().is_some_and(|name| name == "dev")
    };
    let is_recorded = |path: &Path| path.components().any(|part| part.as_os_str() == "recorded");
    // A file that is deleted and not yet committed is still listed.
    paths.filter(|path| is_text(path) && !is_recorded(path) && path.exists()).collect()
}

/// What a text has that `.editorconfig` rules out.
fn fault(octets: &[u8]) -> Option<&'static str> {
    let Ok(text) = std::str::from_utf8(octets) else { return Some("not UTF-8") };
    let ends_with_space = |line: &str| line.ends_with([' ', '\t']);
    let faults = [
        (text.contains('\r'), "a carriage return"),
        (text.contains('\t'), "a tab"),
        (text.lines().any(ends_with_space), "a space at the end of a line"),
        (!text.ends_with('\n') || text.ends_with("\n\n"), "not one newline at the end"),
    ];
    faults.into_iter().find(|(is_there, _)| *is_there).map(|(_, fault)| fault)
}

#[test]
fn texts_are_as_editors_are_told() {
    let files = texts();
    assert!(files.len() > 500, "only {} files were found", files.len());
    let found = |path: &PathBuf| Some((path.clone(), fault(&std::fs::read(path).expect("a file"))?));
    let faults: Vec<_> = files.iter().filter_map(found).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn faults_of_texts_are_found() {
    for (octets, expected) in [
        (&b"a\n  b\n"[..], None),
        (b"a\r\n", Some("a carriage return")),
        (b"\ta\n", Some("a tab")),
        (b"a \nb\n", Some("a space at the end of a line")),
        (b"a", Some("not one newline at the end")),
        (b"a\n\n", Some("not one newline at the end")),
        (b"\xff\n", Some("not UTF-8")),
    ] {
        assert_eq!(fault(octets), expected, "{octets:?}");
    }
}
