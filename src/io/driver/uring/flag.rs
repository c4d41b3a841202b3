//! Flags of an [`Entry`](super::entry::Entry): what its owner wants, what the system was asked for, what has happened.

/// What the owner wants.
pub const RECEIVE: u32 = 1 << 0;
pub const ACCEPT: u32 = 1 << 1;
pub const ROOM: u32 = 1 << 2;
pub const CONNECT: u32 = 1 << 3;
pub const POLL_READABLE: u32 = 1 << 4;
pub const POLL_WRITABLE: u32 = 1 << 5;

/// Requests of the system that have not completed.
pub const RECEIVING: u32 = 1 << 8;
pub const ACCEPTING: u32 = 1 << 9;
pub const SENDING: u32 = 1 << 10;
pub const AWAITS_OUTPUT: u32 = 1 << 11;
pub const WATCHED: u32 = 1 << 12;
pub const POLLED_READABLE: u32 = 1 << 13;
pub const POLLED_WRITABLE: u32 = 1 << 14;
/// The system was asked to end the receive or the accept.
pub const RECEIVE_ENDS: u32 = 1 << 15;
pub const ACCEPT_ENDS: u32 = 1 << 16;

/// A receive was submitted before: the end is watched even without one.
pub const STREAM: u32 = 1 << 20;
/// The end of the peer's side was reported.
pub const ENDED: u32 = 1 << 21;
/// That both sides have ended was reported.
pub const BOTH_ENDED: u32 = 1 << 22;
/// An error was reported; a later end is not one.
pub const FAILED: u32 = 1 << 23;
/// What the system said of the ends, whether it was reported or not.
pub const PEER_ENDS: u32 = 1 << 30;
pub const BOTH_END: u32 = 1 << 31;
/// The key is valid.
pub const LIVE: u32 = 1 << 24;
/// The key is gone; the listener is closed when its last connection is reported.
pub const CLOSING: u32 = 1 << 25;
/// In the list of sockets to look after.
pub const LISTED: u32 = 1 << 27;
/// More octets waited when the last receive completed.
pub const HAS_MORE: u32 = 1 << 28;

/// The last poll is that of an earlier use, whose descriptor was closed under it.
pub const STALE_POLL: u32 = 1 << 29;

pub const ENDS_TOLD: u32 = ENDED | BOTH_ENDED;
pub const POLL: u32 = POLL_READABLE | POLL_WRITABLE;
pub const POLLED: u32 = POLLED_READABLE | POLLED_WRITABLE;
pub const WANTED: u32 = RECEIVE | ACCEPT | ROOM | CONNECT | POLL;

/// What is polled for, as the flags of what was asked.
pub const fn polled_as_poll(flags: u32) -> u32 {
    (flags & POLLED) >> 9
}

/// The same the other way.
pub const fn poll_as_polled(flags: u32) -> u32 {
    (flags & POLL) << 9
}

const _: () = assert!(POLLED >> 9 == POLL);
