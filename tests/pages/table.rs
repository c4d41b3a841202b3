//! Tables of Markdown pages, cell by cell.

use std::path::Path;

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a page of `docs/`.
pub fn page(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).expect(name)
}

/// The words between backticks.
pub fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// The cells of all rows of tables below their heads, with what they are for first.
pub fn rows(page: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = page.lines().collect();
    let is_row = |at: usize| lines[at].starts_with("| ") && lines.get(at + 1).is_none_or(|next| !next.contains("---"));
    (0..lines.len()).filter(|&at| is_row(at) && !lines[at].contains("---")).map(|at| cells(lines[at])).collect()
}
