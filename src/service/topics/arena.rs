//! Nodes with stable numbers; numbers of removed nodes are reused.

use super::chunks::Chunks;
use crate::error::Error;
use crate::memory::Heap;
use core::ops::{Index, IndexMut};

/// No node.
pub const NONE: u32 = u32::MAX;

/// The part of a node that belongs to its [`Arena`] and its [`Directory`](super::directory::Directory).
#[derive(Clone, Copy)]
pub struct Hook {
    /// Its hash in the directory.
    pub hash: u32,
    /// The next node of its bucket, or, once it is removed, the next free one.
    pub next: u32,
}

impl Hook {
    pub fn new(hash: u32) -> Self {
        Self { hash, next: NONE }
    }
}

/// A type with a [`Hook`].
pub trait Node {
    fn hook(&self) -> &Hook;
    fn hook_mut(&mut self) -> &mut Hook;
}

/// The nodes. A removed node stays in memory unchanged until it is reused, or until no node is left.
pub struct Arena<T> {
    nodes: Chunks<T>,
    free: u32,
    live: u32,
    /// Number of node accesses, to measure the cost of calls.
    #[cfg(test)]
    pub visits: core::cell::Cell<u64>,
}

impl<T: Node> Arena<T> {
    pub fn new(heap: &Heap) -> Self {
        Self {
            nodes: Chunks::new(heap),
            free: NONE,
            live: 0,
            #[cfg(test)]
            visits: Default::default(),
        }
    }

    /// How many nodes there are.
    pub fn live(&self) -> u32 {
        self.live
    }

    /// Makes room for one more. Fails with `Nomem`.
    pub fn reserve(&mut self) -> Result<(), Error> {
        if self.free == NONE { self.nodes.reserve() } else { Ok(()) }
    }

    /// Adds a node, for which room must be reserved; returns its number.
    pub fn insert(&mut self, node: T) -> u32 {
        self.live += 1;
        if self.free == NONE {
            self.nodes.push(node);
            return self.nodes.len() - 1;
        }
        let at = self.free;
        self.free = self[at].hook().next;
        self[at] = node;
        at
    }

    /// Frees the number of a node without references.
    pub fn remove(&mut self, at: u32) {
        self.live -= 1;
        self[at].hook_mut().next = self.free;
        self.free = at;
    }

    /// Frees all memory.
    pub fn clear(&mut self) {
        self.nodes.clear();
        (self.free, self.live) = (NONE, 0);
    }
}

impl<T> Index<u32> for Arena<T> {
    type Output = T;

    #[inline]
    fn index(&self, at: u32) -> &T {
        #[cfg(test)]
        self.visits.set(self.visits.get() + 1);
        &self.nodes[at]
    }
}

impl<T> IndexMut<u32> for Arena<T> {
    #[inline]
    fn index_mut(&mut self, at: u32) -> &mut T {
        #[cfg(test)]
        self.visits.set(self.visits.get() + 1);
        &mut self.nodes[at]
    }
}
