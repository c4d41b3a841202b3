//! Reads the Markdown files of `tests/cases/`; see the README there.

use std::path::{Path, PathBuf};

use super::case::Case;

/// The folder of the cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The ids of the ledger's rows: the first cells of the tables in `docs/protocol.md`.
pub fn rows() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/protocol.md");
    let text = std::fs::read_to_string(page).expect("docs/protocol.md");
    let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    cells
        .map(|(first, _)| first.to_string())
        .filter(|first| first.starts_with(|c: char| c.is_ascii_uppercase()))
        .collect()
}

/// All cases of all files, `each` multiplied out. Panics with file and line of each that cannot be read.
pub fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).expect("tests/cases").map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"));
    files.sort();
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    files.iter().flat_map(|path| file(path)).for_each(|read| match read {
        Ok(of_block) => cases.extend(of_block),
        Err(fault) => faults.push(fault),
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    cases
}

/// What each block of a file is, or why it is none.
fn file(path: &Path) -> Vec<Result<Vec<Case>, String>> {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let short = path.file_name().unwrap_or_default().to_string_lossy();
    let mut out = Vec::new();
    let mut heading = None;
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            assert!(heading.is_none(), "{short}:{number}: the case above has no block");
            heading = Some(title.to_string());
        } else if line == "```" {
            let title = heading.take().unwrap_or_else(|| panic!("{short}:{number}: a block without heading"));
            let block: Vec<String> = lines.by_ref().map(|l| l.1.to_string()).take_while(|l| l != "```").collect();
            let place = format!("{short}:{}: {title}", number + 1);
            out.push(block_cases(&title, &place, &block).map_err(|e| format!("{place}: {e}")));
        }
    }
    assert!(heading.is_none(), "{short}: the last case has no block");
    out
}

pub fn block_cases(title: &str, place: &str, block: &[String]) -> Result<Vec<Case>, String> {
    let (row, _) = title.split_once(' ').ok_or("## ROW NAME")?;
    let line = block.iter().position(|line| line == "---").ok_or("no --- line")?;
    let lines_of = |value: &str, role: &str| -> Vec<String> {
        block.iter().map(|line| (if line == "role both" { role } else { line }).replace("{V}", value)).collect()
    };
    let one = |(value, role): (&str, &str)| {
        let lines = lines_of(value, role);
        let name = [value, role].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
        let name = if name.is_empty() { place.into() } else { format!("{place} [{name}]") };
        Case::parse(row, name, &lines[..line], &lines[line + 1..])
    };
    let mut eaches = block[..line].iter().filter_map(|line| line.strip_prefix("each "));
    let each = eaches.next();
    if eaches.next().is_some() || each.is_some() != block.iter().any(|line| line.contains("{V}")) {
        return Err("one `each`, and {V} for its values".into());
    }
    let each = each.unwrap_or_default();
    let is_both = block[..line].iter().any(|line| line == "role both");
    let roles: &[&str] = if is_both { &["role server", "role client"] } else { &[""] };
    each.split(" | ").flat_map(|value| roles.iter().map(move |role| (value, *role))).map(one).collect()
}
