//! What a page may call a way: free functions and types by their name, with their module before it if need be, and methods with their type
//! or trait. It relies on rustfmt: what stands in no block begins in the first column, and a method four columns behind it.

use std::collections::BTreeSet;
use std::path::Path;

/// The names that the sources in these folders define, as a page has them.
pub fn ways(folders: &[&Path]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    folders.iter().for_each(|folder| collect(folder, &mut all));
    all
}

fn collect(folder: &Path, all: &mut BTreeSet<String>) {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    for path in entries {
        if path.is_dir() {
            collect(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let of_folder = path.file_stem().is_some_and(|stem| stem == "mod");
            let module = if of_folder { folder.file_name() } else { path.file_stem() };
            let module = module.unwrap_or_default().to_string_lossy();
            all.extend(defined(&module, &std::fs::read_to_string(&path).expect("a source")));
        }
    }
}

/// The names that the text of a module defines.
fn defined(module: &str, rust: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut owner = None;
    for line in rust.lines() {
        let is_indented = line.starts_with("    ");
        if !is_indented && !line.is_empty() {
            owner = owner_of(line).or(owner.filter(|_| !line.starts_with('}')));
        }
        match (name_of(line), is_indented, owner) {
            (Some(name), true, Some(owner)) => all.push(format!("{owner}::{name}")),
            (Some(name), false, _) => all.extend([name.to_string(), format!("{module}::{name}")]),
            _ => {}
        }
    }
    all
}

/// The type or trait whose block this line opens.
fn owner_of(line: &str) -> Option<&str> {
    let line =
        ["pub ", "pub(crate) ", "unsafe "].iter().fold(line, |line, word| line.strip_prefix(word).unwrap_or(line));
    let head = line.strip_prefix("impl").or_else(|| line.strip_prefix("trait "))?;
    let head = head.split_once(" for ").map_or(head, |(_, subject)| subject);
    let head = if head.starts_with('<') { &head[end_of_angle(head)..] } else { head };
    let path = head.trim_start().split(['<', ' ', '{']).next()?;
    path.trim_end_matches(':').rsplit("::").next()
}

/// Behind the bracket that closes the one a text begins with.
fn end_of_angle(text: &str) -> usize {
    let mut open = 0;
    let end = text.find(|c| {
        open += i32::from(c == '<') - i32::from(c == '>');
        open == 0
    });
    end.map_or(text.len(), |end| end + 1)
}

/// The function or type that a line defines, outside of any block or in one of the first level.
fn name_of(line: &str) -> Option<&str> {
    let line = line.strip_prefix("    ").unwrap_or(line);
    if line.starts_with(' ') {
        return None;
    }
    let mut words = line.split(' ');
    let before = ["pub", "pub(crate)", "pub(super)", "const", "unsafe", "extern", "\"C\"", "default"];
    let kind = words.find(|word| !before.contains(word))?;
    let name = words.next().filter(|_| ["fn", "struct", "enum", "trait", "type"].contains(&kind))?;
    name.split(['(', '<', ';', ':', '{']).next()
}

#[test]
fn a_method_is_named_with_its_type_and_nothing_by_its_beginning() {
    let rust = "pub struct A<'a>(u8);\nimpl<'a, T: Of<U>> A<'a> {\n    pub(super) const fn state(&self) {\n        fn inner() {}\n    }\n}\n\
                impl Of<u8> for module::B {\n    fn next(&self) {}\n}\npub trait Leaf: Copy {\n    fn masks<'a>();\n}\n\
                unsafe extern \"C\" fn state_in_full() {}\n";
    let names: BTreeSet<String> = defined("file", rust).into_iter().collect();
    let known = [
        "A",
        "file::A",
        "A::state",
        "B::next",
        "Leaf",
        "file::Leaf",
        "Leaf::masks",
        "state_in_full",
        "file::state_in_full",
    ];
    assert_eq!(names, known.map(String::from).into());
}
