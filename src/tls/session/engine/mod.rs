//! rustls 0.23 behind one interface. Nothing outside of this folder names a rustls connection or its errors.
//!
//! The session relies on the following, which a move to 0.24 (`process_new_packets`, which decrypts in place; [`peer`]
//! changes then) must preserve:
//!
//! * [`Engine::recv`] takes one record at a time, after those of the same incomplete handshake message. So what is left
//!   is always part of a message that needs its next record, and rustls gets the same octets in every call until it
//!   releases them: it stores offsets into them.
//! * Plaintext goes to a place in the same buffer that the session names, before the unread octets.
//! * rustls' output for the peer goes to the sink before a call returns, including the alert of a failure.

mod alert_sink;
mod failed;
pub(super) mod faults;
mod offloaded;
mod opened_record;
mod peer;
mod verdicts;

use core::ops::Range;
use std::sync::Arc;

use rustls::client::UnbufferedClientConnection;
use rustls::pki_types::ServerName;
use rustls::server::UnbufferedServerConnection;
use rustls::{ClientConfig, CommonState, HandshakeKind, ServerConfig};

use super::gather::bound;
use crate::error::Error;
use crate::tls::alerting::{REQUEST, request};
use crate::tls::kernel::{Keys, Protection};
use crate::tls::record::{HEADER, PLAIN_MAX};
use crate::tls::{Sink, name};
use alert_sink::AlertSink;
use faults::{NAME, NOT_OPEN, fault};
use offloaded::{Facts, Offloaded};
use peer::{close, flush, recv, seal};

pub(super) use failed::Failed;
pub(super) use opened_record::OpenedRecord;

/// One rustls connection.
pub(super) struct Engine {
    side: Side,
    /// Maximum plaintext per record by the config.
    record_max: usize,
    /// An alert (usually close_notify) was sent; none follows it.
    is_closed: bool,
    /// Offload is permitted.
    may_offload: bool,
}

#[allow(clippy::large_enum_variant, reason = "a session is boxed as a whole")]
enum Side {
    Server(UnbufferedServerConnection),
    Client(UnbufferedClientConnection),
    /// Offloaded to a kernel; `None`: that failed.
    Offloaded(Option<Box<Offloaded>>),
}

/// Runs `body` with the connection of either side, if there is one.
macro_rules! with_side {
    ($side:expr, $peer:ident => $body:expr, $none:expr) => {
        match $side {
            Side::Server($peer) => $body,
            Side::Client($peer) => $body,
            Side::Offloaded(_) => $none,
        }
    };
}

impl Engine {
    /// A server connection.
    pub fn server(config: Arc<ServerConfig>) -> Result<Self, Error> {
        let (record_max, may_offload) = (record_max(config.max_fragment_size), config.enable_secret_extraction);
        let peer = UnbufferedServerConnection::new(config).map_err(|error| fault(&error).at(0))?;
        Ok(Self { side: Side::Server(peer), record_max, is_closed: false, may_offload })
    }

    /// A client connection to the server of this authority.
    pub fn client(config: Arc<ClientConfig>, authority: &[u8]) -> Result<Self, Error> {
        let host = name::host(authority).ok_or(NAME)?;
        let host = ServerName::try_from(host).map_err(|_| NAME)?.to_owned();
        let record_max = record_max(config.max_fragment_size);
        let peer = UnbufferedClientConnection::new(config, host).map_err(|error| fault(&error).at(0))?;
        Ok(Self { side: Side::Client(peer), record_max, is_closed: false, may_offload: false })
    }

    /// Opens the record at the end of `range`, after the pending octets. Plaintext goes to `to`, at most the start of
    /// the range. An empty range makes a client begin.
    pub fn recv(
        &mut self,
        octets: &mut [u8],
        mut range: Range<usize>,
        to: usize,
        out: &mut impl Sink,
    ) -> Result<OpenedRecord, Failed> {
        with_side!(&mut self.side, peer => {
            let opened = recv(peer, octets, &mut range, to, out);
            opened.map_err(|error| {
                // No alert follows a close_notify, or another alert.
                if !self.is_closed && peer.wants_write() {
                    self.is_closed = true;
                    flush(peer, out);
                }
                Failed { error, pending: range.len() }
            })
        }, Err(NOT_OPEN.into()))
    }

    /// Sends this alert, if none was sent yet. `replay` is what rustls refers to, and the refused record, which begins
    /// at `record`.
    ///
    /// rustls continues after what it has processed of `replay`: after that record, or, if it refused the whole record,
    /// in its place. So what it should read next is put in both places. With receive keys it is a [`request`]. Without
    /// them it is an invalid record, which causes decode_error; in the clear that is replaced by the wanted alert. In
    /// one case decode_error is sent instead: a TLS 1.2 client that has changed its keys when the server has not.
    /// `replay` ends with room for a request.
    pub fn send_alert(&mut self, replay: &mut [u8], record: usize, alert: u8, out: &mut impl Sink) {
        const NO_RECORD: [u8; REQUEST] = [u8::MAX, 3, 3, 0, 0, 0];
        let end = replay.len() - REQUEST;
        let mut sink = AlertSink::new();
        for octets in [request(alert), NO_RECORD] {
            if self.is_closed {
                break;
            }
            replay[end..].copy_from_slice(&octets);
            replay[record..record + REQUEST].copy_from_slice(&octets);
            // Fails by design.
            let _ = self.recv(replay, 0..end + REQUEST, 0, &mut sink);
        }
        sink.pass_on(alert, out);
    }

    /// Encrypts `parts` as one stretch of the stream, all or nothing. `pending` are the pending octets.
    pub fn seal(&mut self, pending: &mut [u8], parts: &[&[u8]], out: &mut impl Sink) -> Result<(), Error> {
        let room = bound(parts, self.record_max);
        with_side!(
            &mut self.side,
            peer => seal(peer, pending, parts, room, out).inspect_err(|_| flush(peer, out)),
            Err(NOT_OPEN)
        )
    }

    /// Sends close_notify; nothing may be sent after it.
    pub fn close(&mut self, pending: &mut [u8], out: &mut impl Sink) -> Result<(), Error> {
        self.is_closed = true;
        with_side!(&mut self.side, peer => close(peer, pending, out), Err(NOT_OPEN))
    }

    /// Whether the config permits [`Engine::offload`].
    pub fn permits_offload(&self) -> bool {
        self.may_offload
    }

    /// The protection of records, if offload is permitted and possible.
    pub fn offload_protection(&self) -> Option<Protection> {
        if self.may_offload { self.cipher_suite().and_then(Protection::of_suite) } else { None }
    }

    /// Hands the records to a kernel: returns the send and receive keys from the next records on. Nothing is received
    /// or sealed here after that, even on failure.
    pub fn offload(&mut self) -> Result<(Keys, Keys), Error> {
        let Side::Server(peer) = core::mem::replace(&mut self.side, Side::Offloaded(None)) else {
            return Err(NOT_OPEN);
        };
        let (offloaded, send, receive) = offloaded::offload(peer)?;
        self.side = Side::Offloaded(Some(Box::new(offloaded)));
        Ok((send, receive))
    }

    /// After offload: the send keys after our KeyUpdate.
    pub fn next_send_keys(&mut self) -> Result<Keys, Error> {
        self.offloaded_mut().ok_or(NOT_OPEN)?.next_send_keys()
    }

    /// After offload: the receive keys after the peer's KeyUpdate.
    pub fn next_receive_keys(&mut self) -> Result<Keys, Error> {
        self.offloaded_mut().ok_or(NOT_OPEN)?.next_receive_keys()
    }

    pub fn is_handshaking(&self) -> bool {
        self.common().is_some_and(CommonState::is_handshaking)
    }

    /// The version as in records, once negotiated.
    pub fn version(&self) -> Option<u16> {
        match self.common() {
            Some(common) => common.protocol_version().map(u16::from),
            None => self.facts()?.version,
        }
    }

    /// The IANA number of the cipher suite, once negotiated.
    pub fn cipher_suite(&self) -> Option<u16> {
        match self.common() {
            Some(common) => common.negotiated_cipher_suite().map(|suite| suite.suite().into()),
            None => self.facts()?.cipher_suite,
        }
    }

    pub fn alpn(&self) -> Option<&[u8]> {
        match self.common() {
            Some(common) => common.alpn_protocol(),
            None => self.facts()?.alpn.as_deref(),
        }
    }

    pub fn is_resumed(&self) -> bool {
        match self.common() {
            Some(common) => common.handshake_kind() == Some(HandshakeKind::Resumed),
            None => self.facts().is_some_and(|facts| facts.is_resumed),
        }
    }

    /// The peer's certificates in DER, its own first.
    pub fn peer_certificate(&self, index: usize) -> Option<&[u8]> {
        match self.common() {
            Some(common) => common.peer_certificates()?.get(index).map(|certificate| certificate.as_ref()),
            None => self.facts()?.certificates.get(index).map(AsRef::as_ref),
        }
    }

    fn common(&self) -> Option<&CommonState> {
        with_side!(&self.side, peer => Some(peer), None)
    }

    fn offloaded_mut(&mut self) -> Option<&mut Offloaded> {
        if let Side::Offloaded(offloaded) = &mut self.side { offloaded.as_deref_mut() } else { None }
    }

    fn facts(&self) -> Option<&Facts> {
        if let Side::Offloaded(Some(offloaded)) = &self.side { Some(&offloaded.facts) } else { None }
    }
}

/// The plaintext limit for a fragment size; rustls includes the header in it.
fn record_max(fragment: Option<usize>) -> usize {
    fragment.map_or(PLAIN_MAX, |fragment| fragment.saturating_sub(HEADER).clamp(1, PLAIN_MAX))
}
