//! Output blocks: octets whose address does not change from the moment they are written until they are sent.
//!
//! A block is filled within its first allocation and never grows, so the kernel may hold it. Blocks of the ordinary size
//! are kept for the next response when they have been sent.

use super::arena::{Arena, Index, NONE};
use crate::error::Error;
use crate::memory::{Heap, Vec};

/// The ordinary size: some thirty small responses.
pub const BLOCK: usize = 4096;
/// Blocks of the ordinary size kept when they are free.
const SPARE: usize = 64;

/// What a block carries.
pub enum Payload {
    /// Octets of the workspace.
    Owned(Vec<u8>),
    /// Octets the caller lent: an address and a length that only the outer layers can turn back into a slice.
    Lent { address: usize, len: usize, token: u64 },
}

/// One piece of a connection's output.
pub struct Block {
    pub payload: Payload,
    /// Octets already sent.
    pub sent: usize,
    pub next: Index,
}

impl Block {
    /// Octets in the block, sent ones included.
    pub fn len(&self) -> usize {
        match &self.payload {
            Payload::Owned(bytes) => bytes.len(),
            Payload::Lent { len, .. } => *len,
        }
    }

    /// Octets that can still be appended in place.
    pub fn room(&self) -> usize {
        match &self.payload {
            Payload::Owned(bytes) => bytes.capacity() - bytes.len(),
            Payload::Lent { .. } => 0,
        }
    }
}

/// All blocks of a workspace.
pub struct Blocks {
    arena: Arena<Block>,
    spare: Vec<Vec<u8>>,
    heap: Heap,
}

impl Blocks {
    pub fn new(heap: &Heap) -> Self {
        Self { arena: Arena::new(heap), spare: Vec::new_in(heap.clone()), heap: heap.clone() }
    }

    /// An empty block with room for at least `room` octets.
    pub fn take(&mut self, room: usize) -> Result<Index, Error> {
        let bytes = match self.spare.pop() {
            Some(bytes) if room <= BLOCK => bytes,
            other => {
                self.spare.extend(other);
                self.heap.vec(room.max(BLOCK))?
            }
        };
        self.arena.insert(Block { payload: Payload::Owned(bytes), sent: 0, next: NONE })
    }

    /// A block that holds a copy of a few octets.
    pub fn copy(&mut self, octets: &[u8]) -> Result<Index, Error> {
        let index = self.take(octets.len())?;
        if let Payload::Owned(bytes) = &mut self.arena.get_mut(index).payload {
            bytes.extend_from_slice(octets);
        }
        Ok(index)
    }

    /// A block that names octets of the caller's.
    pub fn lend(&mut self, address: usize, len: usize, token: u64) -> Result<Index, Error> {
        self.arena.insert(Block { payload: Payload::Lent { address, len, token }, sent: 0, next: NONE })
    }

    /// Gives a block back; its memory is kept for the next one when it is of the ordinary size.
    pub fn give_back(&mut self, index: Index) {
        if let Payload::Owned(mut bytes) = self.arena.remove(index).payload
            && bytes.capacity() == BLOCK
            && self.spare.len() < SPARE
            && self.spare.try_reserve(1).is_ok()
        {
            bytes.clear();
            self.spare.push(bytes);
        }
    }

    pub fn get(&self, index: Index) -> &Block {
        self.arena.get(index)
    }

    pub fn get_mut(&mut self, index: Index) -> &mut Block {
        self.arena.get_mut(index)
    }
}
