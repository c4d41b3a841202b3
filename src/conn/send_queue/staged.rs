//! Blocks taken before it is certain that they are queued.

use super::SendQueue;
use super::chain::Chain;
use crate::conn::workspace::{Blocks, Index, Lent, NONE};
use crate::error::Error;

/// Blocks in order, to be queued. Those not queued are freed on drop, so that a write that fails halfway leaves nothing
/// behind.
pub struct Staged<'a> {
    blocks: &'a mut Blocks,
    chain: Chain,
}

impl<'a> Staged<'a> {
    pub fn new(blocks: &'a mut Blocks) -> Self {
        Self { blocks, chain: Chain::EMPTY }
    }

    /// The blocks, for queuing something else meanwhile.
    pub fn blocks(&mut self) -> &mut Blocks {
        self.blocks
    }

    /// Octets owned by the caller until they are released.
    pub fn lend(&mut self, lent: Lent) -> Result<(), Error> {
        let index = self.blocks.lend(lent)?;
        self.chain.push(self.blocks, index);
        Ok(())
    }

    /// A copy of a few octets.
    pub fn copy(&mut self, octets: &[u8]) -> Result<(), Error> {
        let index = self.blocks.copy(octets)?;
        self.chain.push(self.blocks, index);
        Ok(())
    }

    /// Up to `room` octets written by `write`, which returns their number.
    pub fn write(&mut self, room: usize, write: impl FnOnce(&mut [u8]) -> usize) -> Result<usize, Error> {
        let (index, _) = self.blocks.take(room)?;
        self.chain.push(self.blocks, index);
        let block = self.blocks.get_mut(index);
        let len = write(block.extend(room)).min(room);
        block.retract(room - len);
        Ok(len)
    }

    /// Removes the first block.
    fn pop(&mut self) -> Option<Index> {
        if self.chain.head() == NONE { None } else { Some(self.chain.pop(self.blocks)) }
    }

    /// Appends the blocks to a queue.
    pub fn commit(mut self, queue: &mut SendQueue) {
        while let Some(index) = self.pop() {
            queue.attach(self.blocks, index);
        }
    }

    /// Puts the only block in place of the next octets of the file at the front of a queue.
    pub fn supply(mut self, queue: &mut SendQueue) {
        if let Some(index) = self.pop() {
            queue.supply(self.blocks, index);
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
        let (mut blocks, mut queue) = (Blocks::new(&heap), SendQueue::new());
        let stage = |blocks: &mut Blocks, queue: Option<&mut SendQueue>| {
            let mut staged = Staged::new(blocks);
            staged.copy(b"one").unwrap();
            staged.lend(Lent { place: Place::Memory(1), len: 5, token: 7 }).unwrap();
            assert_eq!(staged.write(100, |room| room.len() / 2).unwrap(), 50);
            if let Some(queue) = queue {
                staged.commit(queue);
            }
        };
        stage(&mut blocks, None);
        let used = heap.used();
        for _ in 0..100 {
            stage(&mut blocks, None);
        }
        assert_eq!(heap.used(), used, "all of it was given back");
        stage(&mut blocks, Some(&mut queue));
        assert_eq!(queue.queued(), 58);
        queue.sent(&mut blocks, 58);
        assert_eq!(queue.next_released(&mut blocks), Some(7));
        assert_eq!(heap.used(), used);
    }
}
