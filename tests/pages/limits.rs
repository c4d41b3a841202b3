//! `docs/limits.md` and `docs/budgets.md`: every limit and clock has its row, and every test that a cell names exists.

use std::collections::BTreeSet;

use super::known::{KNOWN, Known};
use super::table::{page, quoted, rows};

/// What is wrong with a cell in this column: it names something that is neither a test nor a row that has a test there.
fn unknown<'a>(tests: &Known, rows: &[Vec<&str>], column: usize, cell: &'a str) -> Vec<&'a str> {
    let governs = |name: &str| {
        let row = rows.iter().find(|row| quoted(row[0]).any(|own| own == name));
        row.is_some_and(|row| quoted(row[column]).any(|name| tests.has(name)))
    };
    quoted(cell).filter(|name| !tests.has(name) && !governs(name)).collect()
}

#[test]
fn every_cell_of_the_limits_names_what_reaches_it() {
    let (page, tests) = (page("limits.md"), &*KNOWN);
    let rows = rows(&page);
    assert!(rows.iter().all(|row| row.len() == 9 && row.iter().all(|cell| !cell.is_empty())), "a cell for each phase");
    let all = rows.iter().flat_map(|row| row.iter().enumerate().skip(1));
    let missing: Vec<&str> = all.flat_map(|(column, cell)| unknown(tests, &rows, column, cell)).collect();
    assert!(missing.is_empty(), "no tests in that phase: {missing:?}");
    let behind = page.split("Over a live server").nth(1).expect("the end of the page");
    let missing: Vec<&str> = quoted(behind).filter(|name| !tests.has(name)).collect();
    assert!(missing.is_empty(), "no tests: {missing:?}");
}

/// The rows of the ledger have tests by macro, whose names say nothing about a phase: a page names the case.
#[test]
fn the_name_of_a_row_or_of_a_clock_without_a_test_is_no_test() {
    let tests = &*KNOWN;
    let rows = vec![vec!["`head_ms`", "done", "`write_ms_holds_after_a_switch`"]];
    for (column, cell, expected) in [
        (1, "`h1_time_04`, `H1-TIME-04`", &["h1_time_04", "H1-TIME-04"][..]),
        (1, "`H1-TIME-03 content that stalls`, `write_ms_holds_after_a_switch`", &[]),
        (1, "`head_ms`, `H1-TIME-03 no such case`", &["head_ms", "H1-TIME-03 no such case"]),
        (2, "`head_ms`, `lingering`", &["lingering"]),
    ] {
        assert_eq!(unknown(tests, &rows, column, cell), expected, "{cell}");
    }
}

#[test]
fn every_budget_names_its_tests() {
    let (page, tests) = (page("budgets.md"), &*KNOWN);
    let rows = rows(&page);
    assert!(rows.len() >= 8 && rows.iter().all(|row| row.len() == 5), "five cells each");
    for row in rows {
        let missing: Vec<&str> = quoted(row[4]).filter(|name| !tests.has(name)).collect();
        assert!(missing.is_empty() && quoted(row[4]).count() > 0, "{}: no tests {missing:?}", row[0]);
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
    let guards = [include_str!("../../src/guard/limits.rs"), include_str!("../../src/guard/clocks.rs")];
    let all = guards.into_iter().chain([include_str!("../../src/guard/websocket.rs")]).flat_map(fields);
    let missing: Vec<&str> = all.filter(|name| !rows.contains(*name)).collect();
    assert!(missing.is_empty(), "no rows: {missing:?}");
}
