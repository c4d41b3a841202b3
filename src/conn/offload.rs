//! TLS under a connection: its start, and its offload to a kernel.

use super::ending::Ending;
use super::parts::Parts;
use super::peer_end::PeerEnd;
use super::sent::Sent;
use super::timers::{Millis32, Timers};
use super::tls::Layer;
use super::transport::Transport;
use super::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::http1::machine::{NOT_NOW, Role};
use crate::memory::Thin;
use crate::tls::{Control, Keys, Protection, RecordError, Role as TlsRole, Session, TlsConfig};

static OTHER_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is of the other role");
static LOST: Fault = Fault::new(Code::System, 0, c"", c"the system refused the keys of a TLS connection");

fn new_layer(config: &TlsConfig, authority: &[u8], ws: &Workspace, begun: Millis32) -> Result<Thin<Layer>, Error> {
    Thin::new(Layer::new(config, authority, ws.heap(), begun)?, ws.heap())
}

/// A connection over TLS, for its owner.
pub struct Offload<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Offload<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Starts TLS on an unused connection. A client passes the authority it connects to ([`Session::new`]); its first
    /// record is queued.
    ///
    /// Fails with `Argument` for a config of the other role or an invalid name, `Nomem`, `Entropy`; the connection can
    /// only be released then.
    pub fn secure(&mut self, config: &TlsConfig, authority: &[u8]) -> Result<(), Error> {
        let role = match self.parts.sides.role() {
            Role::Server => TlsRole::Server,
            Role::Client => TlsRole::Client,
        };
        if config.role() != role {
            return Err(OTHER_ROLE.at(0));
        }
        let layer = new_layer(config, authority, self.ws, self.parts.timers.now())?;
        self.attach_layer(layer)
    }

    fn attach_layer(&mut self, mut layer: Thin<Layer>) -> Result<(), Error> {
        let begun = layer.begin(&mut self.parts.queue, &mut self.ws.records);
        self.parts.lifecycle.secure();
        self.parts.transport = Transport::Tls(layer);
        begun
    }

    /// A fresh TLS layer of the same kind for another transport, if the connection has one. Without memory the
    /// connection is closed.
    pub fn fresh_layer(&mut self, now: u64) -> Result<Option<Thin<Layer>>, Error> {
        let Transport::Tls(layer) = &self.parts.transport else { return Ok(None) };
        let (config, authority) = layer.origin();
        let begun = Timers::new(now, self.parts.sides.role()).now();
        let layer = new_layer(config, authority, self.ws, begun);
        layer.map(Some).inspect_err(|&error| Ending::of(self.parts, self.ws).fail_without_memory(error))
    }

    /// Attaches it, if there is one, to an unused connection.
    pub fn reattach_layer(&mut self, layer: Option<Thin<Layer>>) -> Result<(), Error> {
        let put = layer.map_or(Ok(()), |layer| self.attach_layer(layer));
        put.inspect_err(|&error| Ending::of(self.parts, self.ws).fail_without_memory(error))
    }

    /// The records are never offloaded.
    pub fn decline_offload(&mut self) {
        if let Some(layer) = self.parts.transport.layer_mut() {
            layer.decline_kernel();
        }
    }

    /// Hands the records to a kernel: the send and receive keys, both of which the kernel must have before anything
    /// else is sent or received. See [`Session::offload`](crate::tls::Session::offload).
    pub fn enter_kernel(&mut self) -> Result<(Keys, Keys), Error> {
        self.parts.transport.layer_mut().ok_or(NOT_NOW)?.enter_kernel()
    }

    /// The kernel refused the keys: neither side can continue.
    #[cold]
    pub fn offload_failed(&mut self) {
        Ending::of(self.parts, self.ws).close_now_for(LOST.at(0));
    }

    /// Processes a record other than application data; returns new receive keys if they change.
    /// [`Conn::next`](super::Conn::next) reports its error in order.
    pub fn receive_record(&mut self, kind: u8, content: &[u8], now: u64) -> Option<Keys> {
        self.parts.timers.advance(now);
        if self.parts.lifecycle.is_closed() {
            return None;
        }
        let recv = |session: &mut Session| (session.recv_record(kind, content), session.is_peer_closed());
        let (opened, is_ended) = self.with_controls(recv)?;
        if is_ended {
            PeerEnd::of(self.parts, self.ws).end_input(true);
        }
        opened.unwrap_or_default()
    }

    /// The kernel could not open a record. Nothing more can be received.
    pub fn receive_record_error(&mut self, broken: RecordError, now: u64) {
        self.parts.timers.advance(now);
        if !self.parts.lifecycle.is_closed() {
            self.with_controls(|session| session.recv_record_error(broken));
        }
        PeerEnd::of(self.parts, self.ws).end_input(false);
    }

    /// The kernel sent that record; returns new send keys if they change.
    pub fn record_sent(&mut self, now: u64) -> Result<Option<Keys>, Error> {
        let keys = self.with_controls(Session::control_sent).ok_or(NOT_NOW)?;
        // As for all output: clocks and the end of the connection advance.
        Sent::of(self.parts, self.ws).sent(0, now)?;
        keys
    }

    fn with_controls<T>(&mut self, body: impl FnOnce(&mut Session) -> T) -> Option<T> {
        let Transport::Tls(layer) = &mut self.parts.transport else { return None };
        Some(layer.with_controls(&mut self.parts.queue, body))
    }

    /// The record protection, if a kernel may take over as soon as `has_records` is false: the handshake is done, and
    /// all input was opened up to the end of a record.
    pub fn ready_for_kernel(&self) -> Option<Protection> {
        let layer = self.parts.transport.layer().filter(|_| self.parts.lifecycle.is_open())?;
        layer.ready_for_kernel(self.parts.recv.is_lent())
    }

    /// Whether octets sealed here are still unsent: what [`Shown::pieces`](super::Shown::pieces) returns while nothing more is sealed.
    pub fn has_records(&self) -> bool {
        let records = self.parts.transport.layer().and_then(Layer::records);
        records.is_some_and(|records| records.queued() > 0)
    }

    /// The control record that the kernel must send first; keys may change after it (`record_sent`).
    pub fn due_record(&self) -> Option<Control> {
        self.parts.transport.layer()?.due_record()
    }
}
