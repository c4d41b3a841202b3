//! A linked list of blocks.

use super::piece::Piece;
#[cfg(feature = "deflate")]
use crate::conn::workspace::BLOCK;
use crate::conn::workspace::{Block, Blocks, File, Index, Lent, NONE, Place};

/// The ends of a list; blocks link to the next one.
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

    /// The only block, if its octets are the workspace's.
    #[inline(always)]
    pub fn only_owned<'a>(&self, blocks: &'a Blocks) -> Option<&'a Block> {
        if self.head != self.tail {
            return None;
        }
        blocks.find(self.head).filter(|block| block.lent.is_none())
    }

    /// Appends a block.
    #[inline(always)]
    pub fn push(&mut self, blocks: &mut Blocks, index: Index) {
        match self.tail {
            NONE => self.head = index,
            tail => blocks.get_mut(tail).next = index,
        }
        self.tail = index;
    }

    /// Prepends a block to a non-empty list.
    pub fn push_front(&mut self, blocks: &mut Blocks, index: Index) {
        blocks.get_mut(index).next = self.head;
        self.head = index;
    }

    /// Removes the first block of a non-empty list.
    #[inline(always)]
    pub fn pop(&mut self, blocks: &mut Blocks) -> Index {
        let index = self.head;
        self.head = core::mem::replace(&mut blocks.get_mut(index).next, NONE);
        if self.head == NONE {
            self.tail = NONE;
        }
        index
    }

    /// Passes the unsent pieces to `each` in order, until it returns `false` or up to a file.
    #[inline(always)]
    pub fn pieces<'a>(&self, blocks: &'a Blocks, mut each: impl FnMut(Piece<'a>) -> bool) {
        let mut at = self.head;
        while at != NONE {
            let block = blocks.get(at);
            let goes_on = block.sent == block.len()
                || match block.lent {
                    None => each(Piece::Owned(block.unsent())),
                    Some(Lent { place: Place::Memory(address), len, .. }) => {
                        each(Piece::Lent(address + block.sent, len - block.sent))
                    }
                    Some(Lent { place: Place::File { .. }, .. }) => false,
                };
            if !goes_on {
                return;
            }
            at = block.next;
        }
    }

    /// The unsent part of the file at the front.
    pub fn file(&self, blocks: &Blocks) -> Option<File> {
        if self.head == NONE {
            return None;
        }
        let block = blocks.get(self.head);
        block.lent.and_then(|lent| lent.file(block.sent))
    }

    /// Memory of the blocks.
    pub fn memory(&self, blocks: &Blocks) -> usize {
        let (mut at, mut octets) = (self.head, 0);
        while at != NONE {
            let block = blocks.get(at);
            octets += block.size();
            at = block.next;
        }
        octets
    }

    /// Moves octets written after the block `before` into that block, or into one of their size.
    #[cfg(feature = "deflate")]
    pub fn shrink_tail(&mut self, blocks: &mut Blocks, before: Index) {
        let tail = self.tail;
        if tail == before || tail == NONE {
            return;
        }
        let (len, size) = (blocks.get(tail).len(), blocks.get(tail).size());
        if before != NONE && blocks.get(before).room() >= len {
            blocks.append_block(before, tail);
            blocks.give_back(tail);
            blocks.get_mut(before).next = NONE;
            self.tail = before;
        } else if size > 2 * len.max(BLOCK) {
            blocks.fit(tail);
        }
    }
}
