//! Events that no operation has asked for: those of a connection whose receives are paused, and those of operations that
//! ended without telling the system. Each is reported if the consumer must know, and then silenced, since
//! level-triggered events would come again at once.

use super::super::Event;
use super::batch::Batch;
use super::table::{Entry, flag};
use super::{Epoll, rearm, unregister};
use std::io;
use std::os::fd::OwnedFd;

const ERROR: u32 = libc::EPOLLERR as u32;
const HANG_UP: u32 = libc::EPOLLHUP as u32;
const END: u32 = (libc::EPOLLHUP | libc::EPOLLRDHUP) as u32;

impl Epoll {
    /// Input, an end or an error where no receive is submitted.
    pub(super) fn unasked_input(&mut self, data: u64, bits: u32) -> Option<Event> {
        let key = Batch::key(data);
        let entry = self.table.get_mut(key)?;
        if bits & ERROR != 0 && entry.flags & (flag::STREAM | flag::FAILED) == flag::STREAM {
            return Some(fail(entry));
        }
        let reported = entry.flags & flag::ENDED != 0;
        let ended = entry.flags & flag::STREAM != 0 && bits & END != 0;
        if ended {
            entry.flags |= flag::ENDED;
        }
        silence(&self.set, entry, key.index, bits);
        let both = bits & HANG_UP != 0;
        // Behind an error there is nothing to tell.
        let is_news = ended && entry.flags & flag::FAILED == 0 && (both || !reported);
        is_news.then_some(Event::HungUp { both })
    }

    /// Room to send: what a queued send waits for, or what one that is done has left armed.
    pub(super) fn room(&mut self, data: u64) -> Option<Event> {
        let key = Batch::key(data);
        let entry = self.table.get_mut(key)?;
        if entry.flags & flag::SEND != 0 {
            // Stays armed: a sender that was blocked once is likely to be blocked again.
            entry.flags &= !flag::SEND;
            return Some(Event::Sent(Ok(0)));
        }
        silence(&self.set, entry, key.index, 0);
        None
    }

    /// An event that the operation under way did not ask for.
    pub(super) fn unasked(&mut self, data: u64, bits: u32) {
        let key = Batch::key(data);
        if let Some(entry) = self.table.get_mut(key) {
            silence(&self.set, entry, key.index, bits);
        }
    }
}

/// The connection is lost: nothing more will come of it than this error.
fn fail(entry: &mut Entry) -> Event {
    entry.fail();
    let error = entry.socket.as_ref().and_then(|socket| socket.take_error().unwrap_or_else(Some));
    Event::Received(Err(error.unwrap_or_else(|| io::ErrorKind::ConnectionReset.into())))
}

/// Asks the system for no more than what is wanted. Hang-ups and errors cannot be masked: where one stands and no
/// operation would answer it, the registration goes; the next operation makes a new one. Otherwise it stays, if only to
/// hear of an error.
fn silence(set: &OwnedFd, entry: &mut Entry, index: u32, bits: u32) {
    if entry.flags & flag::REGISTERED == 0 {
        return;
    }
    let idle = entry.flags & flag::OPERATIONS == 0;
    let stands = idle && bits & (HANG_UP | ERROR) != 0;
    // Rearming does not fail for a registered descriptor of ours; a foreign one may be gone.
    if stands || rearm(set, entry, index).is_err() {
        unregister(set, entry, index);
    }
}
