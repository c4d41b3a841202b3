//! Lent pieces that are no longer needed, until that was reported.

use super::Output;
use crate::conn::workspace::{Blocks, Index, NONE};

impl Output {
    /// Released blocks form a ring of their own, in order of release: `released` is the last one, and followed by the first.
    pub(super) fn keep_released(&mut self, blocks: &mut Blocks, index: Index) {
        let first = if self.released == NONE { index } else { blocks.get(self.released).next };
        blocks.get_mut(index).next = first;
        if self.released != NONE {
            blocks.get_mut(self.released).next = index;
        }
        self.released = index;
        self.marks.has_released = true;
    }

    /// A queue with nothing but the releases of this one, which had nothing else left.
    pub fn take_released(&mut self) -> Self {
        debug_assert!(self.head == NONE && self.queued == 0, "the queue was cleared");
        let mut next = Self::new();
        (next.released, next.marks.has_released) = (self.released, self.marks.has_released);
        (self.released, self.marks.has_released) = (NONE, false);
        next
    }

    /// Whether a release waits to be reported.
    #[inline(always)]
    pub fn has_released(&self) -> bool {
        self.marks.has_released
    }

    /// The token of the next lent piece that is no longer needed.
    pub fn next_released(&mut self, blocks: &mut Blocks) -> Option<u64> {
        if self.released == NONE {
            return None;
        }
        let last = self.released;
        let index = blocks.get(last).next;
        let (lent, next) = (blocks.get(index).lent, blocks.get(index).next);
        if index == last {
            self.released = NONE;
            self.marks.has_released = false;
        } else {
            blocks.get_mut(last).next = next;
        }
        blocks.give_back(index);
        lent.map(|lent| lent.token)
    }
}
