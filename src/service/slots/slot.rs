//! A slot: room for one connection after another.

use crate::conn::Conn;
use crate::io::driver::Key;
use crate::service::id::LAST_GENERATION;
use crate::service::send_wait::SendWait;

/// No slot.
pub const NONE: u32 = u32::MAX;

/// Bits of a slot, above its generation.
pub mod flag {
    /// In the list of due slots.
    pub const DUE: u32 = 1 << 24;
    /// A receive is submitted.
    pub const READING: u32 = 1 << 25;
    /// A send waits for room in the socket.
    pub const BLOCKED: u32 = 1 << 26;
    /// Our side of the transport is shut.
    pub const SHUT: u32 = 1 << 27;
    /// The owner closed it: its end is not an error.
    pub const CLOSED: u32 = 1 << 28;
    /// Others go first, though the socket has room.
    pub const YIELDED: u32 = 1 << 29;
}

/// A connection and its socket.
pub struct Live {
    pub conn: Conn,
    pub key: Key,
}

/// One slot.
pub struct Slot {
    pub live: Option<Live>,
    /// The next free slot, or the next due one.
    pub(super) link: u32,
    /// The generation, and the flags above it.
    pub(super) word: u32,
}

/// With its driver entry and its timer, 12 octets each, an idle connection costs about 220 octets.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Slot>() <= 192);

impl Slot {
    #[inline]
    pub fn has(&self, flag: u32) -> bool {
        self.word & flag != 0
    }

    /// Whether this is the only flag set, besides [`flag::DUE`].
    #[inline]
    pub fn has_only(&self, flag: u32) -> bool {
        self.word & !(LAST_GENERATION | flag::DUE) == flag
    }

    #[inline]
    pub fn set(&mut self, flag: u32, on: bool) {
        self.word = if on { self.word | flag } else { self.word & !flag };
    }

    /// What the connection waits for before it sends more.
    #[inline]
    pub fn send_wait(&self) -> SendWait {
        match self.word & (flag::BLOCKED | flag::YIELDED) {
            0 => SendWait::Nothing,
            flag::YIELDED => SendWait::Turn,
            _ => SendWait::Room,
        }
    }

    #[inline]
    pub fn set_send_wait(&mut self, wait: SendWait) {
        self.set(flag::BLOCKED, wait == SendWait::Room);
        self.set(flag::YIELDED, wait == SendWait::Turn);
    }

    #[inline]
    pub fn generation(&self) -> u32 {
        self.word & LAST_GENERATION
    }
}
