//! The names of a loop's sockets, which are never reused.

use crate::narrow::low_half;

/// A socket of an [`EventLoop`](super::EventLoop): its slot and the slot's use. [`SocketId::NONE`] is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SocketId(u64);

impl SocketId {
    /// No socket.
    pub const NONE: Self = Self(0);

    #[inline]
    pub(super) const fn new(slot: u32, generation: u32) -> Self {
        Self((generation as u64) << 32 | slot as u64)
    }

    /// The id as a number, for C.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The id with this number; a wrong number is the id of no socket.
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }

    #[inline]
    pub(super) const fn slot(self) -> u32 {
        low_half(self.0)
    }

    #[inline]
    pub(super) const fn generation(self) -> u32 {
        low_half(self.0 >> 32)
    }
}
