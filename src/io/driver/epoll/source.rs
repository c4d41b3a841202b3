//! One descriptor and its registration with the system: operations start here, and the events of all but accepts are answered.
//!
//! An event that no operation has asked for is that of a connection whose receives are paused, or of an operation that ended
//! without telling the system. It is reported if the consumer must know, and then silenced, since level-triggered events would come
//! again at once.

use super::super::{Event, Sent};
use super::batch::Batch;
use super::entry::Entry;
use super::{bits, flag};
use crate::io::socket::Socket;
use crate::io::sys;
use crate::io::sys::epoll::Change;
use std::io;
use std::os::fd::{OwnedFd, RawFd};

/// A descriptor of the registry, for one call.
pub(super) struct Source<'a> {
    set: &'a OwnedFd,
    entry: &'a mut Entry,
    /// The number of the descriptor.
    index: u32,
}

impl<'a> Source<'a> {
    #[inline]
    pub fn new(set: &'a OwnedFd, entry: &'a mut Entry, index: u32) -> Self {
        Self { set, entry, index }
    }

    /// Whether any of these bits is set.
    #[inline]
    pub fn has(&self, flags: u16) -> bool {
        self.entry.has(flags)
    }

    /// Starts operations: sets their bits, and makes sure of their events.
    #[inline]
    pub fn start(self, flags: u16) -> io::Result<()> {
        let before = self.entry.flags();
        self.entry.set(flags);
        register(self.set, self.entry, self.index).inspect_err(|_| self.entry.clear(flags & !before))
    }

    /// Has `send` send, once: what is left of the `offered` octets waits for room.
    #[inline(always)]
    pub fn send(self, offered: usize, send: impl FnOnce(RawFd) -> io::Result<usize>) -> io::Result<Sent> {
        let taken = match send(self.index as RawFd) {
            Ok(taken) if taken == offered => {
                self.entry.clear(flag::SEND);
                return Ok(Sent::Done(taken));
            }
            Ok(taken) => taken,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => 0,
            Err(e) => return Err(e),
        };
        self.entry.set(flag::SEND);
        register(self.set, self.entry, self.index)?;
        Ok(Sent::Queued(taken))
    }

    /// The end, an error, or a readiness that was none: what a receive came to that brought nothing.
    #[cold]
    pub fn receive_ended(self, result: io::Result<usize>) -> Option<Event> {
        match result {
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => return None,
            // Reading the error took it from the socket: after it a read returns 0, which must not pass for an end.
            Ok(_) if self.entry.has(flag::FAILED) => {
                self.entry.clear(flag::RECEIVE);
                return Some(Event::Received(Err(io::ErrorKind::ConnectionReset.into())));
            }
            Ok(_) => self.entry.set(flag::ENDED),
            Err(_) => self.entry.fail(),
        }
        self.entry.clear(flag::RECEIVE);
        Some(Event::Received(result))
    }

    /// A connection was made, or could not be.
    pub fn connected(self) -> Option<Event> {
        self.entry.clear(flag::CONNECT);
        let error = self.entry.socket()?.take_error();
        let result = error.and_then(|pending| pending.map_or(Ok(()), Err));
        if result.is_err() {
            // What else was submitted would only fail for the same reason.
            self.entry.fail();
        }
        Some(Event::Connected(result))
    }

    /// Answers a poll, where it asked for one of these bits.
    pub fn ready(self, bits: u32) -> Option<Event> {
        let readable = self.entry.has(flag::POLL_READABLE) && bits & bits::INPUT != 0;
        let writable = self.entry.has(flag::POLL_WRITABLE) && bits & bits::OUTPUT != 0;
        if readable || writable {
            self.entry.clear(flag::POLL);
            return Some(Event::Ready(bits::readiness(bits)));
        }
        silence(self.set, self.entry, self.index, bits);
        None
    }

    /// Input, an end or an error where no receive is submitted.
    pub fn stray_input(self, bits: u32) -> Option<Event> {
        if bits & bits::ERROR != 0 && self.entry.flags() & (flag::STREAM | flag::FAILED) == flag::STREAM {
            return Some(fail(self.entry));
        }
        let reported = self.entry.has(flag::ENDED);
        let ended = self.entry.has(flag::STREAM) && bits & bits::END != 0;
        if ended {
            self.entry.set(flag::ENDED);
        }
        silence(self.set, self.entry, self.index, bits);
        let both = bits & bits::HANG_UP != 0;
        // Behind an error there is nothing to tell.
        let is_news = ended && !self.entry.has(flag::FAILED) && (both || !reported);
        is_news.then_some(Event::HungUp { both })
    }

    /// Room to send: what a queued send waits for, or what one that is done has left armed.
    pub fn room(self) -> Option<Event> {
        if self.entry.has(flag::SEND) {
            // Stays armed: a sender that was blocked once is likely to be blocked again.
            self.entry.clear(flag::SEND);
            return Some(Event::Sent(Ok(0)));
        }
        silence(self.set, self.entry, self.index, 0);
        None
    }

    /// Gives the socket back. Closing it alone would not end a registration that a forked process holds a copy of.
    pub fn detach(self) -> Option<Socket> {
        unregister(self.set, self.entry, self.index);
        self.entry.release()
    }
}

/// The connection is lost: nothing more will come of it than this error.
fn fail(entry: &mut Entry) -> Event {
    entry.fail();
    let error = entry.socket().and_then(|socket| socket.take_error().unwrap_or_else(Some));
    Event::Received(Err(error.unwrap_or_else(|| io::ErrorKind::ConnectionReset.into())))
}

/// Makes sure that the system reports all that the entry wants. It may report more: see [`silence`].
#[inline]
fn register(set: &OwnedFd, entry: &mut Entry, index: u32) -> io::Result<()> {
    if entry.wanted() & !entry.armed() == 0 { Ok(()) } else { rearm(set, entry, index) }
}

/// Makes the system report exactly what the entry wants.
#[cold]
fn rearm(set: &OwnedFd, entry: &mut Entry, index: u32) -> io::Result<()> {
    let wanted = entry.wanted();
    let data = Batch::data(index, entry.generation());
    let events = flag::events(wanted);
    let change = if entry.has(flag::REGISTERED) { Change::Modify(events, data) } else { Change::Add(events, data) };
    sys::epoll::change(set, index as RawFd, change)?;
    entry.set_armed(wanted);
    Ok(())
}

/// Makes the system report nothing. Hang-ups and errors cannot be masked, so this is the only way to be rid of them.
#[cold]
fn unregister(set: &OwnedFd, entry: &mut Entry, index: u32) {
    if entry.has(flag::REGISTERED) {
        // Fails only for a foreign descriptor that its owner has closed: then it is done already.
        let _ = sys::epoll::change(set, index as RawFd, Change::Remove);
        entry.clear_armed();
    }
}

/// Asks the system for no more than what is wanted. Hang-ups and errors cannot be masked: where one stands and no
/// operation would answer it, the registration goes; the next operation makes a new one. Otherwise it stays, if only to
/// hear of an error.
fn silence(set: &OwnedFd, entry: &mut Entry, index: u32, bits: u32) {
    if !entry.has(flag::REGISTERED) {
        return;
    }
    let idle = !entry.has(flag::OPERATIONS);
    let stands = idle && bits & (bits::HANG_UP | bits::ERROR) != 0;
    // Rearming does not fail for a registered descriptor of ours; a foreign one may be gone.
    if stands || rearm(set, entry, index).is_err() {
        unregister(set, entry, index);
    }
}
