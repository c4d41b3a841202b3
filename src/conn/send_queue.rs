//! The output of a connection: a chain of blocks whose octets stay in place until they are sent.
//!
//! It returns pieces in order, stops before a file, and stores lent pieces until their release is reported. Knows no
//! protocol, transport or clock. A queue of plaintext may also count the octets of another queue, of TLS records, so
//! that marks, clocks and closing need not know TLS.

mod chain;
mod marks;
mod piece;
mod released;
mod staged;
#[cfg(all(test, feature = "deflate"))]
mod tests;

pub use piece::Piece;
pub use staged::Staged;

use super::workspace::{Block, Blocks, File, Index, Lent, NONE};
use crate::error::Error;
use chain::Chain;
use marks::Marks;
use released::Released;

/// Blocks: appended at the tail, sent from the head.
pub struct SendQueue {
    chain: Chain,
    /// Lent blocks no longer needed and not yet reported.
    released: Released,
    marks: Marks,
    queued: usize,
}

impl SendQueue {
    pub const fn new() -> Self {
        Self { chain: Chain::EMPTY, released: Released::NONE, marks: Marks::NONE, queued: 0 }
    }

    /// Whether it has no special state, only octets to send.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.marks.are_none()
    }

    /// Octets queued and not yet sent.
    #[inline]
    pub fn queued(&self) -> usize {
        self.queued
    }

    /// Memory of the blocks in the queue, without lent octets.
    pub fn memory(&self, blocks: &Blocks) -> usize {
        self.chain.memory(blocks)
    }

    /// Adds room for exactly `len` octets in one stretch. It is not initialised: write all of it. On failure nothing
    /// has changed.
    #[inline(always)]
    pub fn extend<'a>(&mut self, blocks: &'a mut Blocks, len: usize) -> Result<&'a mut [u8], Error> {
        let Some(tail) = blocks.find(self.chain.tail()) else {
            let (index, block) = blocks.take(len)?;
            (self.chain, self.queued) = (Chain::of(index), self.queued + len);
            return Ok(block.extend(len));
        };
        if tail.room() < len {
            let (index, _) = blocks.take(len)?;
            self.chain.push(blocks, index);
        }
        let room = blocks.get_mut(self.chain.tail()).extend(len);
        self.queued += len;
        Ok(room)
    }

    /// Removes the last `len` octets of [`SendQueue::extend`]; no output was given out since.
    pub fn retract(&mut self, blocks: &mut Blocks, len: usize) {
        self.queued -= len;
        blocks.get_mut(self.chain.tail()).retract(len);
        if self.queued == 0 {
            self.sent(blocks, 0);
        }
    }

    /// The last `len` octets of [`SendQueue::extend`]; no output was given out since.
    #[cfg(feature = "deflate")]
    pub fn last_mut<'a>(&self, blocks: &'a mut Blocks, len: usize) -> &'a mut [u8] {
        blocks.get_mut(self.chain.tail()).last_mut(len)
    }

    /// The last block, for [`SendQueue::shrink_tail`].
    #[cfg(feature = "deflate")]
    pub fn tail(&self) -> Index {
        self.chain.tail()
    }

    /// Moves octets written after the block `before` into that block, or into one of their size. The queue is limited
    /// by its octets; without this, a peer that causes little data in large rooms could make its memory as large as the
    /// rooms. No output was given out since `before` was the last block.
    #[cfg(feature = "deflate")]
    pub fn shrink_tail(&mut self, blocks: &mut Blocks, before: Index) {
        self.chain.shrink_tail(blocks, before);
    }

    /// Appends a copy of `content`, all or nothing.
    pub fn append(&mut self, blocks: &mut Blocks, content: &[u8]) -> Result<(), Error> {
        if !content.is_empty() {
            self.extend(blocks, content.len())?.copy_from_slice(content);
        }
        Ok(())
    }

    /// Appends octets owned by the caller until they are released.
    pub fn lend(&mut self, blocks: &mut Blocks, lent: Lent) -> Result<(), Error> {
        let index = blocks.lend(lent)?;
        self.attach(blocks, index);
        Ok(())
    }

    /// Appends an existing block.
    pub fn attach(&mut self, blocks: &mut Blocks, index: Index) {
        let len = blocks.get(index).len();
        self.chain.push(blocks, index);
        self.queued += len;
        if len == 0 {
            self.sent(blocks, 0);
        }
    }

    /// Passes the unsent pieces to `each` in order, until it returns `false` or up to a file.
    #[inline(always)]
    pub fn pieces<'a>(&self, blocks: &'a Blocks, each: impl FnMut(Piece<'a>) -> bool) {
        if !self.marks.is_abandoned() {
            self.chain.pieces(blocks, each);
        }
    }

    /// The whole queue, if it is one stretch of the workspace's, as usual.
    #[inline(always)]
    pub fn only_piece<'a>(&self, blocks: &'a Blocks) -> Option<&'a [u8]> {
        if self.marks.is_abandoned() { None } else { self.chain.only_owned(blocks).map(Block::unsent) }
    }

    /// Whether it is one such stretch.
    #[inline(always)]
    pub fn has_only_piece(&self, blocks: &Blocks) -> bool {
        !self.marks.is_abandoned() && self.chain.only_owned(blocks).is_some()
    }

    /// That stretch was sent.
    #[inline(always)]
    pub fn sent_only_piece(&mut self, blocks: &mut Blocks) {
        blocks.give_back(self.chain.head());
        (self.chain, self.queued) = (Chain::EMPTY, 0);
    }

    /// The unsent part of the file at the front.
    pub fn file(&self, blocks: &Blocks) -> Option<File> {
        if self.marks.is_abandoned() { None } else { self.chain.file(blocks) }
    }

    /// Replaces the next octets of the file at the front by this block. The file is released after it.
    pub fn supply(&mut self, blocks: &mut Blocks, index: Index) {
        let len = blocks.get(index).len();
        blocks.get_mut(self.chain.head()).sent += len;
        self.chain.push_front(blocks, index);
    }

    /// The first `n` queued octets were sent, at most [`SendQueue::queued`].
    #[inline(always)]
    pub fn sent(&mut self, blocks: &mut Blocks, mut n: usize) {
        self.queued -= n;
        while self.chain.head() != NONE {
            let block = blocks.get_mut(self.chain.head());
            let unsent = block.len() - block.sent;
            if n < unsent {
                block.sent += n;
                return;
            }
            n -= unsent;
            self.unlink(blocks);
        }
    }

    #[inline(always)]
    fn unlink(&mut self, blocks: &mut Blocks) {
        let index = self.chain.pop(blocks);
        if blocks.get(index).lent.is_none() {
            return blocks.give_back(index);
        }
        self.released.push(blocks, index);
        self.marks.set_released(true);
    }

    /// The other queue had `before` octets, and has `now`.
    #[cfg(feature = "tls")]
    pub fn recount(&mut self, before: usize, now: usize) {
        self.queued = self.queued + now - before;
    }

    /// Whether a write was refused and a "writable" event is due, or a Pong waits.
    #[inline(always)]
    pub fn was_refused(&self) -> bool {
        self.marks.was_refused()
    }

    /// Records whether a write was refused.
    #[inline]
    pub fn note_refusal(&mut self, refused: bool) {
        self.marks.note_refusal(refused);
    }

    /// A Pong waits for room.
    #[cold]
    pub fn expect_room(&mut self) {
        self.marks.expect_room();
    }

    /// There is room again. Returns whether a write was refused.
    #[cold]
    pub fn make_room(&mut self) -> bool {
        self.marks.make_room()
    }

    /// Gives out nothing more; blocks stay until [`SendQueue::clear`].
    pub fn abandon(&mut self) {
        self.queued = 0;
        self.marks.abandon();
    }

    /// The transport reads the shown octets from now on, or not any more.
    pub fn set_held(&mut self, held: bool) {
        self.marks.set_held(held);
    }

    /// Drops the whole queue, since the peer accepts no more. While the transport reads shown octets, the blocks stay,
    /// until the call is repeated.
    pub fn clear(&mut self, blocks: &mut Blocks) {
        if self.marks.is_held() {
            return self.abandon();
        }
        while self.chain.head() != NONE {
            self.unlink(blocks);
        }
        self.queued = 0;
        self.marks.forget_refusal();
    }

    /// A queue with only the releases of this one, which has nothing else left.
    pub fn take_released(&mut self) -> Self {
        debug_assert!(self.chain.head() == NONE && self.queued == 0, "the queue was cleared");
        let mut next = Self::new();
        next.released = core::mem::replace(&mut self.released, Released::NONE);
        next.marks.set_released(!next.released.is_empty());
        self.marks.set_released(false);
        next
    }

    /// Whether a release waits to be reported.
    #[inline(always)]
    pub fn has_released(&self) -> bool {
        self.marks.has_released()
    }

    /// The token of the next released piece.
    pub fn next_released(&mut self, blocks: &mut Blocks) -> Option<u64> {
        let token = self.released.pop(blocks);
        self.marks.set_released(!self.released.is_empty());
        token
    }
}
