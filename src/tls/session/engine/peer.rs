//! Driving a rustls connection of either side.

use core::ops::{Deref, Range};

use rustls::CommonState;
use rustls::client::{ClientConnectionData, UnbufferedClientConnection};
use rustls::server::{ServerConnectionData, UnbufferedServerConnection};
use rustls::unbuffered::{ConnectionState, EncodeError, EncodeTlsData, UnbufferedStatus, WriteTraffic};

use super::faults::{EARLY, EXHAUSTED, NOT_OPEN, fault};
use super::opened_record::OpenedRecord;
use crate::error::Error;
use crate::tls::Sink;
use crate::tls::session::gather::runs;

/// A connection: rustls has the same methods on two types.
pub(super) trait Peer: Deref<Target: Deref<Target = CommonState>> {
    type Data;
    fn process<'c, 'i>(&'c mut self, incoming: &'i mut [u8]) -> UnbufferedStatus<'c, 'i, Self::Data>;
}

impl Peer for UnbufferedServerConnection {
    type Data = ServerConnectionData;
    fn process<'c, 'i>(&'c mut self, incoming: &'i mut [u8]) -> UnbufferedStatus<'c, 'i, Self::Data> {
        self.process_tls_records(incoming)
    }
}

impl Peer for UnbufferedClientConnection {
    type Data = ClientConnectionData;
    fn process<'c, 'i>(&'c mut self, incoming: &'i mut [u8]) -> UnbufferedStatus<'c, 'i, Self::Data> {
        self.process_tls_records(incoming)
    }
}

/// The state of rustls after a step.
enum Step {
    /// More to do without input.
    More,
    /// Plaintext is available.
    Plaintext,
    /// The peer's close_notify came.
    Closed,
    /// Needs input or the application.
    Blocked,
}

pub(super) fn recv<P: Peer>(
    peer: &mut P,
    octets: &mut [u8],
    range: &mut Range<usize>,
    to: usize,
    out: &mut impl Sink,
) -> Result<OpenedRecord, Error> {
    let mut opened = OpenedRecord::default();
    loop {
        let (used, step) = step(peer, &mut octets[range.clone()], out);
        range.start += used;
        match step? {
            Step::More => {}
            Step::Plaintext => opened.plain += copy_plaintext(peer, &mut octets[to + opened.plain..range.start]),
            Step::Closed => opened.is_closed = true,
            Step::Blocked => break,
        }
    }
    opened.pending = range.len();
    Ok(opened)
}

/// Advances rustls by one state; returns the octets it releases.
fn step<P: Peer>(peer: &mut P, incoming: &mut [u8], out: &mut impl Sink) -> (usize, Result<Step, Error>) {
    let UnbufferedStatus { discard, state } = peer.process(incoming);
    let step = state.map_err(|error| fault(&error).at(0)).and_then(|state| advance(state, out));
    (discard, step)
}

fn advance<Data>(state: ConnectionState<'_, '_, Data>, out: &mut impl Sink) -> Result<Step, Error> {
    Ok(match state {
        ConnectionState::EncodeTlsData(message) => {
            encode(message, out)?;
            Step::More
        }
        ConnectionState::TransmitTlsData(message) => {
            message.done();
            Step::More
        }
        ConnectionState::ReadTraffic(_) => Step::Plaintext,
        ConnectionState::PeerClosed => Step::Closed,
        ConnectionState::BlockedHandshake | ConnectionState::WriteTraffic(_) | ConnectionState::Closed => Step::Blocked,
        _ => return Err(EARLY),
    })
}

/// Copies the plaintext of a record. rustls decrypted it in place and copied it; without input it only returns its
/// copy, so the place is free again.
fn copy_plaintext<P: Peer>(peer: &mut P, to: &mut [u8]) -> usize {
    let mut len = 0;
    if let Ok(ConnectionState::ReadTraffic(mut traffic)) = peer.process(&mut []).state {
        while let Some(Ok(record)) = traffic.next_record() {
            to[len..len + record.payload.len()].copy_from_slice(record.payload);
            len += record.payload.len();
        }
    }
    len
}

fn encode<Data>(mut message: EncodeTlsData<'_, Data>, out: &mut impl Sink) -> Result<(), Error> {
    let Err(EncodeError::InsufficientSize(size)) = message.encode(&mut []) else {
        return Ok(());
    };
    let written = message.encode(out.room(size.required_size)?).unwrap_or(0);
    out.commit(written);
    Ok(())
}

/// Sends rustls' remaining output after a failure, usually its alert. Errors are ignored.
pub(super) fn flush<P: Peer>(peer: &mut P, out: &mut impl Sink) {
    while peer.wants_write() && step(peer, &mut [], out).1.is_ok() {}
}

/// Runs `body` if application data may be sent.
fn traffic<P: Peer, S: Sink, T>(
    peer: &mut P,
    pending: &mut [u8],
    out: &mut S,
    body: impl FnOnce(&mut WriteTraffic<'_, P::Data>, &mut S) -> T,
) -> Result<T, Error> {
    loop {
        match peer.process(pending).state.map_err(|error| fault(&error).at(0))? {
            ConnectionState::EncodeTlsData(message) => encode(message, out)?,
            ConnectionState::TransmitTlsData(message) => message.done(),
            ConnectionState::WriteTraffic(mut traffic) => return Ok(body(&mut traffic, out)),
            _ => return Err(NOT_OPEN),
        }
    }
}

pub(super) fn seal<P: Peer, S: Sink>(
    peer: &mut P,
    pending: &mut [u8],
    parts: &[&[u8]],
    room: usize,
    out: &mut S,
) -> Result<(), Error> {
    traffic(peer, pending, out, |traffic, out| {
        let room = out.room(room)?;
        let mut written = 0;
        let sealed = runs(parts, |run| {
            written += traffic.encrypt(run, &mut room[written..]).map_err(|_| EXHAUSTED)?;
            Ok(())
        });
        out.commit(written);
        sealed
    })?
}

pub(super) fn close<P: Peer>(peer: &mut P, pending: &mut [u8], out: &mut impl Sink) -> Result<(), Error> {
    // The close is queued, and fails only for lack of room; so it is sent like all other output.
    traffic(peer, pending, out, |traffic, _| drop(traffic.queue_close_notify(&mut [])))?;
    while peer.wants_write() {
        step(peer, &mut [], out).1?;
    }
    Ok(())
}
