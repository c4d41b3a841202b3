//! Limits of one file send, and detection of the file's end.

use std::io;

/// Maximum octets of a file per call, so that other connections get their turns.
const OCTETS_MAX: usize = 1 << 20;

/// A length of a file as a size.
pub fn offered(len: u64) -> usize {
    usize::try_from(len).unwrap_or(usize::MAX)
}

/// The size to request from the system.
pub fn capped(offered: usize) -> usize {
    offered.min(OCTETS_MAX)
}

/// The octets sent; fails if the file ended before `offered`.
pub fn not_at_end(taken: usize, offered: usize) -> io::Result<usize> {
    if taken == 0 && offered > 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(taken) }
}
