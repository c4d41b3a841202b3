//! `docs/loop.md`: its table has each completion once, and every name of the C API in it is one of the header's.

use std::collections::BTreeSet;

use super::table::{page, quoted, rows};

const LOOP: &str = include_str!("../../include/wireway/loop.h");
const SERVER: &str = include_str!("../../include/wireway/server.h");
const CONN: &str = include_str!("../../include/wireway/conn.h");
const BASE: &str = include_str!("../../include/wireway/base.h");
const RESOLVER: &str = include_str!("../../include/wireway/resolver.h");

/// The words of a text that may be names in C.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
}

/// The names of the library between the backticks of a text.
pub(super) fn names(text: &str) -> BTreeSet<&str> {
    quoted(text).flat_map(words).filter(|word| word.starts_with("ww_") || word.starts_with("WW_")).collect()
}

#[test]
fn every_completion_has_its_row() {
    let page = page("loop.md");
    let rows: Vec<_> = rows(&page).into_iter().filter(|row| row.len() == 4).collect();
    let of_page: Vec<&str> = rows.iter().flat_map(|row| quoted(row[0])).collect();
    let members = LOOP.lines().filter_map(|line| line.trim().split_once(" = ")).map(|(name, _)| name);
    let of_header: BTreeSet<&str> = members.filter(|name| name.starts_with("WW_COMPLETION_")).collect();
    assert!(of_header.len() >= 12, "the completions were not found");
    assert_eq!(of_page.len(), of_header.len(), "each once: {of_page:?}");
    assert_eq!(of_page.into_iter().collect::<BTreeSet<_>>(), of_header);
}

#[test]
fn every_name_is_one_of_the_header() {
    let page = page("loop.md");
    let prose: String = page.split("```").step_by(2).collect();
    let known: BTreeSet<&str> = [LOOP, SERVER, BASE, RESOLVER, CONN].into_iter().flat_map(words).collect();
    let names = names(&prose);
    assert!(names.len() > 40, "only {} names were found", names.len());
    let unknown: Vec<&&str> = names.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn names_are_found_between_backticks_only() {
    assert_eq!(names("`ww_a()`, `WW_B` of ww_c, and `x`").into_iter().collect::<Vec<_>>(), ["WW_B", "ww_a"]);
}
