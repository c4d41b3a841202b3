//! The key from where it is needed on.

use crate::narrow::{low_half, place};

/// Four octets that are repeated; the first is the lowest.
#[derive(Clone, Copy)]
pub(super) struct Key(u32);

impl Key {
    #[inline(always)]
    pub const fn new(octets: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(octets))
    }

    /// As it is `offset` octets further on. (A shift of two of them; a rotation of one is slow on some processors.)
    #[inline(always)]
    pub const fn at(self, offset: u64) -> Self {
        Self(low_half(self.twice() >> (offset % 4 * 8)))
    }

    #[inline(always)]
    pub const fn octets(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    /// Twice.
    #[inline(always)]
    pub const fn word(self) -> [u8; 8] {
        self.twice().to_le_bytes()
    }

    /// The same, `offset` octets further on.
    #[inline(always)]
    pub const fn word_at(self, offset: usize) -> [u8; 8] {
        self.twice().rotate_right(place(offset % 4 * 8)).to_le_bytes()
    }

    #[inline(always)]
    const fn twice(self) -> u64 {
        (self.0 as u64) << 32 | self.0 as u64
    }
}
