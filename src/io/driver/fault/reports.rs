//! What a driver reports: what was kept for this batch, and what the inner driver brings.

use super::report::Report;
use super::sender::Sender;
use super::sockets::Sockets;
use crate::io::address::Address;
use crate::io::driver::drive::Drive;
use crate::io::driver::{Completion, Event};
use std::io;

/// The remaining batch, and the data of its completions.
#[derive(Default)]
pub(super) struct Reports {
    /// Slots with something to report in this batch.
    due: Vec<u32>,
    /// The octets of the last completion; `None`: the inner driver's.
    received: Option<Vec<u8>>,
    /// The peer of the last accepted connection.
    peer: Option<Address>,
}

impl Reports {
    pub fn wait(&mut self, sockets: &mut Sockets, timeout_ms: Option<u64>) -> io::Result<usize> {
        if !self.is_exhausted(sockets) {
            return Ok(self.due.len());
        }
        let is_early = sockets.dice.one_in(16);
        let has_due = self.collect_due(sockets, false);
        let limit = if has_due || is_early { Some(0) } else { timeout_ms };
        let count = sockets.inner.wait(limit)?;
        if count == 0 && self.due.is_empty() && has_due {
            // Nothing else will happen.
            self.collect_due(sockets, true);
        }
        Ok(count + self.due.len())
    }

    /// Collects the slots that are to be reported in this batch; returns whether anything is, now or later.
    fn collect_due(&mut self, sockets: &mut Sockets, at_once: bool) -> bool {
        let mut has_due = false;
        for (slot, entry) in sockets.table.all() {
            if entry.next_report().is_some() {
                has_due = true;
                if at_once || entry.due_in == 0 {
                    self.due.push(slot);
                }
                entry.due_in = entry.due_in.saturating_sub(1);
            }
        }
        has_due
    }

    pub fn is_exhausted(&self, sockets: &Sockets) -> bool {
        self.due.is_empty() && sockets.inner.is_exhausted()
    }

    /// Octets that were kept for this batch.
    pub fn next_received(&mut self, sockets: &mut Sockets) -> Option<(u32, usize)> {
        let reports_octets = |&slot: &u32| sockets.table.at(slot).is_some_and(|entry| entry.reports_octets());
        let at = self.due.iter().position(reports_octets)?;
        let slot = self.due.swap_remove(at);
        self.received = Some(Vec::new());
        match self.report(sockets, slot) {
            Some(Completion { token, event: Event::Received(Ok(len)) }) => Some((token, len)),
            _ => None,
        }
    }

    pub fn next(&mut self, sockets: &mut Sockets) -> Option<Completion> {
        self.received = Some(Vec::new());
        loop {
            let completion = if self.due.is_empty() || (!sockets.inner.is_exhausted() && sockets.dice.one_in(2)) {
                let done = sockets.inner.next();
                if done.is_none() && self.due.is_empty() {
                    return Self::exhausted(sockets);
                }
                done.and_then(|done| self.take(sockets, done))
            } else {
                let at = sockets.dice.below(self.due.len());
                let slot = self.due.swap_remove(at);
                self.report(sockets, slot)
            };
            if completion.is_some() {
                return completion;
            }
        }
    }

    /// Nothing is left of this batch. A loop that waits on the handle is told to come again if something is kept.
    fn exhausted(sockets: &mut Sockets) -> Option<Completion> {
        if sockets.table.all().any(|(_, entry)| entry.next_report().is_some()) {
            sockets.inner.waker().wake();
        }
        None
    }

    /// A completion of the inner driver.
    fn take(&mut self, sockets: &mut Sockets, done: Completion) -> Option<Completion> {
        let slot = done.token;
        if matches!(done.event, Event::Woken) {
            return Some(done);
        }
        let entry = sockets.table.at(slot).filter(|entry| !entry.is_closing)?;
        let token = entry.token;
        let event = if entry.is_in_kernel {
            self.pass(sockets, slot, done.event)
        } else {
            Self::keep(sockets, slot, done.event)?
        };
        match event {
            Some(event) => Some(Completion { token, event }),
            None => self.report_now(sockets, slot),
        }
    }

    /// An event of a socket whose records are the kernel's is reported as it is.
    fn pass(&mut self, sockets: &mut Sockets, slot: u32, event: Event) -> Option<Event> {
        if let Event::Received(result) = &event {
            sockets.receiver_at(slot)?.passes(result);
        }
        if matches!(event, Event::Received(_) | Event::Record(_)) {
            self.received = None;
        }
        match event {
            Event::Sent(result) => sockets.sender_at(slot)?.has_room(result),
            event => Some(event),
        }
    }

    /// Keeps what arrived (`Some(None)`), or returns what is reported at once; `None`: nothing is.
    fn keep(sockets: &mut Sockets, slot: u32, event: Event) -> Option<Option<Event>> {
        let peer = sockets.inner.accepted_from();
        match event {
            Event::Received(result) => sockets.receiver_at(slot)?.arrived(result),
            Event::Accepted(result) => sockets.receiver_at(slot)?.connection(result, peer),
            // An owner that receives finds the end behind what is kept.
            Event::HungUp { both } => sockets.receiver_at(slot)?.ended(both),
            Event::Sent(result) => return sockets.sender_at(slot)?.has_room(result).map(Some),
            event => return Some(Some(event)),
        }
        Some(None)
    }

    /// Reports what has just arrived, unless it is kept for later.
    fn report_now(&mut self, sockets: &mut Sockets, slot: u32) -> Option<Completion> {
        let is_now = sockets.table.at(slot).is_some_and(|entry| entry.next_report().is_some() && entry.due_in == 0);
        if is_now { self.report(sockets, slot) } else { None }
    }

    /// Reports something that was kept.
    fn report(&mut self, sockets: &mut Sockets, slot: u32) -> Option<Completion> {
        let entry = sockets.table.at(slot)?;
        let (token, report) = (entry.token, entry.next_report()?);
        let event = self.event(sockets, slot, report)?;
        Some(Completion { token, event })
    }

    fn event(&mut self, sockets: &mut Sockets, slot: u32, report: Report) -> Option<Event> {
        let out = self.received.get_or_insert_default();
        match report {
            Report::Held => sockets.sender_at(slot).and_then(Sender::send_held),
            Report::Release => sockets.sender_at(slot).and_then(Sender::release),
            Report::Input => sockets.receiver_at(slot).and_then(|mut receiver| receiver.report_input(out)),
            Report::Connection => {
                sockets.receiver_at(slot).and_then(|mut receiver| receiver.report_connection(&mut self.peer))
            }
            Report::HangUp => sockets.receiver_at(slot).and_then(|mut receiver| receiver.report_hang_up()),
            Report::Closed => sockets.closed(slot).map(|()| Event::Closed),
        }
    }

    pub fn received<'a>(&'a mut self, sockets: &'a mut Sockets) -> &'a mut [u8] {
        match &mut self.received {
            Some(received) => received,
            None => sockets.inner.received(),
        }
    }

    pub fn accepted_from(&self) -> io::Result<Address> {
        self.peer.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
