//! One connection's TLS.
//!
//! The owner lends what came with [`Session::hear`]. Whole records are decrypted where they lie, and the plaintext of all of them
//! is moved together at the front of the lend. A record that is cut is copied into memory of the workspace's and completed from
//! the next lend; its plaintext is shown there ([`Session::opened`]), before that of the lend. So a lend gives at most two
//! stretches of plaintext, in this order, and all of it is used up when `hear` returns:
//!
//! ```text
//! kept  [ first part of A ]
//! lend                     [ rest of A | record B | record C | part of D ]
//!
//! opened  [ plaintext of A ]
//! lend    [ plaintext of B and C |                            ]
//! kept  [ part of D ]
//! ```
//!
//! Between lends a session that was not left in the middle of a record holds no buffer. It never waits for plaintext to be used
//! up: that is the owner's affair, who lends when it can take more.
//!
//! What goes to the peer (handshake, alerts, [`Session::seal`]ed octets) is written straight into a [`Sink`].
//!
//! A failure is final. What was decrypted before it is given out first, and the alert for the peer is in the sink by then. The
//! clock is the owner's: it should bound the time in which [`Session::is_handshaking`] holds; the octets of that time are bounded
//! here.

mod alert;
mod cipher;
mod control;
mod cut;
mod engine;
mod gather;
mod hear;
mod leave;
mod records;

use core::ops::Range;

use super::hello::Hello;
use super::{Sink, TlsConfig};
use crate::error::{Code, Error, Fault};
use crate::memory::{Heap, Vec};
use control::Controls;
use cut::Cut;
use engine::Engine;
use records::{Records, TLS_13};

pub use control::{Broken, Control};

static NO_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is of neither role");
static CUT: Fault = Fault::new(Code::Truncated, 0, c"TLS-03", c"the transport ended without a close_notify");
static CUT_HANDSHAKE: Fault = Fault::new(Code::Truncated, 0, c"TLS-03", c"the transport ended in the TLS handshake");
static NOT_YET: Fault = Fault::new(Code::State, 0, c"", c"the TLS handshake is not done");
static CLOSING: Fault = Fault::new(Code::Closing, 0, c"TLS-05", c"nothing follows a close_notify");

/// One connection's TLS. One thread at a time.
pub struct Session {
    records: Records,
    cut: Cut,
    /// The plaintext of the record that was cut.
    opened: Vec<u8>,
    failed: Option<Error>,
    /// Nothing more is said to the peer.
    is_closed: bool,
    /// Its records are a kernel's.
    controls: Option<Controls>,
}

/// What a lend became.
#[must_use]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// Where in the lend plaintext lies; that of [`Session::opened`] comes before it.
    pub plain: Range<usize>,
    /// The session has failed, with the offset of the record in this lend; plaintext came before it.
    pub error: Option<Error>,
}

impl Session {
    /// A session of the config's role over `heap`. A client gives the authority it connects to: the certificate must be for its
    /// host, and a DNS name is told to the server (TLS-01: without port and trailing dot; of an address nothing is told). A
    /// server's is not looked at.
    pub fn new(config: &TlsConfig, authority: &[u8], heap: &Heap) -> Result<Self, Error> {
        match (config.server(), config.client()) {
            (Some(config), _) => Ok(Self::with(Engine::server(config)?, Hello::new(heap), heap)),
            (_, Some(config)) => Ok(Self::with(Engine::client(config, authority)?, Hello::of_client(heap), heap)),
            _ => Err(NO_ROLE.at(0)),
        }
    }

    fn with(engine: Engine, hello: Hello, heap: &Heap) -> Self {
        let records = Records::new(engine, hello);
        let opened = Vec::new_in(heap.clone());
        Self { records, cut: Cut::new(heap), opened, failed: None, is_closed: false, controls: None }
    }

    /// A client says hello, a server does nothing. Comes before everything else.
    pub fn begin(&mut self, out: &mut impl Sink) -> Result<(), Error> {
        match self.records.engine.hear(&mut [], 0..0, 0, out) {
            Ok(_) => Ok(()),
            Err(failed) => Err(self.fail(failed.error)),
        }
    }

    /// Encrypts `parts` as one stretch of the stream, all or nothing: small parts share a record, large ones are not copied.
    ///
    /// Errors: `State` in the handshake, `Closing` after [`Session::close`], `Nomem` (nothing was done), and that of a failed
    /// session.
    pub fn seal(&mut self, parts: &[&[u8]], out: &mut impl Sink) -> Result<(), Error> {
        match self.failed {
            Some(error) => return Err(error),
            None if self.is_closed => return Err(CLOSING.at(0)),
            None if self.is_handshaking() => return Err(NOT_YET.at(0)),
            None => {}
        }
        match self.records.engine.seal(self.cut.seen_mut(), parts, out) {
            Err(error) if error.code() != Code::Nomem => Err(self.fail(error)),
            result => result,
        }
    }

    /// Says close_notify, once: nothing more is sent, and what the peer still sends is still heard. In the handshake and after a
    /// failure nothing is said.
    pub fn close(&mut self, out: &mut impl Sink) -> Result<(), Error> {
        let is_silent = core::mem::replace(&mut self.is_closed, true) || self.failed.is_some() || self.is_handshaking();
        if is_silent {
            return Ok(());
        }
        if self.is_in_kernel() {
            self.close_in_kernel();
            return Ok(());
        }
        match self.records.engine.close(self.cut.seen_mut(), out) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.fail(error)),
        }
    }

    /// The transport ends: a clean end after the peer's close_notify, a truncation without it (RFC 8446 §6.1), which fails the
    /// session.
    pub fn end_of_input(&mut self) -> Result<(), Error> {
        match self.failed {
            Some(error) => Err(error),
            None if self.is_peer_closed() => Ok(()),
            None if self.is_handshaking() => Err(self.fail(CUT_HANDSHAKE.at(0))),
            None => Err(self.fail(CUT.at(0))),
        }
    }

    /// The plaintext of the record that the last lend completed, until [`Session::release`] or the next lend.
    pub fn opened(&self) -> &[u8] {
        &self.opened
    }

    /// The same, to be rewritten in place.
    pub fn opened_mut(&mut self) -> &mut [u8] {
        &mut self.opened
    }

    /// That plaintext is used up: its memory goes back.
    pub fn release(&mut self) {
        if self.opened.capacity() != 0 {
            self.opened = Vec::new_in(self.opened.allocator().clone());
        }
    }

    /// Nothing more is heard: what was kept of the peer's octets goes.
    pub fn drop_input(&mut self) {
        self.release();
        self.cut.release();
    }

    /// Octets of the heap's memory in which the session keeps what came: a record or a message that is cut, and plaintext that is not
    /// used up.
    pub fn memory(&self) -> usize {
        self.cut.memory() + self.opened.capacity()
    }

    /// What ended the session.
    pub fn error(&self) -> Option<Error> {
        self.failed
    }

    /// Whether application data can not go both ways yet.
    pub fn is_handshaking(&self) -> bool {
        self.records.engine.is_handshaking()
    }

    /// Whether the peer's close_notify came: the end of what it sends is clean, and what comes after it is ignored (TLS-05).
    pub fn is_peer_closed(&self) -> bool {
        self.records.is_peer_closed
    }

    /// Whether [`Session::close`] was called.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// 0x0303 for TLS 1.2, 0x0304 for TLS 1.3, once it is agreed on.
    pub fn version(&self) -> Option<u16> {
        self.records.engine.version()
    }

    /// The cipher suite by number and name (IANA), once it is agreed on.
    pub fn cipher_suite(&self) -> Option<(u16, &'static str)> {
        self.records.engine.cipher_suite().map(|number| (number, cipher::name(number)))
    }

    /// The application protocol that was agreed on (RFC 7301).
    pub fn alpn(&self) -> Option<&[u8]> {
        self.records.engine.alpn()
    }

    /// The host a client asked this server for, in lower case.
    pub fn server_name(&self) -> Option<&str> {
        self.records.hello.name()
    }

    /// Whether the handshake went on from an earlier session.
    pub fn is_resumed(&self) -> bool {
        self.records.engine.is_resumed()
    }

    /// The peer's certificates in DER as they were sent, its own first; `None` beyond the last.
    pub fn peer_certificate(&self, index: usize) -> Option<&[u8]> {
        self.records.engine.peer_certificate(index)
    }

    /// Ends the session.
    fn fail(&mut self, error: Error) -> Error {
        self.cut.release();
        self.failed = Some(error);
        error
    }
}

#[cfg(test)]
mod tests;
