//! The completions of one wait, and a cursor over them.

use super::tag::{Kind, Tag};
use crate::io::sys::uring::{Completed, Ring};
use std::io;

/// One batch. What was pulled is at its front.
#[derive(Debug)]
pub(super) struct Batch {
    all: Vec<Completed>,
    next: usize,
    /// The most that a wait brings.
    max: usize,
}

impl Batch {
    pub fn new(max: usize) -> io::Result<Self> {
        let max = max.max(1);
        let mut all = Vec::new();
        all.try_reserve_exact(max)?;
        Ok(Self { all, next: 0, max })
    }

    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.next == self.all.len()
    }

    /// How many are left.
    pub fn left(&self) -> usize {
        self.all.len() - self.next
    }

    /// How many the last wait brought.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn max(&self) -> usize {
        self.max
    }

    /// Whether there is room for another one of this wait.
    pub fn has_room(&self) -> bool {
        self.all.len() < self.max
    }

    /// Forgets what was pulled.
    pub fn clear(&mut self) {
        self.all.clear();
        self.next = 0;
    }

    /// Adds one of our own, if there is [room](Self::has_room).
    pub fn push(&mut self, done: Completed) {
        self.all.push(done);
    }

    /// Adds those of the ring, as far as there is room.
    pub fn fill(&mut self, ring: &mut Ring) {
        let room = self.max - self.all.len().min(self.max);
        ring.take(&mut self.all, room);
    }

    /// Adds all those of the ring.
    pub fn fill_all(&mut self, ring: &mut Ring) -> io::Result<()> {
        self.all.try_reserve(ring.completions())?;
        ring.take(&mut self.all, usize::MAX);
        Ok(())
    }

    /// Adds all those with which the ring ends.
    pub fn end(&mut self, ring: &mut Ring) -> io::Result<()> {
        ring.end(&mut self.all)
    }

    /// The one at the cursor.
    #[inline]
    pub fn current(&self) -> Option<&Completed> {
        self.all.get(self.next)
    }

    /// Takes the one at the cursor.
    #[inline]
    pub fn pop(&mut self) -> Option<Completed> {
        let done = core::mem::take(self.all.get_mut(self.next)?);
        self.next += 1;
        Some(done)
    }

    /// Those of one descriptor that were not pulled.
    pub fn of(&self, index: u32) -> impl Iterator<Item = (Kind, &Completed)> {
        self.all[self.next..].iter().filter_map(move |done| {
            let tag = Tag::of(done.tag);
            (tag.index == index).then_some((tag.kind, done))
        })
    }

    /// Takes one of a descriptor; what is left in its place belongs to nobody.
    pub fn take_of(&mut self, index: u32) -> Option<Completed> {
        let done = self.all[self.next..].iter_mut().find(|done| Tag::of(done.tag).index == index)?;
        Some(core::mem::replace(done, Completed::of_our_own(Tag::CANCEL.number())))
    }
}
