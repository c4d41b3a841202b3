//! What tells readiness: the interface of epoll, kqueue and completion ports.

use super::super::lending::Lent;
use super::super::{Gather, Info};
use super::entry::Entry;
use super::ready::Ready;
use crate::io::chunks::Chunks;
use crate::io::descriptor::{RawSocket, RawWaitable};
use crate::io::waker::Waker;
use std::io;

/// The system's set of watched descriptors.
///
/// The set requests readiness lazily. It keeps what it has requested in the flags of the entry that are
/// [its own](super::flag::OF_SET).
pub(in crate::io::driver) trait Watch: Sized {
    /// An event as the system writes it.
    type Event: Ready;

    /// What the driver tells about itself.
    const INFO: Info;
    /// The bits that a receive handles.
    const RECEIVABLE: u32;
    /// The bits that end a connect.
    const CONNECTED: u32;
    /// Whether a request may fail after the call that made it, see [`Ready::refusal`].
    const REFUSES_LATE: bool;

    /// Whether a connection with an [error](super::bits::ERROR) has no end, whatever a receive finds.
    const ERROR_ENDS: bool;

    fn new() -> io::Result<Self>;

    /// One whose events can be told by this one's waits.
    #[cfg(windows)]
    fn beside(&self) -> io::Result<Self>;

    /// The index of the entry for a guest, which was made [beside](Self::beside) this one.
    #[cfg(windows)]
    fn guest_index(&mut self, guest: &Self) -> io::Result<u32>;

    /// Makes what ends its waits, which has no entry.
    fn waker(&mut self) -> io::Result<Waker>;

    /// The index of the entry for a descriptor; of one that has an entry already, that one. Fails for a foreign one that
    /// cannot be watched.
    fn index(&mut self, socket: RawSocket, is_foreign: bool) -> io::Result<u32>;

    /// Gives an index back that has no entry.
    fn release_index(&mut self, _: u32) {}

    /// The descriptor of an entry in use.
    fn descriptor(entry: &Entry, index: u32) -> RawSocket;

    /// What another loop waits on: it is readable, or signalled, while an event waits.
    fn handle(&self) -> RawWaitable;

    /// Whether requests are kept back for the next wait.
    fn keeps_back(&self) -> bool;

    /// Requests at least the events that the entry wants.
    fn register(&mut self, entry: &mut Entry, index: u32) -> io::Result<()>;

    /// Stops unwanted events, of which these bits came.
    fn silence(&mut self, entry: &mut Entry, index: u32, bits: u32);

    /// Stops all events. `closes`: the descriptor is closed at once.
    fn unregister(&mut self, entry: &mut Entry, index: u32, closes: bool);

    /// The system refused the request that these bits are about.
    fn forget(&mut self, entry: &mut Entry, bits: u32);

    /// Whether the descriptor of an entry in use is still open, as far as the system's requests show it.
    fn is_watched(&mut self, entry: &mut Entry, index: u32) -> bool;

    /// Completes the bits of an event: which directions are ready, and whether both have ended.
    fn complete(entry: &Entry, index: u32, bits: u32) -> u32;

    /// Whether the socket can lend octets. Asked once.
    fn can_lend(_: RawSocket) -> bool {
        false
    }

    /// Sends octets of such a socket, which are lent if any are sent. Fails with `ENOBUFS` if too many are for now.
    fn lend(_: RawSocket, _: &Gather<'_>) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Requests events for what is released: whatever else happened, once, and each time that something is. Nothing to do if
    /// other events are requested.
    fn watch_releases(&mut self, _: &mut Entry, _: u32) -> io::Result<()> {
        Ok(())
    }

    /// Takes what the system says is released; whether it said anything.
    fn take_releases(_: RawSocket, _: &mut Lent) -> bool {
        false
    }

    /// Whether the socket has failed, or there is something to [take](Self::take_releases).
    fn has_error(_: RawSocket) -> bool {
        false
    }

    /// Whether anything has arrived for such a socket, other than something to take.
    fn has_input_of_lender(_: RawSocket) -> io::Result<bool> {
        Ok(true)
    }

    /// Lets the peer know of a close of a socket that lends. `at_once`: what it has not acknowledged is dropped, or the socket says
    /// that a close does so.
    fn end_lender(_: RawSocket, _at_once: bool) {}

    /// Hands over the requests that were kept back.
    fn flush(&mut self, entries: &mut Chunks<Entry>) -> io::Result<()>;

    /// The same, and fills `events` from the start; returns how many. 0 after a signal.
    fn wait(
        &mut self,
        entries: &mut Chunks<Entry>,
        events: &mut [Self::Event],
        timeout_ms: Option<u64>,
    ) -> io::Result<usize>;
}
