//! `docs/limits.md`, `docs/budgets.md` and `docs/pairs.md`: every limit and clock has its row, and every test that a cell names exists.

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).expect(name)
}

/// The words between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// The cells of all rows of tables below their heads, with what they are for first.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = page.lines().collect();
    let is_row = |at: usize| lines[at].starts_with("| ") && lines.get(at + 1).is_none_or(|next| !next.contains("---"));
    (0..lines.len()).filter(|&at| is_row(at) && !lines[at].contains("---")).map(|at| cells(lines[at])).collect()
}

/// The text of all files of these endings.
fn sources(folder: &Path, ending: &str) -> String {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let text = |path: std::path::PathBuf| match path.extension() {
        _ if path.is_dir() => sources(&path, ending),
        Some(own) if own == ending => std::fs::read_to_string(path).expect("a source"),
        _ => String::new(),
    };
    entries.map(text).collect()
}

/// What a page may name: a test, or a case of the ledger by its heading.
struct Tests {
    functions: BTreeSet<String>,
    headings: BTreeSet<String>,
}

impl Tests {
    fn new() -> Self {
        let code: String = ["tests", "src", "ffi"].map(|folder| sources(&root().join(folder), "rs")).concat();
        let cases = sources(&root().join("tests/cases"), "md");
        let lines: Vec<&str> = code.lines().map(str::trim).collect();
        let name = |line: &&str| Some(line.strip_prefix("fn ")?.split_once("()")?.0.to_string());
        // The attribute is on the line above, or a few others are between.
        let is_test = |at: usize| {
            lines[..at].iter().rev().take_while(|line| line.starts_with('#')).any(|line| *line == "#[test]")
        };
        let functions = (0..lines.len()).filter(|&at| is_test(at)).filter_map(|at| name(&lines[at])).collect();
        let headings = cases.lines().filter_map(|line| line.strip_prefix("## ")).map(String::from).collect();
        Self { functions, headings }
    }

    fn has(&self, name: &str) -> bool {
        self.functions.contains(name) || self.headings.contains(name)
    }
}

/// What is wrong with a cell in this column: it names something that is neither a test nor a row that has a test there.
fn unknown<'a>(tests: &Tests, rows: &[Vec<&str>], column: usize, cell: &'a str) -> Vec<&'a str> {
    let governs = |name: &str| {
        let row = rows.iter().find(|row| quoted(row[0]).any(|own| own == name));
        row.is_some_and(|row| quoted(row[column]).any(|name| tests.has(name)))
    };
    quoted(cell).filter(|name| !tests.has(name) && !governs(name)).collect()
}

#[test]
fn every_cell_of_the_limits_names_what_reaches_it() {
    let (page, tests) = (page("limits.md"), Tests::new());
    let rows = rows(&page);
    assert!(rows.iter().all(|row| row.len() == 9 && row.iter().all(|cell| !cell.is_empty())), "a cell for each phase");
    let all = rows.iter().flat_map(|row| row.iter().enumerate().skip(1));
    let missing: Vec<&str> = all.flat_map(|(column, cell)| unknown(&tests, &rows, column, cell)).collect();
    assert!(missing.is_empty(), "no tests in that phase: {missing:?}");
    let behind = page.split("Over a live server").nth(1).expect("the end of the page");
    let missing: Vec<&str> = quoted(behind).filter(|name| !tests.has(name)).collect();
    assert!(missing.is_empty(), "no tests: {missing:?}");
}

/// The rows of the ledger have tests by macro, whose names say nothing about a phase: a page names the case.
#[test]
fn the_name_of_a_row_or_of_a_clock_without_a_test_is_no_test() {
    let tests = Tests::new();
    let rows = vec![vec!["`head_ms`", "done", "`write_ms_holds_after_a_switch`"]];
    for (column, cell, expected) in [
        (1, "`h1_time_04`, `H1-TIME-04`", &["h1_time_04", "H1-TIME-04"][..]),
        (1, "`H1-TIME-03 content that stalls`, `write_ms_holds_after_a_switch`", &[]),
        (1, "`head_ms`, `H1-TIME-03 no such case`", &["head_ms", "H1-TIME-03 no such case"]),
        (2, "`head_ms`, `lingering`", &["lingering"]),
    ] {
        assert_eq!(unknown(&tests, &rows, column, cell), expected, "{cell}");
    }
}

#[test]
fn every_budget_names_its_tests() {
    let (page, tests) = (page("budgets.md"), Tests::new());
    let rows = rows(&page);
    assert!(rows.len() >= 8 && rows.iter().all(|row| row.len() == 5), "five cells each");
    for row in rows {
        let missing: Vec<&str> = quoted(row[4]).filter(|name| !tests.has(name)).collect();
        assert!(missing.is_empty() && quoted(row[4]).count() > 0, "{}: no tests {missing:?}", row[0]);
    }
}

/// A way is told by the name of a function or a type, perhaps with what it is of.
#[test]
fn every_pair_names_its_ways_and_its_tests() {
    let (page, tests) = (page("pairs.md"), Tests::new());
    let code: String = ["src", "ffi"].map(|folder| sources(&root().join(folder), "rs")).concat();
    let is_way = |name: &str| {
        let name = name.rsplit("::").next().unwrap_or_default();
        ["fn", "struct"].iter().any(|kind| {
            let begun = format!("{kind} {name}");
            code.match_indices(&begun).any(|(at, _)| code[at + begun.len()..].starts_with(['(', '<', ' ', ';']))
        })
    };
    let rows = rows(&page);
    assert!(rows.len() >= 30 && rows.iter().all(|row| row.len() == 4), "four cells each");
    for row in rows {
        let missing: Vec<&str> = quoted(row[3]).filter(|name| !tests.has(name)).collect();
        assert!(missing.is_empty() && quoted(row[3]).count() > 0, "{}: no tests {missing:?}", row[0]);
        let missing: Vec<&str> = row[..2].iter().flat_map(|cell| quoted(cell)).filter(|name| !is_way(name)).collect();
        assert!(missing.is_empty() && quoted(row[0]).count() > 0, "{}: no ways {missing:?}", row[0]);
    }
}

/// What is in `src/guard` is a row: a new limit or clock comes with its phases.
#[test]
fn every_limit_and_clock_has_a_row() {
    let page = page("limits.md");
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
