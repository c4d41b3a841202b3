//! Files in a queue: what comes before one is shown, and then the file itself is asked for.

use super::Output;
use crate::conn::workspace::{Blocks, File, Index, NONE};

impl Output {
    /// What is not sent of the file at the front.
    pub fn file(&self, blocks: &Blocks) -> Option<File> {
        if self.head == NONE || self.marks.abandoned {
            return None;
        }
        let block = blocks.get(self.head);
        block.lent.and_then(|lent| lent.file(block.sent))
    }

    /// The octets of this block are the next ones of the file at the front, which holds that many: they go in its place. It is
    /// released behind them.
    pub fn supply(&mut self, blocks: &mut Blocks, index: Index) {
        let len = blocks.get(index).len();
        blocks.get_mut(self.head).sent += len;
        blocks.get_mut(index).next = self.head;
        self.head = index;
    }
}
