//! Ends all requests of one socket at once, before it is closed or handed back.

use super::accepted::Accepted;
use super::batch::Batch;
use super::entry::Entry;
use super::flag;
use super::lend::Lend;
use super::requests::Requests;
use super::tag::{Kind, Tag};
use super::unwanted::take_silently;
use crate::io::driver::Event;
use crate::io::driver::lending::Lent;
use crate::io::sys::uring::{CANCEL_MS, Completed, Ring};
use std::io;

/// One entry, and where its completions are.
pub(super) struct Settling<'a> {
    pub ring: &'a mut Ring,
    pub batch: &'a mut Batch,
    pub accepted: &'a mut Accepted,
    pub entry: &'a mut Entry,
    pub lent: Option<&'a mut Lent>,
    /// The number of the descriptor.
    pub index: u32,
}

impl Settling<'_> {
    /// Ends the requests and takes their completions, which are reported to nobody: what arrived is kept.
    pub fn run(mut self) -> io::Result<()> {
        while self.completed() < usize::from(self.entry.in_flight()) {
            Requests::new(self.ring, self.entry, self.index).end_all()?;
            self.ring.enter(Some(CANCEL_MS))?;
            self.batch.fill_all(self.ring)?;
        }
        // Nobody is told of anything now: what was wanted, and which ends were told, stays as it is.
        let before = self.entry.only(flag::WANTED | flag::ENDS_TOLD);
        let had_failed = self.entry.has(flag::FAILED);
        self.entry.clear(flag::WANTED);
        while let Some(done) = self.batch.take_of(self.index) {
            let tag = Tag::of(done.tag);
            if let (Kind::Lend, Some(lent)) = (tag.kind, self.lent.as_deref_mut()) {
                Lend::new((self.entry, lent)).of_silent(tag, &done);
                continue;
            }
            if let Some(Event::Received(Err(error))) = take_silently(self.ring, self.accepted, self.entry, done) {
                self.entry.keep_failure(error);
            }
        }
        self.batch.trim();
        if had_failed || !self.entry.has(flag::FAILED) {
            self.entry.clear(flag::ENDS_TOLD);
            self.entry.set(before);
        }
        Ok(())
    }

    /// How many of its requests have completed and were not pulled.
    fn completed(&self) -> usize {
        let all = self.batch.of(self.index);
        let is_last = |(kind, done): &(Kind, &Completed)| match kind {
            Kind::Kept => false,
            // Its release is awaited apart.
            Kind::Lend => !done.is_release(),
            _ => !done.has_more(),
        };
        all.filter(is_last).count()
    }
}
