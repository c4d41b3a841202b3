//! `docs/pairs.md`: every fast way and its full one exist, and so do the tests of both.

use super::known::{KNOWN, sources};
use super::table::{page, quoted, root, rows};

/// A way is told by the name of a function or a type, perhaps with what it is of.
fn is_way(code: &str, name: &str) -> bool {
    let name = name.rsplit("::").next().unwrap_or_default();
    ["fn", "struct"].iter().any(|kind| {
        let begun = format!("{kind} {name}");
        code.match_indices(&begun).any(|(at, _)| code[at + begun.len()..].starts_with(['(', '<', ' ', ';']))
    })
}

#[test]
fn every_pair_names_its_ways_and_its_tests() {
    let page = page("pairs.md");
    let code: String = ["src", "ffi"].map(|folder| sources(&root().join(folder), "rs")).concat();
    let rows = rows(&page);
    assert!(rows.len() >= 30 && rows.iter().all(|row| row.len() == 4), "four cells each");
    for row in rows {
        let missing: Vec<&str> = quoted(row[3]).filter(|name| !KNOWN.has(name)).collect();
        assert!(missing.is_empty() && quoted(row[3]).count() > 0, "{}: no tests {missing:?}", row[0]);
        let ways = row[..2].iter().flat_map(|cell| quoted(cell));
        let missing: Vec<&str> = ways.filter(|name| !is_way(&code, name)).collect();
        assert!(missing.is_empty() && quoted(row[0]).count() > 0, "{}: no ways {missing:?}", row[0]);
    }
}
