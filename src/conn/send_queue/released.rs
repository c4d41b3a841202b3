//! Lent pieces no longer needed, until that is reported.

use crate::conn::workspace::{Blocks, Index, NONE};

/// Released blocks in order of release, as a ring: the last one is followed by the first.
pub struct Released {
    last: Index,
}

impl Released {
    pub const NONE: Self = Self { last: NONE };

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.last == NONE
    }

    /// A lent block has left its queue.
    pub fn push(&mut self, blocks: &mut Blocks, index: Index) {
        let first = if self.last == NONE { index } else { blocks.get(self.last).next };
        blocks.get_mut(index).next = first;
        if self.last != NONE {
            blocks.get_mut(self.last).next = index;
        }
        self.last = index;
    }

    /// Frees the first block and returns its token.
    pub fn pop(&mut self, blocks: &mut Blocks) -> Option<u64> {
        if self.last == NONE {
            return None;
        }
        let last = self.last;
        let index = blocks.get(last).next;
        let (lent, next) = (blocks.get(index).lent, blocks.get(index).next);
        if index == last {
            self.last = NONE;
        } else {
            blocks.get_mut(last).next = next;
        }
        blocks.give_back(index);
        lent.map(|lent| lent.token)
    }
}
