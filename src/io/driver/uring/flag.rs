//! Flags of an [`Entry`](super::entry::Entry): what its owner wants, what the system was asked for, what has happened.

/// What the owner wants.
pub const RECEIVE: u32 = 1 << 0;
pub const ACCEPT: u32 = 1 << 1;
pub const ROOM: u32 = 1 << 2;
pub const CONNECT: u32 = 1 << 3;
pub const POLL_READABLE: u32 = 1 << 4;
pub const POLL_WRITABLE: u32 = 1 << 5;

/// Octets are lent.
pub const LENDS: u32 = 1 << 6;
/// Some may be free again of which nobody was told.
pub const RELEASED: u32 = 1 << 7;

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

pub const OUTPUT_ENDS: u32 = 1 << 17;
/// The wait for output is that of an operation that is over.
pub const OUTPUT_IS_OLD: u32 = 1 << 18;
/// A send that its owner takes for held found no room; its completion comes when there is some.
pub const OWES_SENT: u32 = 1 << 19;

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
/// The key is gone; the socket is closed when its last request has completed and its last connection is reported.
pub const CLOSING: u32 = 1 << 25;
/// A receive found no buffer: it comes before others.
pub const LACKS_BUFFER: u32 = 1 << 26;
/// In the list of sockets to look after.
pub const LISTED: u32 = 1 << 27;
/// More octets waited when the last receive completed.
pub const HAS_MORE: u32 = 1 << 28;

/// The poll before the last number goes on for nobody.
pub const STALE_POLL: u32 = 1 << 29;

/// A connection that receives; what else it does is told by the other flags, but for those of the receive and of a held send.
pub const RECEIVES: u32 = LIVE | RECEIVE | STREAM;
pub const BESIDE_RECEIVE: u32 = !(RECEIVING | HAS_MORE | LACKS_BUFFER | SENDING | LISTED);

/// Of a listener.
pub const LISTENS: u32 = ACCEPT | ACCEPTING | CLOSING;
pub const HELD: u32 = SENDING | OWES_SENT;
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
