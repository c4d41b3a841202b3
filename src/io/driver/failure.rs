//! What the error of a send says of its connection.

use crate::io::sys::posix;
use std::io;

/// Whether it is the connection's, and not of a side that had ended before (`EPIPE`). The system tells it once, so a later
/// receive, which finds nothing, must not take that for the end.
#[cold]
pub(super) fn is_of_connection(error: &io::Error) -> bool {
    let of_connection =
        [posix::ECONNRESET, posix::ECONNABORTED, posix::ETIMEDOUT, posix::EHOSTUNREACH, posix::ENETUNREACH];
    error.raw_os_error().is_some_and(|number| of_connection.contains(&number))
}
