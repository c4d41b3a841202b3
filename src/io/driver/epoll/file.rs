//! How much of a file one call sends, and whether the file ended before that.

use std::io;

/// The most octets of a file that one call sends, so that others have their turns.
const MOST: usize = 1 << 20;

/// A length of a file as a size.
pub fn offered(len: u64) -> usize {
    usize::try_from(len).unwrap_or(usize::MAX)
}

/// How many octets of those offered one call is asked to send.
pub fn most(offered: usize) -> usize {
    offered.min(MOST)
}

/// What was taken of a file, where it did not end before what was offered.
pub fn not_at_end(taken: usize, offered: usize) -> io::Result<usize> {
    if taken == 0 && offered > 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(taken) }
}
