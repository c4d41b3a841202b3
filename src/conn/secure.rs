//! TLS under a connection, as its owner puts it there, asks it, and hands it over to a kernel.

use super::timers::{Millis32, Timers};
use super::transport::Transport;
use super::{Config, Conn, Workspace, tls};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::{NOT_NOW, Role};
use crate::memory::Thin;
use crate::tls::{Broken, Control, Keys, Protection, Role as TlsRole, Session, TlsConfig};
use std::rc::Rc;

static OTHER_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is of the other role");
static LOST: Fault = Fault::new(Code::System, 0, c"", c"the system did not take the keys of a TLS connection");

fn new_layer(config: &TlsConfig, authority: &[u8], ws: &Workspace, begun: Millis32) -> Result<Thin<tls::Layer>, Error> {
    Thin::new(tls::Layer::new(config, authority, ws.heap(), begun)?, ws.heap())
}

impl Conn {
    /// A connection over TLS: [`Conn::new`] and [`Conn::secure`] in one. On failure everything was given back.
    pub fn over_tls(
        config: Rc<Config>,
        ws: &mut Workspace,
        now: u64,
        tls: &TlsConfig,
        authority: &[u8],
    ) -> Result<Self, Error> {
        let mut conn = Self::new(config, now)?;
        conn.secure(ws, tls, authority).inspect_err(|_| conn.release(ws))?;
        Ok(conn)
    }

    /// Puts TLS under a connection of which nothing was used yet. A client names the authority it connects to
    /// ([`Session::new`]); its first record is queued.
    ///
    /// Fails with `Argument` for a config of the other role or a name that is none, `Nomem`, `Entropy`; the connection is then of no
    /// use but to be released.
    pub fn secure(&mut self, ws: &mut Workspace, config: &TlsConfig, authority: &[u8]) -> Result<(), Error> {
        let role = match self.machine.role() {
            Role::Server => TlsRole::Server,
            Role::Client => TlsRole::Client,
        };
        if config.role() != role {
            return Err(OTHER_ROLE.at(0));
        }
        let layer = new_layer(config, authority, ws, self.timers.now())?;
        self.put_under(ws, layer)
    }

    /// TLS as there is under the connection, if there is any, for another transport.
    pub(super) fn layer_again(&self, ws: &Workspace, now: u64) -> Result<Option<Thin<tls::Layer>>, Error> {
        let Transport::Tls(layer) = &self.transport else { return Ok(None) };
        let (config, authority) = layer.origin();
        new_layer(config, authority, ws, Timers::new(now, self.machine.role()).now()).map(Some)
    }

    pub(super) fn put_under(&mut self, ws: &mut Workspace, mut layer: Thin<tls::Layer>) -> Result<(), Error> {
        let begun = layer.begin(&mut self.queue, &mut ws.records);
        self.lifecycle.secure();
        self.transport = Transport::Tls(layer);
        begun
    }

    fn layer(&self) -> Option<&tls::Layer> {
        if let Transport::Tls(layer) = &self.transport { Some(layer) } else { None }
    }

    fn layer_mut(&mut self) -> Option<&mut tls::Layer> {
        if let Transport::Tls(layer) = &mut self.transport { Some(layer) } else { None }
    }

    /// TLS under the connection, if there is any.
    pub fn tls(&self) -> Option<&Session> {
        self.layer().map(tls::Layer::session)
    }

    /// How the records are protected, when a kernel may have them as soon as [`has_records`](Conn::has_records) is false: the handshake is
    /// done, and everything received was opened, up to the end of a record.
    pub fn ready_for_kernel(&self) -> Option<Protection> {
        let layer = self.layer().filter(|_| self.lifecycle.is_open())?;
        layer.ready_for_kernel(self.recv.is_lent())
    }

    /// Whether octets that were sealed here have not left yet: what [`Conn::pieces`] shows while nothing more is sealed.
    pub fn has_records(&self) -> bool {
        self.layer().is_some_and(tls::Layer::has_records)
    }

    /// The records stay here for good.
    pub fn stay_here(&mut self) {
        if let Some(layer) = self.layer_mut() {
            layer.decline_kernel();
        }
    }

    /// Gives the records up: the keys to send and to receive with, both of which the kernel must have before anything else is sent or
    /// received. See [`Session::offload`](crate::tls::Session::offload).
    pub fn enter_kernel(&mut self) -> Result<(Keys, Keys), Error> {
        self.layer_mut().ok_or(NOT_NOW)?.enter_kernel()
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
        let hear = |session: &mut Session| (session.recv_record(kind, content), session.is_peer_closed());
        let (heard, is_ended) = self.with_controls(hear)?;
        if is_ended {
            self.end_input(ws, true);
        }
        heard.unwrap_or_default()
    }

    /// The kernel could not open a record. Nothing more can be received.
    pub fn receive_broken(&mut self, ws: &mut Workspace, broken: Broken, now: u64) {
        self.timers.advance(now);
        if !self.lifecycle.is_closed() {
            self.with_controls(|session| session.recv_broken(broken));
        }
        self.end_input(ws, false);
    }

    /// The control record that the kernel is to send before anything else; its keys may change behind it ([`Conn::record_sent`]).
    pub fn due_record(&self) -> Option<Control> {
        self.layer()?.due_record()
    }

    /// The kernel has sent that record; the keys to send with from now on, where they change.
    pub fn record_sent(&mut self, ws: &mut Workspace, now: u64) -> Result<Option<Keys>, Error> {
        let keys = self.with_controls(Session::control_sent).ok_or(NOT_NOW)?;
        // As for every other octet that leaves: clocks and the end of the connection go on.
        self.sent(ws, 0, now)?;
        keys
    }

    fn with_controls<T>(&mut self, body: impl FnOnce(&mut Session) -> T) -> Option<T> {
        let Transport::Tls(layer) = &mut self.transport else { return None };
        Some(layer.with_controls(&mut self.queue, body))
    }
}
