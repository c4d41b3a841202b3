//! Ends all requests of one socket at once, before it is closed or handed back.

use super::accepted::Accepted;
use super::batch::Batch;
use super::entry::Entry;
use super::flag;
use super::requests::Requests;
use super::tag::Kind;
use super::unwanted::take_silently;
use crate::io::driver::Event;
use crate::io::sys::uring::{CANCEL_MS, Ring};
use std::io;

/// One entry, and where its completions are.
pub(super) struct Settling<'a> {
    pub ring: &'a mut Ring,
    pub batch: &'a mut Batch,
    pub accepted: &'a mut Accepted,
    pub entry: &'a mut Entry,
    /// The number of the descriptor.
    pub index: u32,
}

impl Settling<'_> {
    /// Ends the requests and takes their completions, which are reported to nobody: what arrived is kept.
    pub fn run(self) -> io::Result<()> {
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
        all.filter(|(kind, done)| *kind != Kind::Kept && !done.has_more()).count()
    }
}
