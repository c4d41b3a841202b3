//! Whole records: checked, looked into for the server name, and given to rustls.

use core::ops::Range;

use super::engine::{Engine, Taken};
use crate::error::{Code, Error, Fault};
use crate::tls::Sink;
use crate::tls::hello::Hello;
use crate::tls::record::{Extent, HEADER, extent, opening_fault};

/// The most octets a peer may send before the handshake is done: two of the longest messages, as a rule certificates.
pub(super) const HANDSHAKE_MAX: usize = 128 << 10;
pub(super) const TLS_13: u16 = 0x0304;

static LONG: Fault = Fault::new(Code::TooLarge, 0, c"", c"the TLS handshake is longer than allowed");

/// The record side of a session.
pub(super) struct Records {
    pub engine: Engine,
    pub hello: Hello,
    /// Octets of the handshake so far.
    pub handshake: usize,
    /// The peer's close_notify came.
    pub is_peer_closed: bool,
    /// A record came behind the handshake that held no application data: rustls may owe the peer an answer that it does not show.
    pub has_controls: bool,
}

impl Records {
    pub fn new(engine: Engine, hello: Hello) -> Self {
        Self { engine, hello, handshake: 0, is_peer_closed: false, has_controls: false }
    }

    /// The extent of the next record.
    pub fn extent(&self, octets: &[u8]) -> Result<Extent, &'static Fault> {
        let is_tls13 = !self.engine.is_handshaking() && self.engine.version() == Some(TLS_13);
        match extent(octets, is_tls13) {
            Err(fault) if self.handshake == 0 => Err(opening_fault(octets, fault)),
            Ok(Extent::Whole(len) | Extent::Part(len))
                if self.engine.is_handshaking() && self.handshake + len > HANDSHAKE_MAX =>
            {
                Err(&LONG)
            }
            other => other,
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
    ) -> Result<Taken, Error> {
        let was_handshaking = self.engine.is_handshaking();
        if was_handshaking {
            self.handshake += end - kept.end;
            self.look_into(&octets[kept.end..end])?;
        }
        let taken = self.engine.hear(octets, kept.start..end, to, out)?;
        self.has_controls |= !was_handshaking && taken.plain == 0;
        self.is_peer_closed |= taken.is_closed;
        Ok(taken)
    }

    /// Reads what there is of a ClientHello.
    fn look_into(&mut self, record: &[u8]) -> Result<(), Error> {
        const HANDSHAKE: u8 = 22;
        if self.hello.is_done() || record.first() != Some(&HANDSHAKE) {
            return Ok(());
        }
        self.hello.hear(&record[HEADER..])
    }
}
