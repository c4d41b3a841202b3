//! `docs/protocol.md`, the protocol ledger: every row names tests that exist, and every id in use is a row.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::ids;
use super::known::{KNOWN, Known, sources};
use super::table::{page, quoted, root, rows};

/// The cells of each row below its id: rule, strength, role, RFC, tests.
type Ledger<'a> = BTreeMap<&'a str, Vec<&'a str>>;

fn ledger(page: &str) -> Ledger<'_> {
    rows(page).into_iter().map(|cells| (cells[0], cells[1..].to_vec())).collect()
}

fn areas<'a>(ledger: &Ledger<'a>) -> BTreeSet<&'a str> {
    ledger.keys().filter_map(|id| Some(id.rsplit_once('-')?.0)).collect()
}

/// Ids of an area count from 01 without a gap, stand below its heading, and have no empty cell.
#[test]
fn rows_are_whole_and_in_order() {
    let page = page("protocol.md");
    let sections = page.split("\n## ").skip(1);
    let mut seen = 0;
    for section in sections {
        let area = section.split(": ").next().expect("an area");
        for (at, cells) in rows(section).into_iter().enumerate() {
            assert_eq!(cells[0], format!("{area}-{:02}", at + 1));
            assert!(cells.len() == 6 && cells.iter().all(|cell| !cell.is_empty()), "{}: six cells", cells[0]);
            seen += 1;
        }
    }
    assert_eq!((seen, seen > 200), (ledger(&page).len(), true));
}

/// What is wrong with the tests that a row names: they do not exist, or do not carry its id.
fn wrong<'a>(known: &Known, areas: &BTreeSet<&str>, id: &str, tests: &'a str) -> Vec<&'a str> {
    let is_good = |name: &&str| match name.strip_prefix("Autobahn ") {
        Some(group) => page("autobahn.md").contains(&format!("\n| {group} ")),
        None if *name == id => known.rows_with_cases.contains(id),
        None => known.tests.contains(*name) && ids(name, areas).iter().any(|own| own == id),
    };
    quoted(tests).filter(|name| !is_good(name)).collect()
}

#[test]
fn every_row_names_its_tests() {
    let page = page("protocol.md");
    let ledger = ledger(&page);
    let areas = areas(&ledger);
    for (id, cells) in &ledger {
        let missing = wrong(&KNOWN, &areas, id, cells[4]);
        assert!(missing.is_empty() && quoted(cells[4]).count() > 0, "{id}: no tests of this row: {missing:?}");
    }
}

/// Cases name their row, and so do tests that begin with an id.
#[test]
fn every_test_with_an_id_has_a_row() {
    let page = page("protocol.md");
    let ledger = ledger(&page);
    let areas = areas(&ledger);
    let carried = KNOWN.tests.iter().flat_map(|test| ids(test, &areas).into_iter().map(move |id| (id, test)));
    let of_cases = KNOWN.rows_with_cases.iter().map(|id| (id.clone(), id));
    let unknown: Vec<_> = carried.chain(of_cases).filter(|(id, _)| !ledger.contains_key(id.as_str())).collect();
    assert!(unknown.is_empty(), "not in docs/protocol.md: {unknown:?}");
}

/// The rules of faults: C strings with a reason behind them. A fault outside the ledger has none.
fn rules(rust: &str) -> impl Iterator<Item = &str> {
    // What stands between two strings that follow each other is a comma.
    let strings = rust.split("c\"").skip(1).filter_map(|string| string.split_once('"'));
    strings.filter(|(_, between)| between.trim() == ",").map(|(rule, _)| rule)
}

/// `ww_error_info.rule` shows them to users.
#[test]
fn every_rule_of_a_fault_is_a_row() {
    let page = page("protocol.md");
    let ledger = ledger(&page);
    let rust = sources(&root().join("src"), "rs") + &sources(&root().join("ffi"), "rs");
    let rules: BTreeSet<&str> = rules(&rust).filter(|rule| !rule.is_empty()).collect();
    assert!(rules.len() > 100, "only {} rules were found", rules.len());
    let unknown: Vec<_> = rules.into_iter().filter(|rule| !ledger.contains_key(rule)).collect();
    assert!(unknown.is_empty(), "not in docs/protocol.md: {unknown:?}");
}

/// The words of a text that have the form of an id in one of these areas.
fn cited<'a>(text: &'a str, areas: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let is_id = |word: &&str| {
        let parts = word.rsplit_once('-');
        parts.is_some_and(|(area, number)| areas.contains(area) && number.len() == 2)
    };
    words.filter(is_id).collect()
}

#[test]
fn every_id_that_is_cited_is_a_row() {
    let page = page("protocol.md");
    let ledger = ledger(&page);
    let areas = areas(&ledger);
    let of = |folder: &str, ending: &str| sources(&root().join(folder), ending);
    let text = [of("src", "rs"), of("ffi", "rs"), of("docs", "md"), of("include", "h"), of("tests/c", "c")].concat();
    let unknown: Vec<&str> = cited(&text, &areas).into_iter().filter(|id| !ledger.contains_key(id)).collect();
    assert!(unknown.is_empty(), "not in docs/protocol.md: {unknown:?}");
}

/// Names in code that a rule mentions: flags, limits, clocks, parameters.
#[test]
fn every_name_in_a_rule_is_in_the_sources() {
    let page = page("protocol.md");
    let code = sources(&root().join("src"), "rs") + &sources(&root().join("include"), "h");
    let names: Vec<&str> = ledger(&page).values().flat_map(|cells| quoted(cells[0])).collect();
    let missing: Vec<_> = names.into_iter().filter(|name| name.contains('_') && !code.contains(*name)).collect();
    assert!(missing.is_empty(), "not in src or include: {missing:?}");
}

#[test]
fn a_test_that_is_not_there_or_of_another_row_is_found() {
    let of = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
    let known = Known {
        tests: of(&["h1_cl_03_no_wrap", "h1_cl_04_and_05_two", "a_test"]),
        headings: of(&[]),
        rows_with_cases: of(&["H1-CL-04"]),
    };
    let areas = BTreeSet::from(["H1-CL"]);
    for (id, tests, expected) in [
        ("H1-CL-03", "`h1_cl_03_no_wrap`", &[][..]),
        ("H1-CL-03", "`H1-CL-03`, `h1_cl_03_wrap`, `a_test`", &["H1-CL-03", "h1_cl_03_wrap", "a_test"]),
        ("H1-CL-04", "`H1-CL-04`, `h1_cl_04_and_05_two`, `h1_cl_03_no_wrap`", &["h1_cl_03_no_wrap"]),
        ("H1-CL-05", "`h1_cl_04_and_05_two`, `H1-CL-04`, `Autobahn 5`, `Autobahn 8`", &["H1-CL-04", "Autobahn 8"]),
    ] {
        assert_eq!(wrong(&known, &areas, id, tests), expected, "{id}");
    }
    let faults = "Fault::new(Code::A, 1, c\"H1-CL-03\", c\"a reason\"); bad(c\"\", c\"b\"); row!(A, c\"text\")";
    assert_eq!(rules(faults).collect::<Vec<_>>(), ["H1-CL-03", ""]);
    assert_eq!(cited("(H1-CL-09, -10) H1-CL-1 TLS-99", &areas), BTreeSet::from(["H1-CL-09"]));
}
