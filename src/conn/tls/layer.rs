//! TLS under a connection: its session, its records, and who makes them.
//!
//! Records count in the connection's queue with the plaintext still to be sealed, and so do control records for a
//! kernel: so marks, clocks and closing need not know TLS.

use super::channel::Channel;
use super::plaintext::respond_in_plaintext;
use super::sealer::Sealer;
use crate::conn::bits;
use crate::conn::opened::Opened;
use crate::conn::recv_window::RecvWindow;
use crate::conn::send_queue::SendQueue;
use crate::conn::timers::Millis32;
use crate::conn::workspace::{Blocks, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::machine::{NOT_NOW, Role};
use crate::memory::{Bytes, Heap, NO_MEMORY};
use crate::tls::{self, Control, Keys, Protection, Session, TlsConfig};

static OTHER_PROTOCOL: Fault =
    Fault::new(Code::TlsAlpn, 0, c"TLS-02", c"the application protocol agreed on is not http/1.1");

/// One session and its records.
pub struct Layer {
    channel: Channel,
    /// An error of the layer, not of the session.
    fault: Option<Error>,
    /// The start of the transport.
    begun: Millis32,
    sealer: Sealer,
    /// The current lend is plaintext already.
    is_open: bool,
    /// Input has arrived.
    has_heard: bool,
    /// The connection was idle: nothing of the peer is expected after our close_notify.
    skips_linger: bool,
    /// For another transport.
    config: TlsConfig,
    authority: Bytes,
}

impl Layer {
    /// A new session. A client passes the authority it connects to ([`Session::new`]).
    pub fn new(config: &TlsConfig, authority: &[u8], heap: &Heap, now: Millis32) -> Result<Self, Error> {
        let session = Session::new(config, authority, heap)?;
        let mut name = Bytes::new_in(heap.clone());
        if config.role() == tls::Role::Client {
            name.try_reserve_exact(authority.len()).map_err(|_| NO_MEMORY)?;
            name.extend_from_slice(authority);
        }
        let sealer = if session.may_offload() { Sealer::UsForNow } else { Sealer::Us };
        Ok(Self {
            channel: Channel::new(session),
            fault: None,
            begun: now,
            sealer,
            is_open: false,
            has_heard: false,
            skips_linger: false,
            config: config.clone(),
            authority: name,
        })
    }

    /// What is needed to make another layer of the same kind.
    pub fn origin(&self) -> (&TlsConfig, &[u8]) {
        (&self.config, &self.authority)
    }

    /// The session, to be asked.
    #[inline]
    pub fn session(&self) -> &Session {
        self.channel.session()
    }

    /// Queues a client's first record.
    pub fn begin(&mut self, queue: &mut SendQueue, records: &mut Blocks) -> Result<(), Error> {
        self.channel.with_session(queue, records, |session, out| session.begin(out))
    }

    /// The error, after all plaintext before it.
    pub fn failure(&self) -> Option<Error> {
        self.fault.or(self.session().error())
    }

    /// Whether application data can be sent.
    fn can_send(&self) -> bool {
        !self.session().is_handshaking() && !self.session().is_closed() && self.failure().is_none()
    }

    /// Decrypts the lend in place, once. The plaintext of a completed partial record goes to the held octets, which
    /// precede the lend. No event may point to those. `None`: there is nothing to decrypt.
    ///
    /// Fails if that plaintext cannot be stored.
    pub fn open(
        &mut self,
        recv: &mut RecvWindow,
        queue: &mut SendQueue,
        ws: &mut Workspace,
        lent: &mut [u8],
    ) -> Result<Option<Opened>, Error> {
        if self.is_open || !recv.is_lent() {
            return Ok(None);
        }
        (self.is_open, self.has_heard) = (true, true);
        if self.session().is_in_kernel() {
            self.channel.session_mut().note_received();
            return Ok(None);
        }
        let was_handshaking = self.session().is_handshaking();
        let (_, octets) = recv.rest_of_lend_mut(lent);
        let len = octets.len();
        let opened = self.channel.with_session(queue, &mut ws.records, |session, out| session.recv(octets, out));
        debug_assert_eq!(opened.plain.start, 0, "plaintext is at the front of the lend");
        recv.opened(opened.plain.end);
        recv.append(&mut ws.held, self.session().opened())?;
        self.channel.session_mut().release();
        let is_greeted = was_handshaking && !self.session().is_handshaking();
        if is_greeted && !matches!(self.session().alpn(), None | Some(b"http/1.1")) {
            // Another protocol's octets are not read (TLS-02).
            self.fault = Some(OTHER_PROTOCOL.at(0));
            recv.use_up(&ws.held);
        }
        Ok(Some(Opened { octets: len, is_greeted, is_ended: self.session().is_peer_closed() }))
    }

    /// The lend is over; the next one has records.
    #[inline]
    pub fn end_lend(&mut self) {
        self.is_open = false;
    }

    /// The transport ended. An end within a handshake is an error, unless the peer never began one.
    pub fn end(&mut self, role: Role) {
        if self.session().is_handshaking() && (self.has_heard || role == Role::Client) {
            // Stored in the session, and reported in order.
            let _ = self.channel.session_mut().end_of_input();
        }
    }

    /// Seals the queue, some way ahead of the transport.
    pub fn seal(&mut self, queue: &mut SendQueue, ws: &mut Workspace) -> Result<(), Error> {
        while self.can_send() && !self.session().is_in_kernel() && self.channel.seal_next(queue, ws)? {}
        Ok(())
    }

    /// Queues a close_notify after all other output, once.
    pub fn close_notify(&mut self, queue: &mut SendQueue, records: &mut Blocks) -> Result<(), Error> {
        if self.session().is_closed() || queue.queued() > self.channel.unsent() {
            return Ok(());
        }
        self.channel.with_session(queue, records, |session, out| session.close(out))
    }

    /// The records, if they are made here: they are the output then, not the queue.
    #[inline(always)]
    pub fn records(&self) -> Option<&SendQueue> {
        if self.session().is_in_kernel() { None } else { Some(self.channel.records()) }
    }

    /// The transport accepted the first `n` octets: of records, or of plaintext if offloaded. `Some`: neither side can
    /// continue.
    pub fn sent(&mut self, queue: &mut SendQueue, ws: &mut Workspace, n: usize) -> Result<Option<Error>, Error> {
        if self.sealer == Sealer::Kernel {
            return self.sent_to_kernel(queue, ws, n);
        }
        self.channel.sent(queue, &mut ws.records, n).map(|()| None)
    }

    fn sent_to_kernel(&mut self, queue: &mut SendQueue, ws: &mut Workspace, n: usize) -> Result<Option<Error>, Error> {
        if n + self.channel.unsent() > queue.queued() {
            return Err(NOT_NOW);
        }
        let noted = self.with_controls(queue, |session| session.note_sent(n));
        queue.sent(&mut ws.blocks, n);
        Ok(noted.err())
    }

    /// TLS failed: unsealed output is never sent. Returns whether nothing else is to be sent; otherwise an alert is
    /// queued, or a close_notify follows.
    pub fn fail(&mut self, queue: &mut SendQueue, ws: &mut Workspace, role: Role) -> bool {
        queue.clear(&mut ws.blocks);
        queue.recount(0, self.channel.unsent());
        let is_plaintext = self.failure().is_some_and(|error| error.code() == Code::TlsPlaintextHttp);
        if is_plaintext && role == Role::Server {
            // Without memory for it the connection closes anyway.
            let _ = self.channel.write(queue, |records| respond_in_plaintext(records, ws));
        }
        queue.queued() == 0 && self.session().error().is_some()
    }

    /// The start of a handshake in progress.
    pub fn handshake_since(&self) -> Option<Millis32> {
        self.session().is_handshaking().then_some(self.begun)
    }

    /// All its memory.
    pub fn memory(&self, records: &Blocks) -> usize {
        self.channel.memory(records)
    }

    /// The records, to be held or let go, if they are made here.
    pub fn records_mut(&mut self) -> Option<&mut SendQueue> {
        if self.session().is_in_kernel() { None } else { Some(self.channel.records_mut()) }
    }

    /// Gives out no more records; they stay in place.
    pub fn abandon(&mut self) {
        self.channel.abandon();
    }

    /// Drops the records and stored input.
    pub fn clear(&mut self, records: &mut Blocks) {
        self.channel.clear(records);
    }

    /// Whether the transport can be closed as soon as everything is sent.
    pub fn skips_linger(&self) -> bool {
        self.skips_linger
    }

    /// Lets the transport be closed as soon as everything is sent.
    pub fn skip_linger(&mut self) {
        self.skips_linger = true;
    }

    /// Whether records are made here, so that output is copied.
    #[inline]
    pub fn seals(&self) -> bool {
        self.sealer != Sealer::Kernel
    }

    /// Whether the records would take what is at the front of the queue.
    pub fn has_room(&self) -> bool {
        !self.seals() || self.channel.has_room()
    }

    /// Whether there is output for the transport, or will be on demand.
    pub fn has_output(&self, queue: &SendQueue) -> bool {
        self.channel.unsent() > 0 || queue.queued() > 0 && self.can_send()
    }

    /// The TLS bits of [`Conn::state`](crate::conn::Conn::state).
    pub fn bits(&self) -> u32 {
        let session = self.session();
        let is_handshaking = session.is_handshaking() && session.error().is_none();
        let handshake = if is_handshaking { bits::TLS_HANDSHAKE } else { 0 };
        handshake | if session.is_peer_closed() { bits::TLS_PEER_CLOSED } else { 0 }
    }

    /// Whether the records should be offloaded as soon as possible.
    pub fn wants_kernel(&self) -> bool {
        self.sealer == Sealer::UsForNow
    }

    /// The record protection, if all input was opened up to the end of a record. `lent`: there is a lend.
    pub fn ready_for_kernel(&self, lent: bool) -> Option<Protection> {
        let is_opened = self.is_open || !lent;
        if is_opened && self.fault.is_none() { self.session().ready_to_offload() } else { None }
    }

    /// The records are never offloaded.
    pub fn decline_kernel(&mut self) {
        self.sealer = Sealer::Us;
    }

    /// Hands the records to a kernel: returns the send and receive keys.
    pub fn enter_kernel(&mut self) -> Result<(Keys, Keys), Error> {
        let keys = self.channel.session_mut().offload()?;
        self.sealer = Sealer::Kernel;
        Ok(keys)
    }

    /// The control record that the kernel must send first.
    pub fn due_record(&self) -> Option<Control> {
        self.session().control()
    }

    /// Runs `body` on an offloaded session.
    pub fn with_controls<T>(&mut self, queue: &mut SendQueue, body: impl FnOnce(&mut Session) -> T) -> T {
        self.channel.with_controls(queue, body)
    }
}
