//! `.cargo/mutants.toml`: cargo-mutants does not tell of a pattern that matches nothing since a function has another name.

use std::fs::read_to_string;

use super::table::root;

/// The file and the function that a pattern names.
fn place(pattern: &str) -> Option<(&str, &str)> {
    let (file, mutant) = pattern.split_once(":.* ")?;
    let function = match mutant.rsplit_once(" in ") {
        Some((_, function)) => function,
        None => mutant.strip_prefix("replace ")?.split_once(" -> ")?.0,
    };
    Some((file, function.rsplit("::").next()?))
}

#[test]
fn every_mutant_left_out_is_of_a_function_that_is_there() {
    let config = read_to_string(root().join(".cargo/mutants.toml")).expect("the config");
    let patterns = config.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let mut read = 0;
    for pattern in patterns {
        let (file, function) = place(pattern).expect(pattern);
        let source = read_to_string(root().join(file)).expect(file);
        let is_there = ["(", "<"].iter().any(|after| source.contains(&format!("fn {function}{after}")));
        assert!(is_there, "{pattern}: there is no {function}() in {file}");
        read += 1;
    }
    assert!(read > 0);
}
