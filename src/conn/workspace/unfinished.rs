//! What an unfinished message holds that is to be delivered whole.
//!
//! Of a compressed message so much is inflated ahead of its end as its peer has earned by what it sent; the rest is kept as it came, and
//! inflated when the end is there. So a few octets never hold many (WS-PMD-07).

#[cfg(feature = "deflate")]
use super::scratch::STRETCH;
#[cfg(feature = "deflate")]
use crate::error::Error;
use crate::memory::{Heap, Vec};

/// Octets that any message may have inflated ahead of its end.
#[cfg(feature = "deflate")]
const SHARE: u64 = 512 << 10;
/// And for each octet of it that came. Text seldom compresses to less than a tenth.
#[cfg(feature = "deflate")]
const RATIO: u64 = 16;

/// What a message holds beside its [`Scratch`].
pub struct Unfinished {
    /// Compressed octets that wait for the end, and how many of them are inflated.
    packed: Vec<u8>,
    #[cfg(feature = "deflate")]
    packed_at: usize,
    /// Compressed octets that came.
    #[cfg(feature = "deflate")]
    arrived: u64,
    /// What of the total it is.
    counted: usize,
    /// It was given up for others.
    is_given_up: bool,
}

impl Unfinished {
    pub fn new(heap: &Heap) -> Self {
        Self {
            packed: Vec::new_in(heap.clone()),
            #[cfg(feature = "deflate")]
            packed_at: 0,
            #[cfg(feature = "deflate")]
            arrived: 0,
            counted: 0,
            is_given_up: false,
        }
    }

    /// Octets of memory.
    pub fn size(&self) -> usize {
        self.packed.capacity()
    }

    /// Whether it was given up for others.
    pub fn is_given_up(&self) -> bool {
        self.is_given_up
    }

    /// So much of the total it is now; how much it was.
    pub fn count(&mut self, size: usize) -> usize {
        core::mem::replace(&mut self.counted, size)
    }

    /// There is nothing of it.
    pub fn strip(&mut self) {
        *self = Self::new(self.packed.allocator());
    }

    /// It is given up for others.
    pub fn give_up(&mut self) {
        self.strip();
        self.is_given_up = true;
    }
}

#[cfg(feature = "deflate")]
impl Unfinished {
    /// So many compressed octets came.
    pub fn heard(&mut self, octets: usize) {
        self.arrived += octets as u64;
    }

    /// Whether another stretch may be inflated ahead, behind those that are.
    pub fn may_inflate(&self, inflated: usize) -> bool {
        let earned = SHARE.saturating_add(self.arrived.saturating_mul(RATIO));
        self.packed.is_empty() && (inflated + STRETCH) as u64 <= earned
    }

    /// Keeps compressed octets for the end. The caller bounds them by the `max` of a message: what inflates to no more is no longer,
    /// but for what says nothing; whether they were few enough.
    pub fn pack(&mut self, octets: &[u8], max: u64) -> Result<bool, Error> {
        if (self.packed.len() + octets.len()) as u64 > max {
            return Ok(false);
        }
        self.packed.try_reserve(octets.len()).map_err(|_| crate::memory::NO_MEMORY)?;
        self.packed.extend_from_slice(octets);
        Ok(true)
    }

    /// What of that is not inflated yet.
    pub fn packed(&self) -> &[u8] {
        &self.packed[self.packed_at..]
    }

    /// The first `len` octets of it are.
    pub fn unpacked(&mut self, len: usize) {
        self.packed_at += len;
    }
}
