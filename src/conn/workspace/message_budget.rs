//! The shared budget of incomplete messages that are to be delivered whole.
//!
//! When it is used up, the largest holder's parts are evicted at once, and its connection learns it with the next part.

use super::pool::Index;
use super::ranks::Ranks;
use crate::error::Error;
use crate::memory::Heap;

/// The memory of all incomplete messages.
pub struct MessageBudget {
    ranks: Ranks,
    total: usize,
    max: usize,
    evicted: u64,
}

impl MessageBudget {
    pub fn new(heap: &Heap, max: usize) -> Self {
        Self { ranks: Ranks::new(heap), total: 0, max, evicted: 0 }
    }

    /// Sets the limit.
    pub fn limit(&mut self, max: usize) {
        self.max = max;
    }

    /// Number of evictions.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }

    /// Reserves room to count another message.
    pub fn make_room(&mut self, index: Index) -> Result<(), Error> {
        self.ranks.make_room(index)
    }

    /// The message of a slab has `size` octets now, and had `before`.
    pub fn count(&mut self, index: Index, before: usize, size: usize) {
        self.total = self.total - before + size;
        self.ranks.place(index, size);
    }

    /// The slab of the largest message, if the total exceeds the limit.
    pub fn over(&self) -> Option<Index> {
        if self.total > self.max { self.ranks.largest(|_| true) } else { None }
    }

    /// The message of a slab, of which `counted` octets were counted, is empty.
    pub fn remove(&mut self, index: Index, counted: usize) {
        self.ranks.remove(index);
        self.total -= counted;
    }

    /// Counts an eviction.
    pub fn note_evicted(&mut self) {
        self.evicted += 1;
    }
}
