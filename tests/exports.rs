//! The functions of `ffi/`, those of the C headers and the list the linker is given are the same.
//! (That the built library exports exactly this list is a CTest test: `cmake/symbols.cmake`.)

#[path = "support/headers.rs"]
mod headers;

use std::{collections::BTreeSet, fs, path::Path};

type Names = BTreeSet<String>;

#[test]
fn header_and_list_agree() {
    assert_eq!(declared(), listed());
}

#[test]
fn sources_and_list_agree() {
    let mut defined = Names::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/ffi")), &mut defined);
    assert_eq!(defined, listed());
}

#[test]
fn the_list_is_sorted_and_every_name_has_the_prefix() {
    let list = include_str!("../cmake/exports.txt");
    assert!(list.lines().is_sorted());
    assert!(list.lines().all(|name| name.starts_with("ww_")));
}

fn listed() -> Names {
    include_str!("../cmake/exports.txt").lines().map(str::to_owned).collect()
}

/// `WW_API const char *ww_version_text(void);` declares `ww_version_text`. A declaration may run over several lines,
/// but its name is on the first.
fn declared() -> Names {
    let headers = headers::headers();
    let lines = headers.iter().flat_map(|(_, text)| text.lines());
    let declarations = lines.filter(|line| line.starts_with("WW_API "));
    declarations.map(|line| name_before(line, '(').to_owned()).collect()
}

fn collect(folder: &Path, names: &mut Names) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, names);
        } else {
            let source = fs::read_to_string(path).unwrap();
            let functions = source.split("#[unsafe(no_mangle)]").skip(1);
            names.extend(functions.map(|after| name_before(after, '(').to_owned()));
        }
    }
}

/// The identifier that ends at the first `end`, past any `extern "C" fn`.
fn name_before(text: &str, end: char) -> &str {
    let before = text.split(end).next().unwrap().trim_end();
    let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    &before[start..]
}
