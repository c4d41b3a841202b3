//! What is known of the slots: the first of the subscriptions of each, how many it has, and what they take.

use super::arena::NONE;
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// How many slots are known together; others in between that never subscribe cost 12 octets each.
const GROUP: u32 = 64;

/// The subscriptions of a slot.
#[derive(Clone, Copy)]
pub struct Subscriber {
    pub first: u32,
    pub count: u32,
    /// Octets of the topics that it is the first subscriber of, names and all; beyond 4 GiB they begin at zero again.
    pub topics: u32,
}

impl Subscriber {
    /// Hears a topic of so many octets first.
    pub fn take_on(&mut self, octets: u32) {
        self.topics = self.topics.wrapping_add(octets);
    }

    /// Does so no more.
    pub fn let_go(&mut self, octets: u32) {
        self.topics = self.topics.wrapping_sub(octets);
    }
}

/// A slot without one.
const NOBODY: Subscriber = Subscriber { first: NONE, count: 0, topics: 0 };

/// The slots. A group without a subscriber so far has no memory.
pub struct Subscribers {
    groups: Vec<Vec<Subscriber>>,
    heap: Heap,
}

impl Subscribers {
    pub fn new(heap: &Heap) -> Self {
        Self { groups: Vec::new_in(heap.clone()), heap: heap.clone() }
    }

    /// What a slot has.
    pub fn get(&self, slot: u32) -> Subscriber {
        let group = self.groups.get((slot / GROUP) as usize);
        group.and_then(|group| group.get((slot % GROUP) as usize)).copied().unwrap_or(NOBODY)
    }

    /// Makes room for what a slot has. Fails with `Nomem`.
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

    /// The same, to be changed; there must be room for it.
    pub fn get_mut(&mut self, slot: u32) -> &mut Subscriber {
        &mut self.groups[(slot / GROUP) as usize][(slot % GROUP) as usize]
    }

    /// Gives all memory back; nobody has anything then.
    pub fn clear(&mut self) {
        *self = Self::new(&self.heap);
    }
}
