//! Derived octets: inflated, or assembled from parts.

use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::narrow::PLACE_MAX;

/// Maximum octets written at a time; a scratch of this size stays allocated when free.
pub const STRETCH: usize = 16 << 10;

/// A growing buffer. Its memory is initialised once, so writing need not zero it.
pub struct Scratch {
    memory: Vec<u8>,
    filled: usize,
}

impl Scratch {
    pub fn new(heap: &Heap) -> Self {
        Self { memory: Vec::new_in(heap.clone()), filled: 0 }
    }

    /// Its content.
    pub fn octets(&self) -> &[u8] {
        &self.memory[..self.filled]
    }

    /// Room for `len` octets after the content, which never exceeds `most`. They become content when
    /// [taken](Self::take). Fails beyond the last place.
    pub fn room(&mut self, len: usize, most: usize) -> Result<&mut [u8], Error> {
        let end = self.filled + len;
        if end > PLACE_MAX {
            return Err(NO_MEMORY);
        }
        if self.memory.capacity() < end {
            // By doubling, but not beyond what can arrive: peers control how often.
            let capacity = self.memory.capacity().saturating_mul(2).min(most).max(end);
            self.memory.try_reserve_exact(capacity - self.memory.len()).map_err(|_| NO_MEMORY)?;
        }
        if self.memory.len() < end {
            self.memory.resize(end, 0);
        }
        Ok(&mut self.memory[self.filled..end])
    }

    /// The first `len` octets of the room were written.
    pub fn take(&mut self, len: usize) {
        self.filled += len;
    }

    /// Appends a copy; the content never exceeds `most`.
    pub fn append(&mut self, octets: &[u8], most: usize) -> Result<(), Error> {
        self.room(octets.len(), most)?.copy_from_slice(octets);
        self.take(octets.len());
        Ok(())
    }

    /// Memory in octets.
    pub fn size(&self) -> usize {
        self.memory.capacity()
    }

    /// Empties it, if its content is no longer needed.
    #[inline]
    #[cfg(feature = "deflate")]
    pub fn empty_if(&mut self, is_over: bool) {
        if is_over {
            self.filled = 0;
        }
    }

    /// Empties it after use.
    #[inline]
    pub fn clear(&mut self) {
        self.filled = 0;
        if self.memory.capacity() > STRETCH {
            self.strip();
        }
    }

    /// Empties it and frees its memory.
    #[cold]
    pub fn strip(&mut self) {
        self.filled = 0;
        self.memory = Vec::new_in(self.memory.allocator().clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stripped_shows_nothing_and_may_be_filled_again() {
        let heap = Heap::new(1 << 20);
        let mut scratch = Scratch::new(&heap);
        scratch.append(b"evicted", 100).unwrap();
        scratch.strip();
        assert_eq!((scratch.octets(), scratch.size(), heap.used()), (&b""[..], 0, 0));
        scratch.append(b"next", 100).unwrap();
        assert_eq!(scratch.octets(), b"next");
    }
}
