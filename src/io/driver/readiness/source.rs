//! One descriptor and its registration: starts operations, and handles all events but accepts.
//!
//! An event without a waiting operation belongs to a paused connection, or to an operation that ended without a change
//! of registration. It is reported if the consumer must know, and then silenced, since level-triggered events would
//! repeat.

use super::super::lending::Lending;
use super::super::refused::twice;
use super::super::{Event, Sent, failure, file};
use super::entry::Entry;
use super::watch::Watch;
use super::{bits, flag};
use crate::io::descriptor::RawSocket;
use crate::io::socket::{AcceptError, Socket};
use std::io;

/// A descriptor of the registry, for one call.
pub(super) struct Source<'a, S> {
    set: &'a mut S,
    entry: &'a mut Entry,
    /// The number of the descriptor.
    index: u32,
}

impl<'a, S: Watch> Source<'a, S> {
    #[inline]
    pub fn new(set: &'a mut S, entry: &'a mut Entry, index: u32) -> Self {
        Self { set, entry, index }
    }

    /// Whether any of these bits is set.
    #[inline]
    pub fn has(&self, flags: u32) -> bool {
        self.entry.has(flags)
    }

    /// Starts operations: sets their bits and requests their events. Fails if one of these is in progress.
    #[inline]
    pub fn start(self, flags: u32) -> io::Result<()> {
        if self.entry.has(flags & flag::OPERATIONS) {
            return Err(twice());
        }
        let before = self.entry.flags();
        self.entry.set(flags);
        self.set.register(self.entry, self.index).inspect_err(|_| self.entry.clear(flags & !before))
    }

    /// Calls `send` once, in place of a wait for room; the rest of the `offered` octets waits.
    #[inline(always)]
    pub fn send(self, offered: usize, send: impl FnOnce(RawSocket) -> io::Result<usize>) -> io::Result<Sent> {
        let taken = match send(S::descriptor(self.entry, self.index)) {
            Ok(taken) if taken == offered => {
                self.entry.clear(flag::SEND);
                return Ok(Sent::Done(taken));
            }
            Ok(taken) => taken,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => 0,
            Err(e) => return Err(failed_send(self.entry, e)),
        };
        self.entry.set(flag::SEND);
        self.set.register(self.entry, self.index)?;
        Ok(Sent::Room(taken))
    }

    /// The same for a file.
    pub fn send_file(self, offered: usize, send: impl FnOnce(RawSocket) -> io::Result<usize>) -> io::Result<Sent> {
        let sent = Source::new(&mut *self.set, &mut *self.entry, self.index).send(offered, send)?;
        if let (Sent::Room(taken), Some(socket)) = (sent, self.entry.socket())
            && failure::is_hidden(taken, file::capped(offered), socket)
        {
            self.entry.set(flag::FAILED);
        }
        Ok(sent)
    }

    /// Handles a receive without octets: the end, an error, or a spurious readiness.
    #[cold]
    pub fn receive_ended(self, result: io::Result<usize>) -> Option<Event> {
        match result {
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => return None,
            // Reading the error removed it: a later read returns 0, which must not count as the end.
            Ok(_) if self.entry.has(flag::FAILED) => {
                self.entry.fail();
                return Some(Event::Received(Err(failure::reset())));
            }
            Ok(_) => self.entry.set(flag::ENDED),
            Err(_) => self.entry.fail(),
        }
        self.entry.clear(flag::RECEIVE);
        Some(Event::Received(result))
    }

    /// A connect completed or failed.
    pub fn connected(self) -> Option<Event> {
        self.entry.clear(flag::CONNECT);
        let error = self.entry.socket()?.take_error();
        let result = error.and_then(|pending| pending.map_or(Ok(()), Err));
        // A send that was tried meanwhile has taken the error.
        let result = if self.entry.has(flag::FAILED) { result.and(Err(failure::refused())) } else { result };
        if result.is_err() {
            // Other operations would fail for the same reason.
            self.entry.fail();
        }
        Some(Event::Connected(result))
    }

    /// Completes a poll that asked for one of these bits.
    pub fn ready(self, bits: u32) -> Option<Event> {
        let bits = S::complete(self.entry, self.index, bits);
        let readable = self.entry.has(flag::POLL_READABLE) && bits & bits::INPUT != 0;
        let writable = self.entry.has(flag::POLL_WRITABLE) && bits & bits::OUTPUT != 0;
        if readable || writable {
            self.entry.clear(flag::POLL);
            return Some(Event::Ready(bits::readiness(bits)));
        }
        self.set.silence(self.entry, self.index, bits);
        None
    }

    /// Input, an end or an error where no receive is submitted.
    pub fn stray_input(self, bits: u32) -> Option<Event> {
        if bits & bits::ERROR != 0 && self.entry.flags() & (flag::STREAM | flag::FAILED) == flag::STREAM {
            return Some(fail(self.entry));
        }
        let reported = self.entry.has(flag::ENDED);
        let stood = self.entry.has(flag::EDGE);
        let bits = S::complete(self.entry, self.index, bits);
        let ended = self.entry.has(flag::STREAM) && bits & bits::END != 0;
        if ended {
            self.entry.set(flag::ENDED);
        }
        self.set.silence(self.entry, self.index, bits);
        let both = bits & bits::HANG_UP != 0;
        // After an error there is nothing to report.
        let is_news = ended && !self.entry.has(flag::FAILED) && (both && !stood || !reported);
        is_news.then_some(Event::HungUp { both })
    }

    /// Room to send, for a send that waits or left armed by a completed one.
    pub fn room(self) -> Option<Event> {
        if self.entry.has(flag::SEND) {
            // Stays armed: a sender that blocked once is likely to block again.
            self.entry.clear(flag::SEND);
            return Some(Event::Sent(Ok(0)));
        }
        self.set.silence(self.entry, self.index, 0);
        None
    }

    /// The system refused to watch one direction: the operation that waits for it fails.
    #[cold]
    pub fn refused(self, bits: u32, error: io::Error) -> Option<Event> {
        self.set.forget(self.entry, bits);
        let direction = if bits & bits::ROOM != 0 { flag::WRITES } else { flag::READS };
        let operation = self.entry.flags() & direction;
        // One poll is for both directions.
        self.entry.clear(direction | flag::POLL);
        let is_of_connection = operation & (flag::CONNECT | flag::RECEIVE) != 0;
        if is_of_connection {
            self.entry.fail();
        }
        Some(match operation {
            0 => return None,
            flag::ACCEPT => Event::Accepted(Err(AcceptError::from(error))),
            flag::CONNECT => Event::Connected(Err(error)),
            _ if is_of_connection => Event::Received(Err(error)),
            flag::SEND => Event::Sent(Err(error)),
            _ => Event::Ready(bits::readiness(bits::ERROR)),
        })
    }

    /// Returns the socket. `closes`: it is closed at once. What is known of its sends goes too: the next socket may have its number.
    pub fn detach(self, lending: &mut Lending, closes: bool) -> Option<Socket> {
        lending.remove(self.index);
        self.set.unregister(self.entry, self.index, closes);
        self.entry.release()
    }
}

/// The system tells the error of a connection once.
#[cold]
fn failed_send(entry: &mut Entry, error: io::Error) -> io::Error {
    if failure::is_of_connection(&error) || entry.has(flag::CONNECT) {
        entry.set(flag::FAILED);
    }
    error
}

/// The connection failed: this error is its last event.
fn fail(entry: &mut Entry) -> Event {
    entry.fail();
    let error = entry.socket().and_then(|socket| socket.take_error().unwrap_or_else(Some));
    Event::Received(Err(error.unwrap_or_else(failure::reset)))
}
