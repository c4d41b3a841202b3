//! What a connection has of its TLS.

use super::chain::Chain;
use crate::conn::lifecycle::Secured;
use crate::conn::send_queue::SendQueue;
use crate::conn::state::bits;
use crate::conn::timers::Millis32;
use crate::conn::workspace::{Blocks, Workspace};
use crate::conn::{Config, Conn};
use crate::error::{Code, Error, Fault};
use crate::http1::machine;
use crate::memory::{Bytes, NO_MEMORY, Thin};
use crate::tls::{Role, Session, TlsConfig};
use std::rc::Rc;

static OTHER_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is of the other role");

/// TLS under a connection.
pub struct Layer {
    pub session: Session,
    /// What the session has for the peer. The connection counts it with its own output, so that marks and clocks are about both.
    pub records: SendQueue,
    /// What cannot go on though the session could.
    pub fault: Option<Error>,
    /// When the transport began.
    pub begun: Millis32,
    /// The present lend is plaintext already.
    pub is_open: bool,
    /// Anything came.
    pub has_heard: bool,
    /// The connection was idle: nothing of the peer's is awaited behind our close_notify.
    pub hurries: bool,
    /// For another transport.
    config: TlsConfig,
    authority: Bytes,
}

impl Layer {
    /// What went wrong, behind all plaintext that came before it.
    pub fn failure(&self) -> Option<Error> {
        self.fault.or(self.session.error())
    }

    /// Whether application data can be sent.
    pub fn can_send(&self) -> bool {
        !self.session.is_handshaking() && !self.session.is_closed() && self.failure().is_none()
    }

    /// Whether application data can be sealed.
    pub fn can_seal(&self) -> bool {
        self.can_send() && !self.session.is_in_kernel()
    }

    /// Runs `body` on the session with the place for its records; and by how many octets they grew.
    pub(super) fn speak<T>(
        &mut self,
        records: &mut Blocks,
        body: impl FnOnce(&mut Session, &mut Chain<'_>) -> T,
    ) -> (T, usize) {
        let before = self.unsent();
        let done = body(&mut self.session, &mut Chain::new(&mut self.records, records));
        (done, self.unsent() - before)
    }

    /// Octets that are queued for the peer and no plaintext of the protocol's: records, or what a kernel is to make into some.
    pub fn unsent(&self) -> usize {
        self.records.queued() + self.session.waiting()
    }
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
        let is_same_role = match self.machine.role() {
            machine::Role::Server => config.role() == Role::Server,
            machine::Role::Client => config.role() == Role::Client,
        };
        if !is_same_role {
            return Err(OTHER_ROLE.at(0));
        }
        let session = Session::new(config, authority, ws.heap())?;
        let mut name = Bytes::new_in(ws.heap().clone());
        if config.role() == Role::Client {
            name.try_reserve_exact(authority.len()).map_err(|_| NO_MEMORY)?;
            name.extend_from_slice(authority);
        }
        let layer = Layer {
            session,
            records: SendQueue::new(),
            fault: None,
            begun: self.timers.now(),
            is_open: false,
            has_heard: false,
            hurries: false,
            config: config.clone(),
            authority: name,
        };
        let secured = if layer.session.may_leave() { Secured::HereYet } else { Secured::Here };
        self.lifecycle.secure(secured);
        let layer = self.tls.insert(Thin::new(layer, ws.heap())?);
        let (begun, grown) = layer.speak(&mut ws.records, |session, out| session.begin(out));
        self.queue.count(grown);
        begun
    }

    /// The same TLS as `before` had, for another transport.
    pub(in crate::conn) fn secure_again(&mut self, ws: &mut Workspace, before: Self) -> Result<(), Error> {
        let Some(layer) = before.tls else { return Ok(()) };
        let secured = self.secure(ws, &layer.config, &layer.authority);
        secured.inspect_err(|&error| self.run_dry(ws, error))
    }

    /// TLS under the connection, if there is any.
    pub fn tls(&self) -> Option<&Session> {
        self.tls.as_ref().map(|layer| &layer.session)
    }

    /// When a handshake began that is not done.
    pub(in crate::conn) fn handshake_begun(&self) -> Option<Millis32> {
        self.tls.as_ref().filter(|layer| layer.session.is_handshaking()).map(|layer| layer.begun)
    }

    /// What [`Conn::state`] says of TLS.
    pub(in crate::conn) fn tls_bits(&self) -> u32 {
        let Some(session) = self.tls() else { return 0 };
        let is_handshaking = session.is_handshaking() && session.error().is_none();
        let handshake = if is_handshaking { bits::TLS_HANDSHAKE } else { 0 };
        handshake | if session.is_peer_closed() { bits::TLS_PEER_CLOSED } else { 0 }
    }
}
