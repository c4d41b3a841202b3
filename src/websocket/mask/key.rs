//! The masking key, rotated to an offset.

use crate::narrow::{low_half, place};

/// Four octets, the first one lowest.
#[derive(Clone, Copy)]
pub(super) struct Key(u32);

impl Key {
    #[inline(always)]
    pub const fn new(octets: [u8; 4]) -> Self {
        Self(u32::from_le_bytes(octets))
    }

    /// The key `offset` octets further on. (A 64-bit shift; a 32-bit rotation is slow on some processors.)
    #[inline(always)]
    pub const fn at(self, offset: u64) -> Self {
        Self(low_half(self.twice() >> (offset % 4 * 8)))
    }

    #[inline(always)]
    pub const fn octets(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }

    /// The key twice.
    #[inline(always)]
    pub const fn word(self) -> [u8; 8] {
        self.twice().to_le_bytes()
    }

    /// The key twice, `offset` octets further on.
    #[inline(always)]
    pub const fn word_at(self, offset: usize) -> [u8; 8] {
        self.twice().rotate_right(place(offset % 4 * 8)).to_le_bytes()
    }

    #[inline(always)]
    const fn twice(self) -> u64 {
        (self.0 as u64) << 32 | self.0 as u64
    }
}
