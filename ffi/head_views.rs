//! Head views that no event uses, kept for the next head event.

use super::view::HeadView;
use crate::error::Error;
use crate::memory::{Box, Heap, Vec};

/// The most fields that there is room for in one that is kept: more than most heads have. 5 KiB.
const USUAL: usize = 128;
/// How many are kept.
const SPARE: usize = 16;

/// The spare head views of a workspace.
pub(super) struct HeadViews {
    /// As many as there is room for.
    spare: Vec<Box<HeadView>>,
}

impl HeadViews {
    /// None yet. Fails with `Nomem`.
    pub fn new(heap: &Heap) -> Result<Self, Error> {
        Ok(Self { spare: heap.vec(SPARE)? })
    }

    /// A view for a head event.
    #[inline(always)]
    pub fn take(&mut self) -> Result<Box<HeadView>, Error> {
        self.spare.pop().map_or_else(|| self.make(), Ok)
    }

    #[cold]
    fn make(&self) -> Result<Box<HeadView>, Error> {
        let heap = self.spare.allocator();
        heap.boxed(HeadView::new(heap))
    }

    /// Takes a view back for the next event. A large one goes, so that what is kept is bounded: 80 KiB.
    #[inline(always)]
    pub fn give_back(&mut self, view: Box<HeadView>) {
        if view.room() <= USUAL && self.spare.len() < self.spare.capacity() {
            self.spare.push(view);
        }
    }
}
