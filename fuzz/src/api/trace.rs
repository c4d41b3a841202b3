//! With WIREWAY_TRACE in the environment a run says what it does, to read a finding.

use std::fmt::Arguments;
use std::sync::LazyLock;

static IS_ON: LazyLock<bool> = LazyLock::new(|| std::env::var_os("WIREWAY_TRACE").is_some());

/// One line on standard error.
pub fn note(line: Arguments<'_>) {
    if *IS_ON {
        eprintln!("{line}");
    }
}
