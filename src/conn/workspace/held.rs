//! Held bytes: what a connection keeps of a lend that it could not use up, and the budget all of them share.

use super::pool::{Index, Pool};
use crate::error::Error;
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::narrow::PLACE_MAX;

/// The least room of a held buffer; a small head that came in two pieces fits.
const LEAST: usize = 1024;
/// Buffers of at most this size keep their memory when they are free, at most [`SPARE`] of them.
const KEPT: usize = 4096;
const SPARE: usize = 64;

/// The held bytes of all connections of a workspace.
pub struct HeldPool {
    pool: Pool<Vec<u8>>,
    heap: Heap,
    total: usize,
    max: usize,
}

impl HeldPool {
    pub fn new(heap: &Heap, max: usize) -> Self {
        Self { pool: Pool::new(heap), heap: heap.clone(), total: 0, max }
    }

    /// An empty buffer.
    pub fn take(&mut self) -> Result<Index, Error> {
        let index = self.pool.take(|| Vec::new_in(self.heap.clone()))?;
        self.pool.ready(index, |buffer| buffer.try_reserve_exact(LEAST).map_err(|_| NO_MEMORY))?;
        self.total += self.pool.get(index).capacity();
        Ok(index)
    }

    /// Appends `bytes`, up to the last place; on failure nothing was appended.
    pub fn append(&mut self, index: Index, bytes: &[u8]) -> Result<(), Error> {
        let buffer = self.pool.get_mut(index);
        if buffer.len() + bytes.len() > PLACE_MAX {
            return Err(NO_MEMORY);
        }
        let before = buffer.capacity();
        buffer.try_reserve(bytes.len()).map_err(|_| NO_MEMORY)?;
        let start = buffer.len();
        buffer.resize(start + bytes.len(), 0);
        buffer[start..].copy_from_slice(bytes);
        self.total += buffer.capacity() - before;
        Ok(())
    }

    /// Gives a buffer back.
    pub fn give_back(&mut self, index: Index) {
        let is_enough = self.pool.spare() >= SPARE;
        let buffer = self.pool.get_mut(index);
        self.total -= buffer.capacity();
        if is_enough || buffer.capacity() > KEPT {
            *buffer = Vec::new_in(self.heap.clone());
        }
        buffer.clear();
        self.pool.give_back(index);
    }

    /// How many buffers are in use.
    pub fn taken(&self) -> usize {
        self.pool.taken()
    }

    #[inline]
    pub fn get(&self, index: Index) -> &Vec<u8> {
        self.pool.get(index)
    }

    #[inline]
    pub fn get_mut(&mut self, index: Index) -> &mut Vec<u8> {
        self.pool.get_mut(index)
    }

    /// Whether the shared budget is used up: connections then stop reading.
    #[inline]
    pub fn is_over(&self) -> bool {
        self.total > self.max
    }
}
