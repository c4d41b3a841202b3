//! A connection whose records are the kernel's: what it sends and receives is plaintext, as without TLS, and control records go
//! beside it.
//!
//! They count in the queue as records do that are made here, so that marks, clocks and the stages of closing know nothing of this.

use crate::conn::lifecycle::Secured;
use crate::conn::{Conn, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::NOT_NOW;
use crate::tls::{Broken, Control, Keys, Protection, Session};

static LOST: Fault = Fault::new(Code::System, 0, c"", c"the system did not take the keys of a TLS connection");

impl Conn {
    /// Whether a kernel is to have the records as soon as it can.
    #[inline(always)]
    pub fn wants_kernel(&self) -> bool {
        self.lifecycle.secured() == Secured::HereYet
    }

    /// Whether the records are a kernel's.
    #[inline(always)]
    pub fn is_in_kernel(&self) -> bool {
        self.lifecycle.secured() == Secured::InKernel
    }

    /// How the records are protected, when a kernel may have them as soon as [`has_records`](Conn::has_records) is false: the handshake is
    /// done, and everything received was opened, up to the end of a record.
    pub fn ready_for_kernel(&self) -> Option<Protection> {
        let layer = self.tls.as_deref()?;
        let is_opened = layer.is_open || !self.recv.is_lent();
        let is_going_on = self.lifecycle.is_open() && layer.fault.is_none();
        if is_opened && is_going_on { layer.session.can_leave() } else { None }
    }

    /// Whether octets that were sealed here have not left yet: what [`Conn::pieces`] shows while nothing more is sealed.
    pub fn has_records(&self) -> bool {
        self.tls.as_ref().is_some_and(|layer| layer.records.queued() > 0)
    }

    /// The records stay here for good.
    pub fn stay_here(&mut self) {
        self.lifecycle.secure(Secured::Here);
    }

    /// Gives the records up: the keys to send and to receive with, both of which the kernel must have before anything else is sent or
    /// received. See [`Session::leave`](crate::tls::Session::leave).
    pub fn enter_kernel(&mut self) -> Result<(Keys, Keys), Error> {
        let layer = self.tls.as_deref_mut().ok_or(NOT_NOW)?;
        let keys = layer.session.leave()?;
        self.lifecycle.secure(Secured::InKernel);
        Ok(keys)
    }

    /// The kernel did not take keys: neither side can go on.
    #[cold]
    pub fn lose_kernel(&mut self, ws: &mut Workspace) {
        self.close_now_for(ws, LOST.at(0));
    }

    /// Takes the content of a record other than application data; the keys to receive with from now on, where they change. What is
    /// wrong with it is told in its turn, by [`Conn::next`].
    pub fn receive_record(&mut self, ws: &mut Workspace, kind: u8, content: &[u8], now: u64) -> Option<Keys> {
        self.timers.advance(now);
        if self.lifecycle.is_closed() {
            return None;
        }
        let (heard, is_ended) =
            self.with_controls(|session| (session.hear_record(kind, content), session.is_peer_closed()))?;
        if is_ended {
            self.end_input(ws, true);
        }
        heard.unwrap_or_default()
    }

    /// The kernel could not open a record. Nothing more can be received.
    pub fn receive_broken(&mut self, ws: &mut Workspace, broken: Broken, now: u64) {
        self.timers.advance(now);
        if !self.lifecycle.is_closed() {
            self.with_controls(|session| session.hear_broken(broken));
        }
        self.end_input(ws, false);
    }

    /// The control record that the kernel is to send before anything else; its keys may change behind it ([`Conn::record_sent`]).
    pub fn due_record(&self) -> Option<Control> {
        self.tls.as_ref()?.session.control()
    }

    /// The kernel has sent that record; the keys to send with from now on, where they change.
    pub fn record_sent(&mut self, ws: &mut Workspace, now: u64) -> Result<Option<Keys>, Error> {
        let keys = self.with_controls(Session::control_sent).ok_or(NOT_NOW)?;
        // As for every other octet that leaves: clocks and the end of the connection go on.
        self.sent(ws, 0, now)?;
        keys
    }

    /// The kernel took the first `n` octets of plaintext for good.
    pub(super) fn sent_to_kernel(&mut self, ws: &mut Workspace, n: usize) -> Result<(), Error> {
        let unsent = self.tls.as_ref().map_or(0, |layer| layer.unsent());
        if n + unsent > self.queue.queued() {
            return Err(NOT_NOW);
        }
        let noted = self.with_controls(|session| session.note_sent(n)).ok_or(NOT_NOW)?;
        self.queue.sent(&mut ws.blocks, n);
        if let Err(error) = noted {
            self.close_now_for(ws, error);
        }
        Ok(())
    }

    /// Runs `body` on the session. What then waits for the kernel counts in the place of what waited before, and may be less: an alert, or
    /// nothing, where new keys were due.
    fn with_controls<T>(&mut self, body: impl FnOnce(&mut Session) -> T) -> Option<T> {
        let layer = self.tls.as_deref_mut()?;
        self.queue.uncount(layer.unsent());
        let done = body(&mut layer.session);
        self.queue.count(layer.unsent());
        Some(done)
    }
}
