//! `docs/limits.md`: every limit and clock is on it, and every test that it names exists.

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/limits.md")).expect("docs/limits.md")
}

/// The words between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The cells of the rows of both tables, with what they are for first.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let lines = page.lines().filter(|line| line.starts_with("| `"));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The text of all tests.
fn sources(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let text = |path: std::path::PathBuf| match path.extension() {
        _ if path.is_dir() => sources(&path),
        Some(ending) if ending == "rs" => std::fs::read_to_string(path).expect("a source"),
        _ => String::new(),
    };
    entries.map(text).collect()
}

#[test]
fn every_test_that_the_page_names_exists() {
    let (page, sources) = (page(), sources(&root().join("tests")) + &sources(&root().join("src")));
    let rows = rows(&page);
    let limits: BTreeSet<&str> = rows.iter().flat_map(|row| quoted(row[0])).collect();
    let ledger: BTreeSet<&str> = include_str!("support/rows.rs").split_whitespace().collect();
    let behind = page.split("Over a live server").nth(1).expect("the end of the page");
    let cells = rows.iter().flat_map(|row| row[1..].iter().flat_map(|cell| quoted(cell)));
    let unknown: Vec<&str> = cells
        .chain(quoted(behind))
        .filter(|name| !limits.contains(name) && !ledger.contains(name))
        .filter(|name| !sources.contains(&format!("fn {name}()")))
        .collect();
    assert!(unknown.is_empty(), "no tests: {unknown:?}");
    assert!(rows.iter().all(|row| row.len() == 9 && row.iter().all(|cell| !cell.is_empty())), "a cell for each phase");
}

/// What is in `src/guard` is a row: a new limit or clock comes with its phases.
#[test]
fn every_limit_and_clock_has_a_row() {
    let page = page();
    let rows: BTreeSet<String> = rows(&page).iter().flat_map(|row| quoted(row[0])).map(String::from).collect();
    let fields = |text: &'static str| {
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": "));
        names.filter(|(_, kind)| matches!(*kind, "u32," | "u64,")).map(|(name, _)| name)
    };
    let guards = [include_str!("../src/guard/limits.rs"), include_str!("../src/guard/clocks.rs")];
    let all = guards.into_iter().chain([include_str!("../src/guard/websocket.rs")]).flat_map(fields);
    let missing: Vec<&str> = all.filter(|name| !rows.contains(*name)).collect();
    assert!(missing.is_empty(), "no rows: {missing:?}");
}
