//! The subscriptions of each slot: the first, their number, and their memory.

use super::arena::NONE;
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// Slots per group; a slot in a group that never subscribes costs 12 octets.
const GROUP: u32 = 64;

/// The subscriptions of a slot.
#[derive(Clone, Copy)]
pub struct Subscriber {
    pub first: u32,
    pub count: u32,
    /// Octets of the topics charged to it, including names; wraps at 4 GiB.
    pub topics: u32,
}

impl Subscriber {
    /// Charges a topic.
    pub fn charge(&mut self, octets: u32) {
        self.topics = self.topics.wrapping_add(octets);
    }

    /// Ends the charge of a topic.
    pub fn refund(&mut self, octets: u32) {
        self.topics = self.topics.wrapping_sub(octets);
    }
}

/// A slot without subscriptions.
const NOBODY: Subscriber = Subscriber { first: NONE, count: 0, topics: 0 };

/// All slots. A group without subscribers has no memory.
pub struct Subscribers {
    groups: Vec<Vec<Subscriber>>,
    heap: Heap,
}

impl Subscribers {
    pub fn new(heap: &Heap) -> Self {
        Self { groups: Vec::new_in(heap.clone()), heap: heap.clone() }
    }

    /// The subscriptions of a slot.
    pub fn get(&self, slot: u32) -> Subscriber {
        let group = self.groups.get((slot / GROUP) as usize);
        group.and_then(|group| group.get((slot % GROUP) as usize)).copied().unwrap_or(NOBODY)
    }

    /// Allocates for a slot. Fails with `Nomem`.
    pub fn reserve(&mut self, slot: u32) -> Result<(), Error> {
        let at = (slot / GROUP) as usize;
        if at >= self.groups.len() {
            self.groups.try_reserve(at + 1 - self.groups.len()).map_err(|_| NO_MEMORY)?;
            let heap = &self.heap;
            self.groups.resize_with(at + 1, || Vec::new_in(heap.clone()));
        }
        let group = &mut self.groups[at];
        if group.is_empty() {
            group.try_reserve_exact(GROUP as usize).map_err(|_| NO_MEMORY)?;
            group.resize(GROUP as usize, NOBODY);
        }
        Ok(())
    }

    /// Mutable access; room must be reserved.
    pub fn get_mut(&mut self, slot: u32) -> &mut Subscriber {
        &mut self.groups[(slot / GROUP) as usize][(slot % GROUP) as usize]
    }

    /// Frees all memory; there are no subscriptions then.
    pub fn clear(&mut self) {
        *self = Self::new(&self.heap);
    }
}
