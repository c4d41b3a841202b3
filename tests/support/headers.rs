//! The C headers as they are committed.

use std::fs;
use std::path::{Path, PathBuf};

/// Path and text of `include/wireway.h` and of each part of it, `include/wireway/*.h`.
pub fn headers() -> Vec<(PathBuf, String)> {
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("include");
    let parts = fs::read_dir(include.join("wireway")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = parts.filter(|path| path.extension().is_some_and(|end| end == "h")).collect();
    paths.sort();
    let all = [include.join("wireway.h")].into_iter().chain(paths);
    all.map(|path| (path.clone(), fs::read_to_string(path).expect("a header is UTF-8"))).collect()
}
