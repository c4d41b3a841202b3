//! The budget that all messages share which are to be delivered whole and whose end has not come.
//!
//! When it is used up, the largest holder pays: its parts are given up at once, and its connection learns it with the next part.

use super::pool::Index;
use super::ranks::Ranks;
use crate::error::Error;
use crate::memory::Heap;

/// What all of them hold.
pub struct MessageBudget {
    ranks: Ranks,
    total: usize,
    max: usize,
    given_up: u64,
}

impl MessageBudget {
    pub fn new(heap: &Heap, max: usize) -> Self {
        Self { ranks: Ranks::new(heap), total: 0, max, given_up: 0 }
    }

    /// From now on this much.
    pub fn limit(&mut self, max: usize) {
        self.max = max;
    }

    /// How many messages were given up so far.
    pub fn given_up(&self) -> u64 {
        self.given_up
    }

    /// Makes room to count another message.
    pub fn make_room(&mut self, index: Index) -> Result<(), Error> {
        self.ranks.make_room(index)
    }

    /// The message of a slab holds `size` octets now, and held `before`.
    pub fn count(&mut self, index: Index, before: usize, size: usize) {
        self.total = self.total - before + size;
        self.ranks.place(index, size);
    }

    /// The slab whose message is to be given up: that with the largest, where all of them hold too much.
    pub fn over(&self) -> Option<Index> {
        if self.total > self.max { self.ranks.largest(|_| true) } else { None }
    }

    /// The message of a slab, of which `counted` octets are counted, holds none any more.
    pub fn remove(&mut self, index: Index, counted: usize) {
        self.ranks.remove(index);
        self.total -= counted;
    }

    /// A message was given up.
    pub fn note_given_up(&mut self) {
        self.given_up += 1;
    }
}
