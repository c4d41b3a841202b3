//! Makes one completion of the system an event of the driver.

use super::accepted::Accepted;
use super::batch::Batch;
use super::filled::Filled;
use super::flag;
use super::lend::Lend;
use super::outcome::Outcome;
use super::table::Table;
use super::tag::{Kind, Tag};
use super::unwanted::{take_silently, unwanted};
use crate::io::driver::{Completion, Event};
use crate::io::sys::uring::{Completed, Ring};

/// All that a completion may change, for one completion.
pub(super) struct Pull<'a> {
    pub ring: &'a mut Ring,
    pub table: &'a mut Table,
    pub batch: &'a mut Batch,
    pub filled: &'a mut Filled,
    pub accepted: &'a mut Accepted,
}

impl Pull<'_> {
    /// The event of a completion; `None`: its owner is told of nothing. The socket is looked after before the next wait.
    pub fn one(mut self, done: Completed) -> Option<Completion> {
        let tag = Tag::of(done.tag);
        let entry = self.table.at(tag.index)?;
        let token = entry.token();
        let event = if entry.has(flag::CLOSING) {
            self.closing(tag, done)
        } else {
            self.table.list(tag.index);
            self.event(tag, done)
        };
        event.map(|event| Completion { token, event })
    }

    fn event(&mut self, tag: Tag, done: Completed) -> Option<Event> {
        let entry = self.table.at(tag.index)?;
        match tag.kind {
            Kind::Receive if done.has_octets() && entry.has(flag::RECEIVE) => {
                self.octets(tag.index, done).map(|count| Event::Received(Ok(count)))
            }
            Kind::Receive => unwanted(self.ring, entry, done),
            Kind::Accept => self.accepted.arrived(entry, tag.index, done),
            Kind::Kept => self.kept(tag.index),
            Kind::Lend => Lend::new(self.table.lender_at(tag.index)?).of(tag, &done),
            _ => Outcome::new(entry).of(tag, &done),
        }
    }

    /// Octets for one that receives; the receive is repeated before the next wait.
    #[inline(always)]
    pub fn octets(&mut self, index: u32, done: Completed) -> Option<usize> {
        let entry = self.table.at(index)?;
        entry.completed(flag::RECEIVING | flag::RECEIVE_ENDS | flag::HAS_MORE);
        entry.set(if done.leaves_input() { flag::HAS_MORE } else { 0 });
        self.table.list(index);
        let count = done.result().ok()?;
        *self.filled = Filled::Buffer(done.into_buffer()?, count);
        Some(count)
    }

    /// Reports what was kept, to an owner that wants it now.
    fn kept(&mut self, index: u32) -> Option<Event> {
        let entry = self.table.at(index)?;
        if entry.has(flag::ACCEPT) && self.accepted.backlog.has(index) {
            return self.connection(index);
        }
        if entry.has(flag::RELEASED) {
            return Lend::new(self.table.lender_at(index)?).released();
        }
        if let Some(failure) = entry.kept().as_mut().and_then(|kept| kept.failure.take()) {
            *entry.kept() = None;
            return Some(Event::Received(Err(failure)));
        }
        self.kept_input(index)
    }

    /// Reports octets that were kept, or the end.
    fn kept_input(&mut self, index: u32) -> Option<Event> {
        let entry = self.table.at(index)?;
        if !entry.has(flag::RECEIVE) {
            return Outcome::new(entry).hung_up();
        }
        if entry.has(flag::CONNECT) {
            return None;
        }
        let kept = *entry.kept().take()?;
        if kept.octets.is_empty() {
            return Outcome::new(entry).receive_ended(Ok(0));
        }
        if kept.ended {
            entry.keep_end();
        }
        let count = kept.octets.len();
        *self.filled = Filled::Kept(kept.octets);
        Some(Event::Received(Ok(count)))
    }

    /// Reports a connection that was kept, if it is its listener's turn. The next one follows in the same turn.
    fn connection(&mut self, listener: u32) -> Option<Event> {
        if !self.accepted.backlog.takes_turn(listener) {
            return None;
        }
        let event = self.accepted.kept(listener);
        if self.accepted.backlog.has(listener) && self.batch.has_room() {
            self.batch.push(Completed::of_our_own(Tag::new(listener, Kind::Kept).number()));
        }
        event
    }

    /// What is left of a socket whose key is gone: its requests, what it has lent, connections that it has accepted, and after them that it is
    /// closed.
    fn closing(&mut self, tag: Tag, done: Completed) -> Option<Event> {
        let listener = tag.index;
        if tag.kind == Kind::Lend {
            Lend::new(self.table.lender_at(listener)?).of_silent(tag, &done);
            Lend::new(self.table.lender_at(listener)?).released_at_close();
        } else {
            drop(take_silently(self.ring, self.accepted, self.table.at(listener)?, done));
        }
        let entry = self.table.at(listener)?;
        if entry.in_flight() != 0 || entry.has(flag::LENDS) {
            return None;
        }
        if self.accepted.backlog.has(listener) {
            self.table.list(listener);
            return self.connection(listener);
        }
        self.table.lending().remove(listener);
        drop(self.table.at(listener)?.release());
        Some(Event::Closed)
    }
}
