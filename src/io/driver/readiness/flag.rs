//! Flags of an [`Entry`](super::entry::Entry): active operations, reported events, and what the system was asked for.

/// Active operations.
pub const RECEIVE: u32 = 1 << 0;
pub const ACCEPT: u32 = 1 << 1;
pub const POLL_READABLE: u32 = 1 << 2;
pub const SEND: u32 = 1 << 3;
pub const CONNECT: u32 = 1 << 4;
pub const POLL_WRITABLE: u32 = 1 << 5;
/// A receive was submitted before: the end is watched even without one.
pub const STREAM: u32 = 1 << 6;
/// The end of the peer's side was reported.
pub const ENDED: u32 = 1 << 7;
/// An error was reported; a later end is not one.
pub const FAILED: u32 = 1 << 8;
/// The entry is in use.
pub const LIVE: u32 = 1 << 9;
/// Of the [set](super::watch::Watch): what it has requested from the system.
pub const OF_SET: u32 = 0b1111 << 10;
/// The kernel processes TLS records.
pub const RECORDS: u32 = 1 << 14;
/// The result of a receive is stored for the next completion.
pub const RESULT_STORED: u32 = 1 << 15;
/// Of the [set](super::watch::Watch) as well.
pub const EDGE: u32 = 1 << 16;
/// Octets are [lent](crate::io::driver::lending).
pub const LENDS: u32 = 1 << 17;
/// The key is gone; the socket is closed when nothing is lent any more.
pub const CLOSING: u32 = 1 << 18;

pub const POLL: u32 = POLL_READABLE | POLL_WRITABLE;
pub const READS: u32 = RECEIVE | ACCEPT | POLL_READABLE;
pub const WRITES: u32 = SEND | CONNECT | POLL_WRITABLE;
pub const OPERATIONS: u32 = READS | WRITES;
