//! `docs/pairs.md`: every fast way and its full one exist, and so do the tests of both.

use super::known::KNOWN;
use super::table::{page, quoted, root, rows};
use super::ways::ways;

#[test]
fn every_pair_names_its_ways_and_its_tests() {
    let page = page("pairs.md");
    let known = ways(&[&root().join("src"), &root().join("ffi")]);
    let rows = rows(&page);
    assert!(rows.len() >= 30 && rows.iter().all(|row| row.len() == 4), "four cells each");
    for row in rows {
        let missing: Vec<&str> = quoted(row[3]).filter(|name| !KNOWN.has(name)).collect();
        assert!(missing.is_empty() && quoted(row[3]).count() > 0, "{}: no tests {missing:?}", row[0]);
        let named = row[..2].iter().flat_map(|cell| quoted(cell));
        let missing: Vec<&str> = named.filter(|name| !known.contains(*name)).collect();
        assert!(missing.is_empty() && quoted(row[0]).count() > 0, "{}: no ways {missing:?}", row[0]);
    }
}
