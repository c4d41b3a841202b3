//! Flags of an [`Entry`](super::entry::Entry): active operations, reported events, requested events.

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
/// Events requested from the system.
pub const REGISTERED: u16 = 1 << 10;
const INPUT: u16 = 1 << 11;
const OUTPUT: u16 = 1 << 12;
const END: u16 = 1 << 13;
/// The kernel processes TLS records.
pub const RECORDS: u16 = 1 << 14;
/// The result of a receive is stored for the next completion.
pub const RESULT_STORED: u16 = 1 << 15;

pub const POLL: u16 = POLL_READABLE | POLL_WRITABLE;
const READS: u16 = RECEIVE | ACCEPT | POLL_READABLE;
const WRITES: u16 = SEND | CONNECT | POLL_WRITABLE;
pub const OPERATIONS: u16 = READS | WRITES;
pub const ARMED: u16 = INPUT | OUTPUT | END;

/// The events that operations and state require.
pub const fn wanted(flags: u16) -> u16 {
    let input = if flags & READS != 0 { INPUT } else { 0 };
    let output = if flags & WRITES != 0 { OUTPUT } else { 0 };
    let end = if flags & (STREAM | ENDED) == STREAM { END } else { 0 };
    input | output | end
}

/// Armed flags as epoll bits.
pub fn events(armed: u16) -> u32 {
    let pick = |bit: u16, event: libc::c_int| if armed & bit != 0 { event as u32 } else { 0 };
    pick(INPUT, libc::EPOLLIN) | pick(OUTPUT, libc::EPOLLOUT) | pick(END, libc::EPOLLRDHUP)
}
