//! `docs/copies.md`: each row names tests that exist, and every name of the C API in it is one of the header's.

use std::collections::BTreeSet;

use super::known::{KNOWN, sources};
use super::loop_page::{names, words};
use super::table::{page, quoted, root, rows};

#[test]
fn every_way_names_its_tests() {
    let page = page("copies.md");
    let ways: Vec<_> = rows(&page).into_iter().filter(|row| row.len() == 5).collect();
    assert!(ways.len() >= 25, "only {} ways were found", ways.len());
    for row in ways {
        let missing: Vec<&str> = quoted(row[4]).filter(|name| !KNOWN.has(name)).collect();
        assert!(missing.is_empty() && quoted(row[4]).count() > 0, "{}: no tests {missing:?}", row[0]);
        let counts = row[1..3].iter().all(|cell| cell.starts_with(|digit: char| digit.is_ascii_digit()));
        assert!(counts, "{}: how often", row[0]);
    }
}

#[test]
fn every_name_is_one_of_the_header() {
    let (page, header) = (page("copies.md"), sources(&root().join("include/wireway"), "h"));
    let (names, known) = (names(&page), words(&header).collect::<BTreeSet<_>>());
    assert!(names.len() > 12, "only {} names were found", names.len());
    let unknown: Vec<&&str> = names.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
