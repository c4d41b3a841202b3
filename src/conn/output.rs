//! The output of one connection: a chain of blocks whose octets stay where they are until they are sent.

mod files;
mod marks;
mod piece;
#[cfg(feature = "tls")]
mod records;
mod released;
#[cfg(feature = "deflate")]
mod settle;
mod staged;

pub use piece::Piece;
pub use staged::Staged;

use super::workspace::{Blocks, Index, Lent, NONE, Place};
use crate::error::Error;
use marks::Marks;

/// A chain of blocks: appended at the tail, sent from the head.
pub struct Output {
    head: Index,
    tail: Index,
    /// The last of the lent blocks that are no longer needed and not yet reported.
    released: Index,
    marks: Marks,
    queued: usize,
}

impl Output {
    pub const fn new() -> Self {
        Self { head: NONE, tail: NONE, released: NONE, marks: Marks::NONE, queued: 0 }
    }

    /// Whether there is nothing about it but, perhaps, octets to be sent.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.marks.are_none()
    }

    /// Whether a write was refused and a "writable" event is due, or a Pong waits.
    #[inline(always)]
    pub fn was_refused(&self) -> bool {
        self.marks.refused
    }

    /// Octets queued and not yet sent.
    #[inline]
    pub fn queued(&self) -> usize {
        self.queued
    }

    /// Octets of memory of the blocks in the queue; what is lent is its owner's.
    pub fn memory(&self, blocks: &Blocks) -> usize {
        let (mut at, mut octets) = (self.head, 0);
        while at != NONE {
            let block = blocks.get(at);
            octets += block.size();
            at = block.next;
        }
        octets
    }

    /// Room for exactly `len` octets in one stretch, counted as queued. It holds anything: all of it is to be written. On
    /// failure nothing has changed.
    #[inline(always)]
    pub fn extend<'a>(&mut self, blocks: &'a mut Blocks, len: usize) -> Result<&'a mut [u8], Error> {
        if self.tail == NONE {
            let (index, block) = blocks.take(len)?;
            (self.head, self.tail) = (index, index);
            self.queued += len;
            return Ok(block.extend(len));
        }
        if blocks.get(self.tail).room() < len {
            let (index, _) = blocks.take(len)?;
            self.link(blocks, index);
        }
        self.queued += len;
        Ok(blocks.get_mut(self.tail).extend(len))
    }

    /// Takes the last `len` octets back that [`Output::extend`] gave; nothing was shown since.
    #[cfg(any(feature = "deflate", feature = "tls"))]
    pub fn retract(&mut self, blocks: &mut Blocks, len: usize) {
        self.queued -= len;
        blocks.get_mut(self.tail).retract(len);
        if self.queued == 0 {
            self.sent(blocks, 0);
        }
    }

    /// Appends a copy of `content` behind the last stretch, all or nothing.
    pub fn append(&mut self, blocks: &mut Blocks, content: &[u8]) -> Result<(), Error> {
        if !content.is_empty() {
            self.extend(blocks, content.len())?.copy_from_slice(content);
        }
        Ok(())
    }

    /// Appends octets that stay the caller's until they are released.
    pub fn lend(&mut self, blocks: &mut Blocks, lent: Lent) -> Result<(), Error> {
        let index = blocks.lend(lent)?;
        self.attach(blocks, index);
        Ok(())
    }

    /// Appends a block that was made before.
    pub fn attach(&mut self, blocks: &mut Blocks, index: Index) {
        let len = blocks.get(index).len();
        self.link(blocks, index);
        self.queued += len;
        if len == 0 {
            self.sent(blocks, 0);
        }
    }

    #[inline(always)]
    fn link(&mut self, blocks: &mut Blocks, index: Index) {
        match self.tail {
            NONE => self.head = index,
            tail => blocks.get_mut(tail).next = index,
        }
        self.tail = index;
    }

    /// Shows the unsent pieces in order until `each` answers `false`, or up to a file.
    #[inline(always)]
    pub fn pieces<'a>(&self, blocks: &'a Blocks, mut each: impl FnMut(Piece<'a>) -> bool) {
        let mut at = if self.marks.abandoned { NONE } else { self.head };
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

    /// The whole queue, when it is one stretch of the workspace's, as it nearly always is.
    #[inline(always)]
    pub fn only_piece<'a>(&self, blocks: &'a Blocks) -> Option<&'a [u8]> {
        if self.head == NONE || self.head != self.tail || self.marks.abandoned {
            return None;
        }
        let block = blocks.get(self.head);
        if block.lent.is_none() { Some(block.unsent()) } else { None }
    }

    /// That stretch is with the kernel for good.
    #[inline(always)]
    pub fn sent_only_piece(&mut self, blocks: &mut Blocks) {
        blocks.give_back(self.head);
        (self.head, self.tail, self.queued) = (NONE, NONE, 0);
    }

    /// The first `n` queued octets are with the kernel for good. `n` is at most [`Output::queued`].
    #[inline(always)]
    pub fn sent(&mut self, blocks: &mut Blocks, mut n: usize) {
        self.queued -= n;
        while self.head != NONE {
            let block = blocks.get_mut(self.head);
            let unsent = block.len() - block.sent;
            if n < unsent {
                block.sent += n;
                return;
            }
            n -= unsent;
            self.unlink(blocks);
        }
    }

    /// A write is refused for want of room.
    #[cold]
    pub fn refuse(&mut self) {
        (self.marks.refused, self.marks.is_pong) = (true, false);
    }

    /// A write may have been refused, whatever waits besides.
    #[inline]
    pub fn note_refusal(&mut self, refused: bool) {
        self.marks.refused |= refused;
    }

    /// A Pong waits for room.
    #[cold]
    pub fn expect_room(&mut self) {
        self.marks.is_pong |= !self.marks.refused;
        self.marks.refused = true;
    }

    /// There is room again; whether a write was refused.
    #[cold]
    pub fn make_room(&mut self) -> bool {
        self.marks.refused = false;
        !core::mem::replace(&mut self.marks.is_pong, false)
    }

    /// Shows nothing any more; blocks keep their place until [`Output::clear`].
    pub fn abandon(&mut self) {
        self.queued = 0;
        self.marks.refused = false;
        self.marks.abandoned = true;
    }

    /// Gives the whole queue up: the peer will take no more, and nobody reads the blocks.
    pub fn clear(&mut self, blocks: &mut Blocks) {
        while self.head != NONE {
            self.unlink(blocks);
        }
        self.queued = 0;
        self.marks.refused = false;
    }

    #[inline(always)]
    fn unlink(&mut self, blocks: &mut Blocks) {
        let index = self.head;
        let block = blocks.get_mut(index);
        self.head = block.next;
        if self.head == NONE {
            self.tail = NONE;
        }
        match block.lent {
            None => blocks.give_back(index),
            Some(_) => self.keep_released(blocks, index),
        }
    }
}
