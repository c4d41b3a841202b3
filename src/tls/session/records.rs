//! Complete records: checks them, reads the server name, and passes them to rustls.

use core::ops::Range;

use super::engine::{Engine, Failed, OpenedRecord};
use crate::error::{Code, Error, Fault};
use crate::tls::Sink;
use crate::tls::hello::Hello;
use crate::tls::record::{CHANGE_CIPHER_SPEC, Extent, HANDSHAKE, HEADER, Protected, extent, opening_fault};

/// Maximum octets from a peer before the handshake is done: two of the longest messages, which usually are
/// certificates.
pub(super) const HANDSHAKE_MAX: usize = 128 << 10;
const TLS_12: u16 = 0x0303;
const TLS_13: u16 = 0x0304;

static LONG: Fault = Fault::new(Code::TooLarge, 0, c"TLS-07", c"the TLS handshake is longer than allowed");

/// The record side of a session.
pub(super) struct Records {
    engine: Engine,
    hello: Hello,
    /// Octets of the handshake so far.
    handshake: usize,
    /// The peer sent close_notify.
    is_peer_closed: bool,
    /// The peer sent change_cipher_spec: in TLS 1.2 its records are protected from there on.
    ccs_received: bool,
    /// A record without application data arrived after the handshake: rustls may owe a response that it does not
    /// expose.
    may_owe_response: bool,
}

impl Records {
    pub fn new(engine: Engine, hello: Hello) -> Self {
        Self { engine, hello, handshake: 0, is_peer_closed: false, ccs_received: false, may_owe_response: false }
    }

    /// What the records are opened with.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What the records are opened with.
    pub fn engine_mut(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// The host name a client requested, in lower case.
    pub fn server_name(&self) -> Option<&str> {
        self.hello.name()
    }

    /// Whether the version agreed on is TLS 1.3.
    pub fn is_tls13(&self) -> bool {
        self.engine.version() == Some(TLS_13)
    }

    /// Whether the peer sent close_notify.
    pub fn is_peer_closed(&self) -> bool {
        self.is_peer_closed
    }

    /// The peer sent close_notify.
    pub fn set_peer_closed(&mut self) {
        self.is_peer_closed = true;
    }

    /// Whether rustls may owe the peer a response.
    pub fn may_owe_response(&self) -> bool {
        self.may_owe_response
    }

    /// Octets of the handshake so far, mutable.
    #[cfg(test)]
    pub fn handshake_mut(&mut self) -> &mut usize {
        &mut self.handshake
    }

    /// The extent of the next record.
    pub fn extent(&self, octets: &[u8]) -> Result<Extent, &'static Fault> {
        match extent(octets, self.protected()) {
            Err(fault) if self.handshake == 0 => Err(opening_fault(octets, fault)),
            Ok(Extent::Whole(len) | Extent::Part(len))
                if self.engine.is_handshaking() && self.handshake + len > HANDSHAKE_MAX =>
            {
                Err(&LONG)
            }
            other => other,
        }
    }

    fn protected(&self) -> Protected {
        match self.engine.version() {
            Some(TLS_13) => Protected::Tls13,
            Some(TLS_12) if self.ccs_received => Protected::Tls12,
            _ => Protected::No,
        }
    }

    /// Opens the record between the end of `pending` and `end`. Its plaintext goes to `to`.
    pub fn open(
        &mut self,
        octets: &mut [u8],
        pending: Range<usize>,
        end: usize,
        to: usize,
        out: &mut impl Sink,
    ) -> Result<OpenedRecord, Failed> {
        let was_handshaking = self.engine.is_handshaking();
        if was_handshaking {
            self.handshake += end - pending.end;
            self.inspect(&octets[pending.end..end]).map_err(Failed::from)?;
        }
        let opened = self.engine.recv(octets, pending.start..end, to, out)?;
        self.may_owe_response |= !was_handshaking && opened.plain == 0;
        self.is_peer_closed |= opened.is_closed;
        Ok(opened)
    }

    /// Reads the ClientHello and detects key changes.
    fn inspect(&mut self, record: &[u8]) -> Result<(), Error> {
        self.ccs_received |= record.first() == Some(&CHANGE_CIPHER_SPEC);
        if self.hello.is_done() || record.first() != Some(&HANDSHAKE) {
            return Ok(());
        }
        self.hello.recv(&record[HEADER..])
    }
}
