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
    /// A send waits for room in the socket. With [`HELD`]: others go first, though the socket has room.
    pub const BLOCKED: u32 = 1 << 26;
    /// Our side of the transport is shut.
    pub const SHUT: u32 = 1 << 27;
    /// The owner closed it: its end is not an error.
    pub const CLOSED: u32 = 1 << 28;
    /// The system holds more of the file that is sent than of other output.
    pub const WIDE: u32 = 1 << 29;
    /// The driver reads the output until its completion.
    pub const HELD: u32 = 1 << 30;
    /// The socket is being closed: one completion follows.
    pub const CLOSING: u32 = 1 << 31;

    /// What the connection waits for before it sends more: one number of two bits.
    pub(super) const SEND_WAIT: u32 = BLOCKED | HELD;
}

/// A connection and its socket.
pub struct Live {
    pub conn: Conn,
    /// [`Key::NONE`] once the socket is closed.
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

/// With its driver entry of 16 octets and its timer of 12, an idle connection costs about 224 octets.
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
        match self.word & flag::SEND_WAIT {
            0 => SendWait::Nothing,
            flag::SEND_WAIT => SendWait::Turn,
            flag::HELD => SendWait::Held,
            _ => SendWait::Room,
        }
    }

    #[inline]
    pub fn set_send_wait(&mut self, wait: SendWait) {
        let waits = match wait {
            SendWait::Nothing => 0,
            SendWait::Room => flag::BLOCKED,
            SendWait::Held => flag::HELD,
            SendWait::Turn => flag::SEND_WAIT,
        };
        self.word = self.word & !flag::SEND_WAIT | waits;
    }

    #[inline]
    pub fn generation(&self) -> u32 {
        self.word & LAST_GENERATION
    }
}
