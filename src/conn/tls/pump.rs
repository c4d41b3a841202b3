//! TLS alone: records in, plaintext out, plaintext in, records out.

use core::ops::Range;

use super::record_sink::RecordSink;
use crate::conn::bits;
use crate::conn::send_queue::{Piece, SendQueue};
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::guard::Limits;
use crate::tls::{Session, TlsConfig};

static NOT_DRAINED: Fault = Fault::new(Code::State, 0, c"", c"the lend before is not drained, or input has ended");
static NOT_QUEUED: Fault = Fault::new(Code::State, 0, c"", c"so many octets are not queued");

/// The result of [`Pump::pull`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Plaintext: [`Pump::opened`].
    Opened,
    /// Plaintext at this place of the lend.
    Lent(Range<usize>),
    /// All input is used up.
    NeedInput,
    /// The peer sent close_notify, or the handshake was abandoned: there will be nothing more.
    Done,
}

/// One connection's TLS over a workspace. One thread at a time.
pub struct Pump {
    session: Session,
    output: SendQueue,
    /// Plaintext of a completed partial record is still to be delivered.
    is_opened: bool,
    /// Plaintext of the lend still to be delivered.
    plain: Range<usize>,
    /// The transport's input has ended.
    is_ended: bool,
}

impl Pump {
    /// A pump with the config's role; see [`Session::new`]. A client's first record is queued.
    pub fn new(config: &TlsConfig, authority: &[u8], ws: &mut Workspace) -> Result<Self, Error> {
        let session = Session::new(config, authority, ws.heap())?;
        let mut pump = Self { session, output: SendQueue::new(), is_opened: false, plain: 0..0, is_ended: false };
        let begun = pump.session.begin(&mut RecordSink::new(&mut pump.output, &mut ws.records));
        if begun.is_err() {
            pump.output.clear(&mut ws.records);
        }
        begun.map(|()| pump)
    }

    /// Frees everything.
    pub fn release(&mut self, ws: &mut Workspace) {
        self.output.clear(&mut ws.records);
        self.session.release();
    }

    /// Processes all received octets, rewriting them. They are the pump's until [`Pump::pull`] returns no plaintext.
    ///
    /// `State`: plaintext of the last lend is not drained, or the input has ended. `pull` reports errors of the octets
    /// in order.
    pub fn receive(&mut self, ws: &mut Workspace, octets: &mut [u8]) -> Result<(), Error> {
        if self.has_plain() || self.is_ended {
            return Err(NOT_DRAINED.at(0));
        }
        let opened = self.session.recv(octets, &mut RecordSink::new(&mut self.output, &mut ws.records));
        self.is_opened = !self.session.opened().is_empty();
        self.plain = opened.plain;
        Ok(())
    }

    /// The transport ended. `pull` reports whether that is clean.
    pub fn receive_eof(&mut self) {
        self.is_ended = true;
        // Stored in the session, and reported by `pull`.
        let _ = self.session.end_of_input();
    }

    /// The next plaintext; or the error that ended the session, after all of it and repeatedly.
    pub fn pull(&mut self) -> Result<Plain, Error> {
        if core::mem::take(&mut self.is_opened) {
            return Ok(Plain::Opened);
        }
        if !self.plain.is_empty() {
            return Ok(Plain::Lent(core::mem::take(&mut self.plain)));
        }
        self.session.release();
        match self.session.error() {
            Some(error) => Err(error),
            None if self.session.ignores_input() => Ok(Plain::Done),
            None => Ok(Plain::NeedInput),
        }
    }

    /// The plaintext of [`Plain::Opened`], until the next `pull` or `receive`.
    pub fn opened(&mut self) -> &mut [u8] {
        self.session.opened_mut()
    }

    fn has_plain(&self) -> bool {
        self.is_opened || !self.plain.is_empty()
    }

    /// Queues `parts`, all or nothing. `false`: nothing was done, because the handshake is not done or the queue is
    /// long.
    pub fn send(&mut self, ws: &mut Workspace, parts: &[&[u8]]) -> Result<bool, Error> {
        let is_early = self.session.error().is_none() && self.session.is_handshaking();
        if is_early || self.output.queued() > Limits::DEFAULT.high_water as usize {
            return Ok(false);
        }
        self.session.seal(parts, &mut RecordSink::new(&mut self.output, &mut ws.records)).map(|()| true)
    }

    /// Queues a close_notify; nothing is sent after it.
    pub fn close(&mut self, ws: &mut Workspace) -> Result<(), Error> {
        self.session.close(&mut RecordSink::new(&mut self.output, &mut ws.records))
    }

    /// Passes queued records to `each` until it returns `false`.
    pub fn pieces<'a>(&self, ws: &'a Workspace, mut each: impl FnMut(&'a [u8]) -> bool) {
        self.output.pieces(&ws.records, |piece| match piece {
            Piece::Owned(octets) => each(octets),
            Piece::Lent(..) => true,
        });
    }

    /// The transport accepted the first `n` queued octets.
    pub fn sent(&mut self, ws: &mut Workspace, n: usize) -> Result<(), Error> {
        if n > self.output.queued() {
            return Err(NOT_QUEUED.at(0));
        }
        self.output.sent(&mut ws.records, n);
        Ok(())
    }

    /// What the owner should do now, as [`bits`].
    pub fn state(&self) -> u32 {
        let (is_sent, is_over) = (self.output.queued() == 0, self.is_over());
        let (is_ended, is_silent) = (self.is_ended, self.session.is_closed() || self.session.error().is_some());
        let is_peer_closed = self.session.is_peer_closed();
        let set = |on: bool, bit: u32| if on { bit } else { 0 };
        set(!is_over && !is_peer_closed && !is_ended, bits::WANT_READ)
            | set(!is_sent, bits::WANT_WRITE)
            | set(self.has_plain(), bits::EVENTS)
            | set(is_sent && is_silent, bits::SHUTDOWN_WRITE)
            | set(is_sent && is_over && !self.has_plain(), bits::CLOSE)
            | set(self.session.is_handshaking() && self.session.error().is_none(), bits::TLS_HANDSHAKE)
            | set(is_peer_closed, bits::TLS_PEER_CLOSED)
    }

    /// Whether both sides have ended.
    fn is_over(&self) -> bool {
        self.session.error().is_some() || self.session.is_closed() && self.session.ignores_input()
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }
}
