//! What a completed request means for one socket, and for its owner.

use super::entry::Entry;
use super::flag;
use super::requests::{INPUT, OUTPUT};
use super::tag::{Kind, Tag};
use crate::io::driver::{Event, Readiness, failure};
use crate::io::sys::uring::Completed;
use std::io;

const ERROR: u32 = libc::POLLERR as u32;
const HANG_UP: u32 = libc::POLLHUP as u32;
const PEER_END: u32 = libc::POLLRDHUP as u32;

/// One entry whose request has completed. Each method is one kind of request.
pub(super) struct Outcome<'a> {
    entry: &'a mut Entry,
}

impl<'a> Outcome<'a> {
    pub fn new(entry: &'a mut Entry) -> Self {
        Self { entry }
    }

    /// What a request other than a receive, an accept or a send that lends means.
    pub fn of(self, tag: Tag, done: &Completed) -> Option<Event> {
        match tag.kind {
            Kind::Send => self.sent(done.result()),
            Kind::Output => self.output(done.result(), done.has_more()),
            Kind::Watch => self.watched(done.result(), done.has_more()),
            Kind::Poll => self.polled(tag.serial, done.result(), done.has_more()),
            Kind::Receive | Kind::Lend | Kind::Accept | Kind::Kept | Kind::Waker | Kind::Nobody => None,
        }
    }

    /// A receive without octets: the end, or an error. An owner that does not receive is told of the end once, by `HungUp`.
    pub fn receive_ended(self, result: io::Result<usize>) -> Option<Event> {
        if result.as_ref().is_err_and(is_to_be_repeated) {
            return None;
        }
        if self.entry.has(flag::FAILED) {
            // The error was told; whatever comes after it is not the end.
            let is_wanted = self.entry.has(flag::RECEIVE);
            self.entry.fail();
            return is_wanted.then(|| Event::Received(Err(failure::reset())));
        }
        if result.is_err() {
            self.entry.fail();
            return Some(Event::Received(result));
        }
        if self.entry.has(flag::RECEIVE) {
            self.entry.clear(flag::RECEIVE);
            self.entry.set(flag::ENDED);
            return Some(Event::Received(result));
        }
        self.entry.keep_end();
        self.entry.set(flag::PEER_ENDS);
        self.hung_up()
    }

    /// Tells an owner that does not receive of the ends: of the peer's once, and of that of both sides once.
    pub fn hung_up(self) -> Option<Event> {
        let both = self.entry.has(flag::BOTH_END);
        if !self.entry.has_news_of_ends() {
            return None;
        }
        self.entry.set(flag::ENDED | if both { flag::BOTH_ENDED } else { 0 });
        Some(Event::HungUp { both })
    }

    /// A send: how many octets were sent, or the error that ends the sending side. Without room it waits for some.
    pub fn sent(self, result: io::Result<usize>) -> Option<Event> {
        self.entry.completed(flag::SENDING);
        if result.as_ref().is_err_and(is_to_be_repeated) {
            self.entry.set(flag::ROOM | flag::OWES_SENT);
            return None;
        }
        if result.as_ref().is_err_and(failure::is_of_connection) {
            self.entry.set(flag::FAILED);
        }
        Some(Event::Sent(result))
    }

    /// Room to send, or the end of a connect.
    fn output(self, result: io::Result<usize>, has_more: bool) -> Option<Event> {
        if !has_more {
            self.entry.completed(flag::AWAITS_OUTPUT | flag::OUTPUT_ENDS);
        }
        if self.entry.has(flag::OUTPUT_IS_OLD) {
            self.entry.clear(if has_more { 0 } else { flag::OUTPUT_IS_OLD });
            return None;
        }
        let is_nothing = match &result {
            Ok(mask) => mask & (OUTPUT | ERROR | HANG_UP) as usize == 0,
            Err(error) => is_to_be_repeated(error),
        };
        if is_nothing {
            return None;
        }
        // It would not tell of what is there already: the next wait is one of its own.
        self.entry.set(if has_more { flag::OUTPUT_IS_OLD } else { 0 });
        if self.entry.has(flag::CONNECT) {
            return self.connected(result);
        }
        let is_wanted = self.entry.has(flag::ROOM);
        if self.entry.has(flag::OWES_SENT) && self.entry.has(flag::LENDS) {
            // That send may be released already, which is told after this.
            self.entry.set(flag::RELEASED);
        }
        self.entry.clear(flag::ROOM | flag::OWES_SENT);
        is_wanted.then_some(Event::Sent(result.map(|_| 0)))
    }

    fn connected(self, result: io::Result<usize>) -> Option<Event> {
        self.entry.clear(flag::CONNECT);
        let error = self.entry.socket()?.take_error();
        let result = result.and(error).and_then(|pending| pending.map_or(Ok(()), Err));
        if result.is_err() {
            // Other operations would fail for the same reason.
            self.entry.fail();
        }
        Some(Event::Connected(result))
    }

    /// The end of the peer, of both sides, or a failure. An owner that receives learns the end and the failure there.
    fn watched(self, result: io::Result<usize>, has_more: bool) -> Option<Event> {
        if !has_more {
            self.entry.completed(flag::WATCHED);
        }
        let bits = bits(result)?;
        let pick = |bit: u32, flag: u32| if bits & bit != 0 { flag } else { 0 };
        self.entry.set(pick(PEER_END | HANG_UP, flag::PEER_ENDS) | pick(HANG_UP, flag::BOTH_END));
        if bits & ERROR != 0 && !self.entry.has(flag::RECEIVE | flag::FAILED) {
            self.entry.fail();
            let error = self.entry.socket().and_then(|socket| socket.take_error().unwrap_or_else(Some));
            return Some(Event::Received(Err(error.unwrap_or_else(failure::reset))));
        }
        self.hung_up()
    }

    /// Readiness. An earlier poll than the last one completes for nobody.
    fn polled(self, serial: u16, result: io::Result<usize>, has_more: bool) -> Option<Event> {
        let is_last = serial == self.entry.serial();
        if !has_more {
            self.entry.completed(if is_last { flag::POLLED } else { 0 });
        }
        if !is_last {
            return None;
        }
        // A poll that fails tells that, instead of nothing.
        let bits = match result {
            Err(error) if is_to_be_repeated(&error) => return None,
            result => bits(result).unwrap_or(ERROR),
        };
        self.ready(readiness(bits), has_more)
    }

    /// Tells of readiness, if it is what was asked for last.
    fn ready(self, is: Readiness, has_more: bool) -> Option<Event> {
        let asks = |flag: u32| self.entry.has(flag);
        if !(is.readable && asks(flag::POLL_READABLE) || is.writable && asks(flag::POLL_WRITABLE)) {
            return None;
        }
        self.entry.clear(flag::POLL);
        if has_more {
            self.entry.leave_poll();
        }
        Some(Event::Ready(is))
    }
}

fn readiness(bits: u32) -> Readiness {
    Readiness {
        readable: bits & (INPUT | PEER_END | HANG_UP | ERROR) != 0,
        writable: bits & (OUTPUT | HANG_UP | ERROR) != 0,
        hung_up: bits & HANG_UP != 0,
        error: bits & ERROR != 0,
    }
}

/// The events of a completed poll.
fn bits(result: io::Result<usize>) -> Option<u32> {
    result.ok().and_then(|mask| u32::try_from(mask).ok())
}

/// Whether a receive ended for a reason of ours or the system's: by a cancel, or for want of a buffer.
fn is_to_be_repeated(error: &io::Error) -> bool {
    let ours = [libc::ECANCELED, libc::ENOBUFS, libc::EAGAIN, libc::EINTR];
    error.raw_os_error().is_some_and(|number| ours.contains(&number))
}
