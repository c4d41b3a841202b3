//! Whole records: checked, looked into for the server name, and given to rustls.

use core::ops::Range;

use super::engine::{Engine, Failed, Taken};
use crate::error::{Code, Error, Fault};
use crate::tls::Sink;
use crate::tls::hello::Hello;
use crate::tls::record::{CHANGE_CIPHER_SPEC, Extent, HANDSHAKE, HEADER, Protected, extent, opening_fault};

/// The most octets a peer may send before the handshake is done: two of the longest messages, as a rule certificates.
pub(super) const HANDSHAKE_MAX: usize = 128 << 10;
const TLS_12: u16 = 0x0303;
pub(super) const TLS_13: u16 = 0x0304;

static LONG: Fault = Fault::new(Code::TooLarge, 0, c"TLS-07", c"the TLS handshake is longer than allowed");

/// The record side of a session.
pub(super) struct Records {
    pub engine: Engine,
    pub hello: Hello,
    /// Octets of the handshake so far.
    pub handshake: usize,
    /// The peer's close_notify came.
    pub is_peer_closed: bool,
    /// The peer's change_cipher_spec came: in TLS 1.2 its records are protected from there on.
    has_changed: bool,
    /// A record came behind the handshake that held no application data: rustls may owe the peer an answer that it does not show.
    pub has_controls: bool,
}

impl Records {
    pub fn new(engine: Engine, hello: Hello) -> Self {
        Self { engine, hello, handshake: 0, is_peer_closed: false, has_changed: false, has_controls: false }
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
            Some(TLS_12) if self.has_changed => Protected::Tls12,
            _ => Protected::No,
        }
    }

    /// Takes the record between the end of `kept` and `end`; its plaintext goes to `to`.
    pub fn take(
        &mut self,
        octets: &mut [u8],
        kept: Range<usize>,
        end: usize,
        to: usize,
        out: &mut impl Sink,
    ) -> Result<Taken, Failed> {
        let was_handshaking = self.engine.is_handshaking();
        if was_handshaking {
            self.handshake += end - kept.end;
            self.look_into(&octets[kept.end..end]).map_err(Failed::from)?;
        }
        let taken = self.engine.hear(octets, kept.start..end, to, out)?;
        self.has_controls |= !was_handshaking && taken.plain == 0;
        self.is_peer_closed |= taken.is_closed;
        Ok(taken)
    }

    /// Reads what there is of a ClientHello, and what says that keys change.
    fn look_into(&mut self, record: &[u8]) -> Result<(), Error> {
        self.has_changed |= record.first() == Some(&CHANGE_CIPHER_SPEC);
        if self.hello.is_done() || record.first() != Some(&HANDSHAKE) {
            return Ok(());
        }
        self.hello.hear(&record[HEADER..])
    }
}
