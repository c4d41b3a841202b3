//! Held bytes: what a connection keeps of a lend that it could not use up, and the budget all of them share.

use super::arena::{Arena, Index};
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// The least room of a held buffer; a small head that came in two pieces fits.
const LEAST: usize = 1024;
/// Buffers of at most this size are kept when they are free.
const KEPT: usize = 4096;
const SPARE: usize = 64;

/// The held bytes of all connections of a workspace.
pub struct HeldPool {
    arena: Arena<Vec<u8>>,
    spare: Vec<Vec<u8>>,
    heap: Heap,
    total: usize,
    max: usize,
}

impl HeldPool {
    pub fn new(heap: &Heap, max: usize) -> Self {
        Self { arena: Arena::new(heap), spare: Vec::new_in(heap.clone()), heap: heap.clone(), total: 0, max }
    }

    /// An empty buffer.
    pub fn take(&mut self) -> Result<Index, Error> {
        let buffer = match self.spare.pop() {
            Some(buffer) => buffer,
            None => self.heap.vec(LEAST)?,
        };
        let capacity = buffer.capacity();
        let index = self.arena.insert(buffer)?;
        self.total += capacity;
        Ok(index)
    }

    /// Appends `bytes`; on failure nothing was appended.
    pub fn append(&mut self, index: Index, bytes: &[u8]) -> Result<(), Error> {
        let buffer = self.arena.get_mut(index);
        let before = buffer.capacity();
        buffer.try_reserve(bytes.len()).map_err(|_| NO_MEMORY)?;
        buffer.extend_from_slice(bytes);
        self.total += buffer.capacity() - before;
        Ok(())
    }

    /// Gives a buffer back.
    pub fn give_back(&mut self, index: Index) {
        let mut buffer = self.arena.remove(index);
        self.total -= buffer.capacity();
        if buffer.capacity() <= KEPT && self.spare.len() < SPARE && self.spare.try_reserve(1).is_ok() {
            buffer.clear();
            self.spare.push(buffer);
        }
    }

    pub fn get(&self, index: Index) -> &Vec<u8> {
        self.arena.get(index)
    }

    pub fn get_mut(&mut self, index: Index) -> &mut Vec<u8> {
        self.arena.get_mut(index)
    }

    /// Whether the shared budget is used up: connections then stop reading.
    pub fn is_over(&self) -> bool {
        self.total > self.max
    }
}
