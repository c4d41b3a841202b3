//! The last inflated octets: the window that must survive the end of a data set.

use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// The largest window (RFC 1951 §2).
const WINDOW: usize = 1 << 15;

/// A ring of the last [`WINDOW`] octets.
pub(super) struct History {
    /// Grows to the full window, then wraps. The memory is reserved at once and touched as it is used.
    octets: Vec<u8>,
    /// Index of the oldest octet, once the ring is full.
    oldest: usize,
}

impl History {
    /// Memory used, in octets.
    pub const MEMORY: usize = WINDOW;

    pub fn new(heap: &Heap) -> Result<Self, Error> {
        let mut octets = Vec::new_in(heap.clone());
        octets.try_reserve_exact(WINDOW).map_err(|_| NO_MEMORY)?;
        Ok(Self { octets, oldest: 0 })
    }

    pub fn clear(&mut self) {
        self.octets.clear();
        self.oldest = 0;
    }

    /// Records inflated octets.
    #[inline]
    pub fn push(&mut self, octets: &[u8]) {
        let octets = &octets[octets.len().saturating_sub(WINDOW)..];
        let start = self.octets.len();
        let (first, rest) = octets.split_at(octets.len().min(WINDOW - start));
        // A fill and a copy: `extend_from_slice` of this vector copies octet by octet.
        self.octets.resize(start + first.len(), 0);
        self.octets[start..].copy_from_slice(first);
        if !rest.is_empty() {
            self.write_over(rest);
        }
    }

    /// At most [`WINDOW`] octets.
    fn write_over(&mut self, octets: &[u8]) {
        let (first, rest) = octets.split_at(octets.len().min(WINDOW - self.oldest));
        self.octets[self.oldest..][..first.len()].copy_from_slice(first);
        self.octets[..rest.len()].copy_from_slice(rest);
        self.oldest = (self.oldest + octets.len()) % WINDOW;
    }

    /// All octets in order, in two stretches.
    pub fn stretches(&self) -> [&[u8]; 2] {
        let (newer, older) = self.octets.split_at(self.oldest);
        [older, newer]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws_pmd_04_the_last_octets_are_kept_in_order() {
        let all: std::vec::Vec<u8> = (0..3 * WINDOW).map(|at| (at * 31 % 251) as u8).collect();
        for step in [1, 7, 1000, WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW + 5] {
            let mut history = History::new(&Heap::new(1 << 20)).unwrap();
            let mut end = 0;
            for piece in all.chunks(step) {
                history.push(piece);
                end += piece.len();
                if step > 1 || end % 4099 == 0 {
                    let expected = &all[end.saturating_sub(WINDOW)..end];
                    assert_eq!(history.stretches().concat(), expected, "{step} {end}");
                }
            }
            history.clear();
            assert_eq!(history.stretches().concat(), b"");
        }
    }
}
