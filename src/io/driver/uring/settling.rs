//! Ends all requests of one socket at once, before it is closed or handed back.

use super::accepted::Accepted;
use super::batch::Batch;
use super::entry::Entry;
use super::flag;
use super::requests::Requests;
use super::tag::{Kind, Tag};
use super::unwanted::unwanted;
use crate::io::sys::uring::{Completed, Ring};
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
    pub fn run(mut self) -> io::Result<()> {
        Requests::new(self.ring, self.entry, self.index).end_all()?;
        while self.completed() < usize::from(self.entry.in_flight()) {
            self.ring.enter(None)?;
            self.batch.fill_all(self.ring)?;
        }
        // Nobody is told of anything now: what was wanted, and which ends were told, stays as it is.
        let before = self.entry.only(flag::WANTED | flag::ENDS_TOLD);
        self.entry.clear(flag::WANTED);
        while let Some(done) = self.batch.take_of(self.index) {
            self.take(done);
        }
        if !self.entry.has(flag::FAILED) {
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

    fn take(&mut self, done: Completed) {
        let flags = match Tag::of(done.tag).kind {
            Kind::Receive => return drop(unwanted(self.ring, self.entry, done)),
            Kind::Accept => return drop(self.accepted.arrived(self.entry, self.index, done)),
            Kind::Send => flag::SENDING,
            Kind::Output => flag::AWAITS_OUTPUT,
            Kind::Watch if !done.has_more() => flag::WATCHED,
            Kind::Poll => flag::POLLED,
            Kind::Watch | Kind::Kept | Kind::Waker | Kind::Cancel => return,
        };
        self.entry.completed(flags);
    }
}
