//! The memory of an incomplete message that is to be delivered whole.
//!
//! A compressed message is inflated ahead of its end only in proportion to what its peer sent; the rest stays
//! compressed until the end arrives. So a few octets never occupy much memory (WS-PMD-07).

#[cfg(feature = "deflate")]
use super::scratch::STRETCH;
#[cfg(feature = "deflate")]
use crate::error::Error;
use crate::memory::{Heap, Vec};

/// Octets that any message may inflate ahead.
#[cfg(feature = "deflate")]
const SHARE: u64 = 512 << 10;
/// Additional octets per octet received. Text rarely compresses to less than a tenth.
#[cfg(feature = "deflate")]
const RATIO: u64 = 16;

/// The memory of a message besides its [`Scratch`](super::scratch::Scratch).
pub struct Unfinished {
    /// Compressed octets waiting for the end, and how many of them are inflated.
    deferred: Vec<u8>,
    #[cfg(feature = "deflate")]
    deferred_at: usize,
    /// Compressed octets received.
    #[cfg(feature = "deflate")]
    arrived: u64,
    /// Its share of the total.
    counted: usize,
    /// It was evicted.
    is_evicted: bool,
}

impl Unfinished {
    pub fn new(heap: &Heap) -> Self {
        Self {
            deferred: Vec::new_in(heap.clone()),
            #[cfg(feature = "deflate")]
            deferred_at: 0,
            #[cfg(feature = "deflate")]
            arrived: 0,
            counted: 0,
            is_evicted: false,
        }
    }

    /// Memory in octets.
    pub fn size(&self) -> usize {
        self.deferred.capacity()
    }

    /// Whether it was evicted.
    pub fn is_evicted(&self) -> bool {
        self.is_evicted
    }

    /// Sets its share of the total; returns the old one.
    pub fn count(&mut self, size: usize) -> usize {
        core::mem::replace(&mut self.counted, size)
    }

    /// Frees its memory.
    pub fn strip(&mut self) {
        *self = Self::new(self.deferred.allocator());
    }

    /// Evicts it.
    pub fn evict(&mut self) {
        self.strip();
        self.is_evicted = true;
    }
}

#[cfg(feature = "deflate")]
impl Unfinished {
    /// Compressed octets were received.
    pub fn on_received(&mut self, octets: usize) {
        self.arrived += octets as u64;
    }

    /// Whether another stretch may be inflated ahead, after `inflated` octets.
    pub fn may_inflate(&self, inflated: usize) -> bool {
        let earned = SHARE.saturating_add(self.arrived.saturating_mul(RATIO));
        self.deferred.is_empty() && (inflated + STRETCH) as u64 <= earned
    }

    /// Stores compressed octets for the end; `false` if there are too many. The limit is the message's `max`: content
    /// that inflates to no more is not longer compressed, except for blocks without content.
    pub fn defer(&mut self, octets: &[u8], max: u64) -> Result<bool, Error> {
        if (self.deferred.len() + octets.len()) as u64 > max {
            return Ok(false);
        }
        self.deferred.try_reserve(octets.len()).map_err(|_| crate::memory::NO_MEMORY)?;
        self.deferred.extend_from_slice(octets);
        Ok(true)
    }

    /// The stored octets not inflated yet.
    pub fn deferred(&self) -> &[u8] {
        &self.deferred[self.deferred_at..]
    }

    /// The first `len` of them were inflated.
    pub fn inflated(&mut self, len: usize) {
        self.deferred_at += len;
    }
}
