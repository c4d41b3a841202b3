//! What arrives at one socket: octets and their end, connections and theirs. Kept, and reported later or in parts.

use super::context::Context;
use crate::io::address::Address;
use crate::io::driver::drive::Drive;
use crate::io::driver::refused::twice;
use crate::io::driver::{Cancel, Event, Submission};
use crate::io::socket::{AcceptError, Socket};
use crate::io::sys::posix;
use std::io;

/// Connections that a listener accepts after its owner has cancelled.
const OVERSHOOT: usize = 2;

/// The receiving view of one socket.
pub(super) struct Receiver<'a> {
    context: Context<'a>,
}

impl<'a> Receiver<'a> {
    pub fn new(context: Context<'a>) -> Self {
        Self { context }
    }

    /// The owner receives from now on.
    pub fn receive(&mut self) -> io::Result<()> {
        if self.context.entry.wants_input {
            return Err(twice());
        }
        self.context.entry.wants_input = true;
        self.resume().inspect_err(|_| self.context.entry.wants_input = false)
    }

    /// The owner receives no more for now. The inner driver may go on for one completion.
    pub fn cancel_receive(&mut self) {
        self.context.entry.wants_input = false;
        if matches!(self.context.entry.end, Some(Ok(()))) {
            self.ended(false);
        }
        if self.context.entry.is_in_kernel || self.context.dice.one_in(2) {
            self.stop();
        }
    }

    /// The inner driver's result is reported as it is.
    pub fn passes(&mut self, result: &io::Result<usize>) {
        if !matches!(result, Ok(1..)) {
            self.context.entry.is_receiving = false;
            self.end_reported(result.is_err());
        }
    }

    /// The peer ended its side, or both are ended. An owner that does not receive is told: of the first once.
    pub fn ended(&mut self, both: bool) {
        if both || !self.context.entry.knows_end {
            self.context.entry.hang_up = Some(both || self.context.entry.hang_up.unwrap_or(false));
        }
    }

    /// The owner was told of the end by a receive. Only the end of both directions is reported after that.
    fn end_reported(&mut self, failed: bool) {
        (self.context.entry.wants_input, self.context.entry.knows_end) = (false, true);
        self.context.entry.hang_up = self.context.entry.hang_up.filter(|&both| both && !failed);
    }

    /// Reports the end of a peer to an owner that does not receive.
    pub fn report_hang_up(&mut self) -> Option<Event> {
        self.context.entry.knows_end = true;
        self.context.entry.hang_up.take().map(|both| Event::HungUp { both })
    }

    /// The kernel opens records from now on: nothing is received ahead of the owner any more.
    pub fn enter_kernel(&mut self) {
        self.context.entry.is_in_kernel = true;
        if !self.context.entry.wants_input {
            self.stop();
        }
    }

    fn stop(&mut self) {
        if core::mem::take(&mut self.context.entry.is_receiving) {
            let _ = self.context.submit(Submission::Cancel(Cancel::Receive));
        }
    }

    /// Lets the inner driver receive if the owner does and nothing is kept.
    fn resume(&mut self) -> io::Result<()> {
        if self.context.entry.wants_input && !self.context.entry.is_receiving && !self.context.entry.has_input() {
            self.context.submit(Submission::Receive)?;
            self.context.entry.is_receiving = true;
        }
        Ok(())
    }

    /// Octets arrived, the end or an error. They are kept; the inner driver pauses.
    pub fn arrived(&mut self, result: io::Result<usize>) {
        if matches!(result, Ok(1..)) {
            self.context.entry.octets.extend_from_slice(self.context.inner.received());
            self.stop();
        } else {
            self.context.entry.is_receiving = false;
            if result.is_ok() && !self.context.entry.wants_input {
                self.ended(false);
            }
            self.context.entry.end = Some(result.map(drop));
        }
        self.context.delay();
    }

    /// Reports kept octets, or the end after them; writes the octets to `out`.
    pub fn report_input(&mut self, out: &mut Vec<u8>) -> Option<Event> {
        if !self.context.entry.wants_input {
            // It failed. An owner that does not receive has lost what is kept.
            self.context.entry.octets.clear();
        }
        if !self.context.entry.octets.is_empty() {
            let len = self.context.entry.octets.len();
            let len = if self.context.faults.cuts_input { self.context.dice.part_of(len) } else { len };
            out.extend(self.context.entry.octets.drain(..len));
            self.context.entry.due_in = 1;
            if let Err(error) = self.resume() {
                self.context.entry.end = Some(Err(error));
            }
            return Some(Event::Received(Ok(len)));
        }
        let end = self.context.entry.end.take()?;
        self.end_reported(end.is_err());
        Some(Event::Received(end.map(|()| 0)))
    }

    /// The owner accepts from now on.
    pub fn accept(&mut self) -> io::Result<()> {
        if self.context.entry.wants_connections {
            return Err(twice());
        }
        if !self.context.entry.is_accepting && self.context.entry.accept_error.is_none() {
            self.context.submit(Submission::Accept)?;
            self.context.entry.is_accepting = true;
        }
        self.context.entry.wants_connections = true;
        Ok(())
    }

    /// The owner accepts no more for now. The inner driver goes on for some connections.
    pub fn cancel_accept(&mut self) {
        self.context.entry.wants_connections = false;
        let is_enough = self.context.dice.one_in(2) || self.context.entry.accepted.len() >= OVERSHOOT;
        self.stop_accepting_if(is_enough);
    }

    fn stop_accepting_if(&mut self, enough: bool) {
        if enough && core::mem::take(&mut self.context.entry.is_accepting) {
            let _ = self.context.submit(Submission::Cancel(Cancel::Accept));
        }
    }

    /// A connection arrived, or accepting ended. It is kept.
    pub fn connection(&mut self, result: Result<Socket, AcceptError>, peer: io::Result<Address>) {
        match result {
            Ok(socket) => {
                self.context.entry.accepted.push_back((socket, peer));
                let is_over = !self.context.entry.wants_connections && self.context.entry.accepted.len() >= OVERSHOOT;
                self.stop_accepting_if(is_over);
                if self.context.breaks_once_in(50) && self.context.entry.accept_error.is_none() {
                    self.stop_accepting_if(true);
                    self.context.entry.accept_error =
                        Some(AcceptError::Exhausted(io::Error::from_raw_os_error(posix::EMFILE)));
                }
            }
            Err(error) => {
                self.context.entry.is_accepting = false;
                self.context.entry.accept_error = Some(error);
            }
        }
        self.context.delay();
    }

    /// Reports a kept connection, whose peer goes to `peer`, or the end of accepting.
    pub fn report_connection(&mut self, peer: &mut Option<Address>) -> Option<Event> {
        if let Some((socket, from)) = self.context.entry.accepted.pop_front() {
            *peer = from.ok();
            return Some(Event::Accepted(Ok(socket)));
        }
        let error = self.context.entry.accept_error.take()?;
        self.context.entry.wants_connections = false;
        Some(Event::Accepted(Err(error)))
    }
}
