//! Stretches of which less was written than there was room for.

use super::Output;
use crate::conn::workspace::{BLOCK, Blocks, Index, NONE};

impl Output {
    /// The last `len` octets that [`Output::extend`] gave; nothing was shown since.
    pub fn last_mut<'a>(&self, blocks: &'a mut Blocks, len: usize) -> &'a mut [u8] {
        blocks.get_mut(self.tail).last_mut(len)
    }

    /// Where the queue ends now, for [`Output::settle`].
    pub fn end(&self) -> Index {
        self.tail
    }

    /// Moves what was written behind `end` to where it takes no more memory than it must: into the block before, or one of its
    /// size. The queue is bounded by its octets; without this, a peer that has little written into much room could make it as
    /// large as the room. Nothing was shown since `end`.
    pub fn settle(&mut self, blocks: &mut Blocks, end: Index) {
        if self.tail == end || self.tail == NONE {
            return;
        }
        let (len, size) = (blocks.get(self.tail).len(), blocks.get(self.tail).size());
        if end != NONE && blocks.get(end).room() >= len {
            blocks.append_block(end, self.tail);
            blocks.give_back(self.tail);
            blocks.get_mut(end).next = NONE;
            self.tail = end;
        } else if size > 2 * len.max(BLOCK) {
            blocks.fit(self.tail);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conn::output::Piece;
    use crate::memory::Heap;

    /// Writes `octets` where there was room for 20,000.
    fn write(output: &mut Output, blocks: &mut Blocks, octets: &[u8]) {
        let end = output.end();
        output.extend(blocks, 20_000).unwrap()[..octets.len()].copy_from_slice(octets);
        output.retract(blocks, 20_000 - octets.len());
        output.settle(blocks, end);
    }

    fn pieces(output: &Output, blocks: &Blocks) -> Vec<Vec<u8>> {
        let mut pieces = Vec::new();
        output.pieces(blocks, |piece| {
            let Piece::Owned(octets) = piece else { panic!("nothing was lent") };
            pieces.push(octets.to_vec());
            true
        });
        pieces
    }

    #[test]
    fn ws_pmd_07_little_in_much_room_takes_little() {
        let heap = Heap::new(1 << 20);
        let (mut blocks, mut output) = (Blocks::new(&heap), Output::new());
        write(&mut output, &mut blocks, b"one");
        assert_eq!(blocks.get(output.end()).size(), BLOCK, "in a block of its size");
        write(&mut output, &mut blocks, b"two");
        assert_eq!(pieces(&output, &blocks), [b"onetwo"]);
        write(&mut output, &mut blocks, &[b'x'; 15_000]);
        write(&mut output, &mut blocks, b"");
        write(&mut output, &mut blocks, b"three");
        assert_eq!(pieces(&output, &blocks), [&b"onetwo"[..], &[&[b'x'; 15_000][..], b"three"].concat()]);
        assert!(heap.used() < 2 * 20_000 + 2 * BLOCK);
        assert_eq!(output.queued(), 15_011);
        output.sent(&mut blocks, 15_011);
        assert_eq!((output.queued(), output.end()), (0, NONE));
    }
}
