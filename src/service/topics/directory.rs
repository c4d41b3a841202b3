//! A hash table by linear hashing; the nodes of a bucket are linked through their hooks.
//!
//! There are as many buckets as the maximum number of nodes so far. Each new node may add one bucket by splitting
//! another: no call ever rehashes everything.

use super::arena::{Arena, Hook, NONE, Node};
use super::chunks::Chunks;
use crate::error::Error;
use crate::memory::Heap;

/// The hash table of one [`Arena`].
pub struct Directory {
    /// The first node of each bucket.
    buckets: Chunks<u32>,
}

impl Directory {
    pub fn new(heap: &Heap) -> Self {
        Self { buckets: Chunks::new(heap) }
    }

    /// Makes room for one more node. Fails with `Nomem`.
    pub fn reserve(&mut self) -> Result<(), Error> {
        self.buckets.reserve()
    }

    /// The node with this hash for which `is` holds.
    pub fn find<T: Node>(&self, nodes: &Arena<T>, hash: u32, is: impl Fn(&T) -> bool) -> Option<u32> {
        if self.buckets.len() == 0 {
            return None;
        }
        let mut at = self.buckets[self.bucket(hash)];
        while at != NONE {
            let node = &nodes[at];
            if node.hook().hash == hash && is(node) {
                return Some(at);
            }
            at = node.hook().next;
        }
        None
    }

    /// Adds a node, for which there must be room.
    pub fn insert<T: Node>(&mut self, nodes: &mut Arena<T>, at: u32) {
        if self.buckets.len() < nodes.live() {
            self.split(nodes);
        }
        self.put(nodes, at);
    }

    /// Removes a node that is in it.
    pub fn remove<T: Node>(&mut self, nodes: &mut Arena<T>, at: u32) {
        let Hook { hash, next } = *nodes[at].hook();
        let bucket = self.bucket(hash);
        let first = self.buckets[bucket];
        if first == at {
            self.buckets[bucket] = next;
            return;
        }
        let mut before = first;
        loop {
            let hook = nodes[before].hook_mut();
            if hook.next == at {
                hook.next = next;
                return;
            }
            before = hook.next;
        }
    }

    /// Frees all memory.
    pub fn clear(&mut self) {
        self.buckets.clear();
    }

    /// Adds a bucket and moves the nodes that belong there.
    fn split<T: Node>(&mut self, nodes: &mut Arena<T>) {
        let new = self.buckets.len();
        self.buckets.push(NONE);
        if new == 0 {
            return;
        }
        let parent = new - (1 << new.ilog2());
        let mut at = core::mem::replace(&mut self.buckets[parent], NONE);
        while at != NONE {
            let next = nodes[at].hook().next;
            self.put(nodes, at);
            at = next;
        }
    }

    fn put<T: Node>(&mut self, nodes: &mut Arena<T>, at: u32) {
        let hook = nodes[at].hook_mut();
        let bucket = self.bucket(hook.hash);
        hook.next = core::mem::replace(&mut self.buckets[bucket], at);
    }

    /// The bucket of a hash: its lowest bits.
    fn bucket(&self, hash: u32) -> u32 {
        let len = self.buckets.len();
        let mask = len.next_power_of_two() - 1;
        let bucket = hash & mask;
        if bucket < len { bucket } else { hash & (mask >> 1) }
    }
}
