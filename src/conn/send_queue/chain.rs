//! Blocks one behind the other.

use crate::conn::workspace::{Blocks, Index, NONE};

/// The ends of a chain; the blocks name the next one themselves.
pub struct Chain {
    head: Index,
    tail: Index,
}

impl Chain {
    pub const EMPTY: Self = Self { head: NONE, tail: NONE };

    /// A chain of one block.
    #[inline(always)]
    pub fn of(index: Index) -> Self {
        Self { head: index, tail: index }
    }

    /// The first block, or `NONE`.
    #[inline(always)]
    pub fn head(&self) -> Index {
        self.head
    }

    /// The last block, or `NONE`.
    #[inline(always)]
    pub fn tail(&self) -> Index {
        self.tail
    }

    /// The only block.
    #[inline(always)]
    pub fn only(&self) -> Option<Index> {
        if self.head == NONE || self.head != self.tail { None } else { Some(self.head) }
    }

    /// Puts a block behind the last one.
    #[inline(always)]
    pub fn push(&mut self, blocks: &mut Blocks, index: Index) {
        match self.tail {
            NONE => self.head = index,
            tail => blocks.get_mut(tail).next = index,
        }
        self.tail = index;
    }

    /// Puts a block before the first one. There is one.
    pub fn push_front(&mut self, blocks: &mut Blocks, index: Index) {
        blocks.get_mut(index).next = self.head;
        self.head = index;
    }

    /// Takes the first block out. There is one.
    #[inline(always)]
    pub fn pop(&mut self, blocks: &mut Blocks) -> Index {
        let index = self.head;
        self.head = core::mem::replace(&mut blocks.get_mut(index).next, NONE);
        if self.head == NONE {
            self.tail = NONE;
        }
        index
    }

    /// Takes everything out behind `tail`, a block of this chain, which becomes the last one.
    #[cfg(feature = "deflate")]
    pub fn cut_behind(&mut self, blocks: &mut Blocks, tail: Index) {
        blocks.get_mut(tail).next = NONE;
        self.tail = tail;
    }
}
