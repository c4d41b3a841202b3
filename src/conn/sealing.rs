//! What a transport that seals and opens does to the rest of a connection. Without TLS nothing of this happens.

use super::event::Event;
use super::{Conn, Phase, Workspace};
use crate::error::Error;

impl Conn {
    /// Whether TLS lies under the connection, whoever does its records.
    pub fn is_secured(&self) -> bool {
        self.lifecycle.is_secured()
    }

    /// Whether the connection makes records of what it sends, so that it must see every octet: lent ones are then to be sent by
    /// [`Conn::send_copied`], and those of files to be [supplied](Conn::supply_file). Not so
    /// where a kernel makes them.
    #[inline]
    pub fn seals(&self) -> bool {
        self.transport.seals()
    }

    /// Whether there are octets for the transport, or will be when they are asked for.
    #[inline(always)]
    pub fn has_output(&self) -> bool {
        self.transport.has_output(&self.queue)
    }

    /// Whether a kernel is to have the records as soon as it can. Only a service asks.
    #[inline(always)]
    pub fn wants_kernel(&self) -> bool {
        self.lifecycle.is_secured() && self.transport.wants_kernel()
    }

    /// Whether the records are a kernel's.
    #[inline(always)]
    pub fn is_in_kernel(&self) -> bool {
        self.lifecycle.is_secured() && self.transport.is_in_kernel()
    }

    /// Makes what is queued ready for [`Conn::pieces`]; whoever is about to send calls it first. Over TLS queued octets are sealed,
    /// some 64 KiB ahead of the transport, and a connection that ends says so behind the last of them (TLS-05); else nothing is
    /// to be done.
    #[inline]
    pub fn seal(&mut self, ws: &mut Workspace) {
        if self.lifecycle.is_secured() && !self.lifecycle.is_closed() {
            self.seal_records(ws);
        }
    }

    fn seal_records(&mut self, ws: &mut Workspace) {
        match self.transport.seal(&mut self.queue, ws) {
            Ok(()) => self.conclude(ws),
            Err(error) => self.close_now_for(ws, error),
        }
    }

    /// Queues a close_notify behind all other output of a side that has ended.
    pub(super) fn conclude(&mut self, ws: &mut Workspace) {
        let is_over = self.lifecycle.phase() == Phase::Flushing || self.has_ended_tunnel();
        if is_over && let Err(error) = self.transport.close_notify(&mut self.queue, ws) {
            self.close_now_for(ws, error);
        }
    }

    /// A lend of records becomes one of plaintext. No event may point to held octets. Fails when what is cut cannot be kept.
    pub(super) fn open_lend(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<(), Error> {
        if self.lifecycle.is_closed() {
            return Ok(());
        }
        let Some(opened) = self.transport.open(&mut self.recv, &mut self.queue, ws, lent)? else { return Ok(()) };
        if opened.is_greeted {
            // The protocol's own clocks begin.
            self.timers.release();
        }
        self.note_records(opened.octets);
        if opened.is_ended {
            self.end_input(ws, true);
        }
        Ok(())
    }

    /// The transport took the first `n` octets of the records for good.
    #[cold]
    pub(super) fn sent_records(&mut self, ws: &mut Workspace, n: usize) -> Result<(), Error> {
        if let Some(error) = self.transport.sent(&mut self.queue, ws, n)? {
            self.close_now_for(ws, error);
        }
        Ok(())
    }

    /// All plaintext is used up: what has become of TLS. After a failure nothing more can be said or heard but the alert that is queued:
    /// there is no HTTP response.
    #[cold]
    pub(super) fn end_of_tls(&mut self, ws: &mut Workspace) -> Option<Event> {
        let error = self.transport.failure()?;
        self.lifecycle.set_error(error);
        self.machine.fail();
        if !self.lifecycle.is_head_shown() {
            self.drop_head(ws);
        }
        self.drop_socket(ws);
        if self.transport.fail(&mut self.queue, ws, self.machine.role()) {
            self.close_now(ws);
        } else {
            self.close_when_flushed(ws);
        }
        Some(Event::Error(error))
    }
}
