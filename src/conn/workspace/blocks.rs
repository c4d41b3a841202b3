//! Output blocks: octets that stay at one address from writing until they are sent.
//!
//! A block is filled within its first allocation and never grows, so the kernel may hold it. Sent blocks of the normal
//! size are cached, and so is some memory of larger ones.

use super::large::Large;
use super::lent::Lent;
use super::pool::{Index, NONE, Pool};
use crate::error::Error;
use crate::memory::{Heap, Vec};

/// The normal size: about thirty small responses.
pub const BLOCK: usize = 4096;
/// The size of cached record blocks: fits the longest TLS record.
#[cfg(feature = "tls")]
pub const RECORD: usize = (16 << 10) + 256;
/// Maximum number of free blocks with memory.
const FREE_MAX: usize = 64;

/// One piece of a connection's output.
pub struct Block {
    /// The memory, initialised once, so that appending need not zero it.
    memory: Vec<u8>,
    /// Octets in use; 0 in a lent block.
    filled: usize,
    /// The caller's octets, in a lent block.
    pub lent: Option<Lent>,
    /// Octets already sent.
    pub sent: usize,
    pub next: Index,
}

impl Block {
    fn new(heap: &Heap) -> Self {
        Self { memory: Vec::new_in(heap.clone()), filled: 0, lent: None, sent: 0, next: NONE }
    }

    /// Octets in the block, including sent ones.
    #[inline]
    pub fn len(&self) -> usize {
        self.lent.map_or(self.filled, |lent| lent.len)
    }

    /// Octets that can still be appended in place.
    #[inline]
    pub fn room(&self) -> usize {
        if self.lent.is_some() { 0 } else { self.memory.len() - self.filled }
    }

    /// Unsent octets of the workspace.
    #[inline]
    pub fn unsent(&self) -> &[u8] {
        &self.memory[self.sent..self.filled]
    }

    /// Adds the next `len` octets, at most [`Block::room`]. They are not initialised: write all of them.
    #[inline]
    pub fn extend(&mut self, len: usize) -> &mut [u8] {
        let start = self.filled;
        self.filled += len;
        &mut self.memory[start..start + len]
    }

    /// The last `len` octets in use.
    #[cfg(feature = "deflate")]
    pub fn last_mut(&mut self, len: usize) -> &mut [u8] {
        &mut self.memory[self.filled - len..self.filled]
    }

    /// Memory in octets.
    pub fn size(&self) -> usize {
        self.memory.len()
    }

    /// Removes the last `len` octets.
    pub fn retract(&mut self, len: usize) {
        self.filled -= len;
    }
}

/// All blocks of a workspace.
pub struct Blocks {
    pool: Pool<Block>,
    large: Large,
    heap: Heap,
    /// Maximum memory cached in a free block.
    kept: usize,
}

impl Blocks {
    pub fn new(heap: &Heap) -> Self {
        Self::keeping(heap, BLOCK)
    }

    /// Blocks that cache memory of up to `kept` octets.
    pub fn keeping(heap: &Heap, kept: usize) -> Self {
        Self { pool: Pool::new(heap), large: Large::new(heap, kept), heap: heap.clone(), kept }
    }

    /// An empty block with room for at least `room` octets.
    #[inline(always)]
    pub fn take(&mut self, room: usize) -> Result<(Index, &mut Block), Error> {
        let index = self.pool.take(|| Block::new(&self.heap))?;
        if self.pool.get(index).memory.len() < room.max(1) {
            return self.allocate_block(index, room.max(BLOCK));
        }
        Ok((index, self.pool.get_mut(index)))
    }

    /// Gives a block its memory; frees the block on failure.
    #[cold]
    #[inline(never)]
    fn allocate_block(&mut self, index: Index, size: usize) -> Result<(Index, &mut Block), Error> {
        let memory = self.memory(size).or_else(|error| self.memory_of_spare(size).ok_or(error));
        self.pool.ready(index, |block| memory.map(|memory| block.memory = memory))?;
        Ok((index, self.pool.get_mut(index)))
    }

    /// A small block uses a large one's memory only if there is nothing else.
    fn memory(&mut self, size: usize) -> Result<Vec<u8>, Error> {
        let kept = if size > self.kept { self.large.take(size) } else { None };
        if let Some(memory) = kept {
            return Ok(memory);
        }
        if size > self.kept {
            self.large.expect();
        }
        match self.heap.vec(size) {
            Ok(mut memory) => {
                memory.resize(size, 0);
                Ok(memory)
            }
            Err(error) => self.large.take(size).ok_or(error),
        }
    }

    /// The memory of a free block, if nothing else is available.
    fn memory_of_spare(&mut self, size: usize) -> Option<Vec<u8>> {
        let spare = self.pool.find_free(|block| block.memory.len() >= size)?;
        Some(core::mem::replace(&mut spare.memory, Vec::new_in(self.heap.clone())))
    }

    /// A block with a copy of a few octets.
    pub fn copy(&mut self, octets: &[u8]) -> Result<Index, Error> {
        let (index, block) = self.take(octets.len())?;
        block.extend(octets.len()).copy_from_slice(octets);
        Ok(index)
    }

    /// A block for octets of the caller.
    pub fn lend(&mut self, lent: Lent) -> Result<Index, Error> {
        let index = self.pool.take(|| Block::new(&self.heap))?;
        self.pool.get_mut(index).lent = Some(lent);
        Ok(index)
    }

    /// Appends the octets of the block `from` to the block `to`, which has room.
    #[cfg(feature = "deflate")]
    pub fn append_block(&mut self, to: Index, from: Index) {
        let len = self.pool.get(from).filled;
        let memory = self.exchange_memory(from, Vec::new_in(self.heap.clone()));
        self.pool.get_mut(to).extend(len).copy_from_slice(&memory[..len]);
        self.exchange_memory(from, memory);
    }

    /// Moves octets not given out yet to memory of their size. Without memory they stay in place.
    #[cfg(feature = "deflate")]
    pub fn fit(&mut self, index: Index) {
        let len = self.pool.get(index).filled;
        let Ok((spare, _)) = self.take(len) else { return };
        let mut memory = self.exchange_memory(spare, Vec::new_in(self.heap.clone()));
        memory[..len].copy_from_slice(&self.pool.get(index).memory[..len]);
        let large = self.exchange_memory(index, memory);
        self.exchange_memory(spare, large);
        self.give_back(spare);
    }

    #[cfg(feature = "deflate")]
    fn exchange_memory(&mut self, index: Index, memory: Vec<u8>) -> Vec<u8> {
        core::mem::replace(&mut self.pool.get_mut(index).memory, memory)
    }

    /// Frees a block; its memory is cached unless it is unusually large.
    #[inline(always)]
    pub fn give_back(&mut self, index: Index) {
        let is_enough = self.pool.spare() >= FREE_MAX;
        let block = self.pool.get_mut(index);
        (block.filled, block.lent, block.sent, block.next) = (0, None, 0, NONE);
        // A driver that still reads it finds out.
        #[cfg(feature = "fault")]
        block.memory.fill(0xdd);
        if is_enough || block.memory.len() > self.kept {
            self.strip(index);
        }
        self.pool.give_back(index);
    }

    /// Frees the memory of a block, or caches it for another large one.
    #[cold]
    #[inline(never)]
    fn strip(&mut self, index: Index) {
        let memory = core::mem::replace(&mut self.pool.get_mut(index).memory, Vec::new_in(self.heap.clone()));
        if memory.len() > self.kept {
            self.large.keep(memory);
        }
    }

    /// The number of blocks in use.
    pub fn taken(&self) -> usize {
        self.pool.taken()
    }

    /// The block, unless its index is `NONE`.
    #[inline(always)]
    pub fn find(&self, index: Index) -> Option<&Block> {
        self.pool.find(index)
    }

    #[inline]
    pub fn get(&self, index: Index) -> &Block {
        self.pool.get(index)
    }

    #[inline]
    pub fn get_mut(&mut self, index: Index) -> &mut Block {
        self.pool.get_mut(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: usize = 4 * BLOCK;

    #[test]
    fn memory_of_a_large_block_serves_the_next() {
        let heap = Heap::new(usize::MAX);
        let mut blocks = Blocks::new(&heap);
        let (first, _) = blocks.take(LARGE).unwrap();
        let (small, _) = blocks.take(1).unwrap();
        blocks.give_back(small);
        blocks.give_back(first);
        let used = heap.used();
        let (next, _) = blocks.take(LARGE - 1).unwrap();
        assert_eq!(blocks.get(next).room(), LARGE);
        assert_eq!(heap.used(), used, "nothing was allocated");
    }

    #[test]
    fn without_memory_a_small_block_takes_that_of_a_large_one() {
        let heap = Heap::new(1 << 16);
        let mut blocks = Blocks::new(&heap);
        let (large, _) = blocks.take(LARGE).unwrap();
        blocks.give_back(large);
        let _rest = heap.vec::<u8>((1 << 16) - heap.used()).unwrap();
        let (small, _) = blocks.take(1).unwrap();
        assert_eq!(blocks.get(small).room(), LARGE);
        assert!(blocks.take(1).is_err());
    }
}
