//! What calls return that answer whether they succeeded.

use std::io;

/// A result of zero (`FALSE`) has its error elsewhere.
pub(super) fn check(result: i32) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
