//! Flags of an [`Entry`](super::entry::Entry): active operations, reported events, and what the system was asked for.

/// Active operations.
pub const RECEIVE: u16 = 1 << 0;
pub const ACCEPT: u16 = 1 << 1;
pub const POLL_READABLE: u16 = 1 << 2;
pub const SEND: u16 = 1 << 3;
pub const CONNECT: u16 = 1 << 4;
pub const POLL_WRITABLE: u16 = 1 << 5;
/// A receive was submitted before: the end is watched even without one.
pub const STREAM: u16 = 1 << 6;
/// The end of the peer's side was reported.
pub const ENDED: u16 = 1 << 7;
/// An error was reported; a later end is not one.
pub const FAILED: u16 = 1 << 8;
/// The entry is in use.
pub const LIVE: u16 = 1 << 9;
/// Of the [set](super::watch::Watch): what it has requested from the system.
pub const OF_SET: u16 = 0b1111 << 10;
/// The kernel processes TLS records.
pub const RECORDS: u16 = 1 << 14;
/// The result of a receive is stored for the next completion.
pub const RESULT_STORED: u16 = 1 << 15;

pub const POLL: u16 = POLL_READABLE | POLL_WRITABLE;
pub const READS: u16 = RECEIVE | ACCEPT | POLL_READABLE;
pub const WRITES: u16 = SEND | CONNECT | POLL_WRITABLE;
pub const OPERATIONS: u16 = READS | WRITES;
