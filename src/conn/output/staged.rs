//! Blocks that are taken before it is sure that they are queued.

use super::Output;
use crate::conn::workspace::{Blocks, Index, Lent, NONE};
use crate::error::Error;

/// Blocks in order, on their way into a queue. Those that do not get there go back when this is dropped, so that a write which fails
/// half-way leaves nothing behind.
pub struct Staged<'a> {
    blocks: &'a mut Blocks,
    head: Index,
    tail: Index,
}

impl<'a> Staged<'a> {
    pub fn new(blocks: &'a mut Blocks) -> Self {
        Self { blocks, head: NONE, tail: NONE }
    }

    /// The blocks, for what is queued itself meanwhile.
    pub fn blocks(&mut self) -> &mut Blocks {
        self.blocks
    }

    /// Octets that stay the caller's until they are released.
    pub fn lend(&mut self, lent: Lent) -> Result<(), Error> {
        let index = self.blocks.lend(lent)?;
        self.link(index);
        Ok(())
    }

    /// A copy of a few octets.
    pub fn copy(&mut self, octets: &[u8]) -> Result<(), Error> {
        let index = self.blocks.copy(octets)?;
        self.link(index);
        Ok(())
    }

    /// Up to `room` octets that `write` writes; it answers how many there are.
    pub fn write(&mut self, room: usize, write: impl FnOnce(&mut [u8]) -> usize) -> Result<usize, Error> {
        let (index, _) = self.blocks.take(room)?;
        self.link(index);
        let block = self.blocks.get_mut(index);
        let len = write(block.extend(room)).min(room);
        block.retract(room - len);
        Ok(len)
    }

    fn link(&mut self, index: Index) {
        match self.tail {
            NONE => self.head = index,
            tail => self.blocks.get_mut(tail).next = index,
        }
        self.tail = index;
    }

    /// Takes the first block out.
    fn pop(&mut self) -> Option<Index> {
        if self.head == NONE {
            return None;
        }
        let index = self.head;
        let block = self.blocks.get_mut(index);
        self.head = core::mem::replace(&mut block.next, NONE);
        Some(index)
    }

    /// Puts the blocks at the end of a queue.
    pub fn commit(mut self, output: &mut Output) {
        while let Some(index) = self.pop() {
            output.attach(self.blocks, index);
        }
    }

    /// Puts the only block, whose octets are the next ones of the file at the front of a queue, in their place.
    pub fn supply(mut self, output: &mut Output) {
        if let Some(index) = self.pop() {
            output.supply(self.blocks, index);
        }
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        while let Some(index) = self.pop() {
            self.blocks.give_back(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conn::workspace::Place;
    use crate::memory::Heap;

    #[test]
    fn what_is_not_queued_goes_back() {
        let heap = Heap::new(1 << 20);
        let (mut blocks, mut output) = (Blocks::new(&heap), Output::new());
        let stage = |blocks: &mut Blocks, output: Option<&mut Output>| {
            let mut staged = Staged::new(blocks);
            staged.copy(b"one").unwrap();
            staged.lend(Lent { place: Place::Memory(1), len: 5, token: 7 }).unwrap();
            assert_eq!(staged.write(100, |room| room.len() / 2).unwrap(), 50);
            if let Some(output) = output {
                staged.commit(output);
            }
        };
        stage(&mut blocks, None);
        let used = heap.used();
        for _ in 0..100 {
            stage(&mut blocks, None);
        }
        assert_eq!(heap.used(), used, "all of it was given back");
        stage(&mut blocks, Some(&mut output));
        assert_eq!(output.queued(), 58);
        output.sent(&mut blocks, 58);
        assert_eq!(output.next_released(&mut blocks), Some(7));
        assert_eq!(heap.used(), used);
    }
}
