//! A driver for tests: epoll behind faults that other drivers and systems produce.
//!
//! It holds sends, and sends them late, in part or not at all; takes part of a send; has no room though the socket has;
//! keeps received octets and accepted connections and reports them batches later, in another order, also after a
//! cancel; ends waits early; and, if asked to, fails sends, runs out of descriptors and reports octets in parts. All by
//! a seed: the same calls with the same events of the system give the same faults.
//!
//! It compares held octets with what they were before it sends or drops them: an owner that frees or overwrites them is
//! found at that call.

mod context;
mod dice;
mod entry;
mod faults;
mod held;
mod receiver;
mod report;
mod sender;
mod sockets;
mod table;

use super::epoll::Epoll;
use super::{Completion, Event};
use crate::io::address::Address;
use core::ops::{Deref, DerefMut};
pub use faults::Faults;
use report::Report;
use sender::Sender;
use sockets::Sockets;
use std::io;

/// The driver: the sockets, and what is reported of them.
pub(super) struct Fault {
    sockets: Sockets,
    /// Slots with something to report in this batch.
    due: Vec<u32>,
    /// The octets of the last completion; `None`: the inner driver's.
    received: Option<Vec<u8>>,
    /// The peer of the last accepted connection.
    peer: Option<Address>,
}

/// Requests go to the sockets.
impl Deref for Fault {
    type Target = Sockets;

    fn deref(&self) -> &Sockets {
        &self.sockets
    }
}

impl DerefMut for Fault {
    fn deref_mut(&mut self) -> &mut Sockets {
        &mut self.sockets
    }
}

impl Fault {
    pub fn new(inner: Epoll, faults: Faults) -> Self {
        Self { sockets: Sockets::new(inner, faults), due: Vec::new(), received: None, peer: None }
    }

    pub fn wait(&mut self, timeout_ms: Option<u64>) -> io::Result<usize> {
        if !self.is_exhausted() {
            return Ok(self.due.len());
        }
        let is_early = self.sockets.dice.one_in(16);
        let has_due = self.collect_due(false);
        let limit = if has_due || is_early { Some(0) } else { timeout_ms };
        let count = self.sockets.inner.wait(limit)?;
        if count == 0 && self.due.is_empty() && has_due {
            // Nothing else will happen.
            self.collect_due(true);
        }
        Ok(count + self.due.len())
    }

    /// Collects the slots that are to be reported in this batch; returns whether anything is, now or later.
    fn collect_due(&mut self, at_once: bool) -> bool {
        let mut has_due = false;
        for (slot, entry) in self.sockets.table.all() {
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

    pub fn is_exhausted(&self) -> bool {
        self.due.is_empty() && self.sockets.inner.is_exhausted()
    }

    /// While something is kept, more may be ready.
    pub fn batch_len(&self) -> usize {
        self.sockets.inner.batch_max()
    }

    pub fn batch_max(&self) -> usize {
        self.sockets.inner.batch_max()
    }

    /// Octets that were kept for this batch.
    pub fn next_received(&mut self) -> Option<(u32, usize)> {
        let reports_octets = |&slot: &u32| self.sockets.table.at(slot).is_some_and(|entry| entry.reports_octets());
        let at = self.due.iter().position(reports_octets)?;
        let slot = self.due.swap_remove(at);
        self.received = Some(Vec::new());
        match self.report(slot) {
            Some(Completion { token, event: Event::Received(Ok(len)) }) => Some((token, len)),
            _ => None,
        }
    }

    pub fn next(&mut self) -> Option<Completion> {
        self.received = Some(Vec::new());
        loop {
            let completion =
                if self.due.is_empty() || (!self.sockets.inner.is_exhausted() && self.sockets.dice.one_in(2)) {
                    let done = self.sockets.inner.next();
                    if done.is_none() && self.due.is_empty() {
                        return self.exhausted();
                    }
                    done.and_then(|done| self.take(done))
                } else {
                    let at = self.sockets.dice.below(self.due.len());
                    let slot = self.due.swap_remove(at);
                    self.report(slot)
                };
            if completion.is_some() {
                return completion;
            }
        }
    }

    /// Nothing is left of this batch. A loop that waits on the handle is told to come again if something is kept.
    fn exhausted(&mut self) -> Option<Completion> {
        if self.sockets.table.all().any(|(_, entry)| entry.next_report().is_some()) {
            self.sockets.inner.waker().wake();
        }
        None
    }

    /// A completion of the inner driver.
    fn take(&mut self, done: Completion) -> Option<Completion> {
        let slot = done.token;
        if matches!(done.event, Event::Woken) {
            return Some(done);
        }
        let entry = self.sockets.table.at(slot).filter(|entry| !entry.is_closing)?;
        let token = entry.token;
        let event = if entry.is_in_kernel { self.pass(slot, done.event) } else { self.keep(slot, done.event)? };
        match event {
            Some(event) => Some(Completion { token, event }),
            None => self.report_now(slot),
        }
    }

    /// An event of a socket whose records are the kernel's is reported as it is.
    fn pass(&mut self, slot: u32, event: Event) -> Option<Event> {
        if let Event::Received(result) = &event {
            self.sockets.receiver_at(slot)?.passes(result);
        }
        if matches!(event, Event::Received(_) | Event::Record(_)) {
            self.received = None;
        }
        match event {
            Event::Sent(result) => self.sockets.sender_at(slot)?.has_room(result),
            event => Some(event),
        }
    }

    /// Keeps what arrived (`Some(None)`), or returns what is reported at once; `None`: nothing is.
    fn keep(&mut self, slot: u32, event: Event) -> Option<Option<Event>> {
        let peer = self.sockets.inner.accepted_from();
        match event {
            Event::Received(result) => self.sockets.receiver_at(slot)?.arrived(result),
            Event::Accepted(result) => self.sockets.receiver_at(slot)?.connection(result, peer),
            // An owner that receives finds the end behind what is kept.
            Event::HungUp { both } => self.sockets.receiver_at(slot)?.ended(both),
            Event::Sent(result) => return self.sockets.sender_at(slot)?.has_room(result).map(Some),
            event => return Some(Some(event)),
        }
        Some(None)
    }

    /// Reports what has just arrived, unless it is kept for later.
    fn report_now(&mut self, slot: u32) -> Option<Completion> {
        let is_now =
            self.sockets.table.at(slot).is_some_and(|entry| entry.next_report().is_some() && entry.due_in == 0);
        if is_now { self.report(slot) } else { None }
    }

    /// Reports something that was kept.
    fn report(&mut self, slot: u32) -> Option<Completion> {
        let entry = self.sockets.table.at(slot)?;
        let (token, report) = (entry.token, entry.next_report()?);
        let event = self.event(slot, report)?;
        Some(Completion { token, event })
    }

    fn event(&mut self, slot: u32, report: Report) -> Option<Event> {
        let sockets = &mut self.sockets;
        let out = self.received.get_or_insert_default();
        match report {
            Report::Held => sockets.sender_at(slot).and_then(Sender::send_held),
            Report::Input => sockets.receiver_at(slot).and_then(|mut receiver| receiver.report_input(out)),
            Report::Connection => {
                sockets.receiver_at(slot).and_then(|mut receiver| receiver.report_connection(&mut self.peer))
            }
            Report::HangUp => sockets.receiver_at(slot).and_then(|mut receiver| receiver.report_hang_up()),
            Report::Closed => sockets.closed(slot).map(|()| Event::Closed),
        }
    }

    pub fn received(&mut self) -> &mut [u8] {
        match &mut self.received {
            Some(received) => received,
            None => self.sockets.inner.received(),
        }
    }

    pub fn accepted_from(&self) -> io::Result<Address> {
        self.peer.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
