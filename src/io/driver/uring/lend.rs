//! Completions of zero-copy sends: the result, and later the release of what was lent.

use super::entry::Entry;
use super::flag;
use super::outcome::Outcome;
use super::tag::Tag;
use crate::io::driver::Event;
use crate::io::driver::lending::Lent;
use crate::io::sys::uring::Completed;

/// One entry that has lent octets, and these.
pub(super) struct Lend<'a> {
    entry: &'a mut Entry,
    lent: &'a mut Lent,
}

impl<'a> Lend<'a> {
    pub fn new((entry, lent): (&'a mut Entry, &'a mut Lent)) -> Self {
        Self { entry, lent }
    }

    /// What a completion means to the owner. The release of a send is told after its result, also if there is nothing to wait for.
    pub fn of(mut self, tag: Tag, done: &Completed) -> Option<Event> {
        self.note(tag, done);
        if done.is_release() {
            return self.released();
        }
        let event = if self.is_refused(done) {
            // The octets are to be sent by copying them.
            self.entry.completed(flag::SENDING);
            Some(Event::Sent(Ok(0)))
        } else {
            Outcome::new(self.entry).sent(done.result())
        };
        if event.is_some() {
            self.lent.let_go();
            self.entry.set(if self.lent.has_released() { flag::RELEASED } else { 0 });
        }
        event
    }

    /// The same for a socket whose owner is told of nothing now.
    pub fn of_silent(mut self, tag: Tag, done: &Completed) {
        self.note(tag, done);
        if !done.is_release() {
            self.entry.completed(flag::SENDING);
        }
        self.lent.let_go();
        self.entry.set(flag::RELEASED);
    }

    /// Whether the system did not send so: it cannot, being old or the socket of another kind, or too much memory is lent for now.
    fn is_refused(&mut self, done: &Completed) -> bool {
        match done.result().err().and_then(|error| error.raw_os_error()) {
            Some(libc::EOPNOTSUPP | libc::EINVAL) => self.lent.refuse(),
            Some(libc::ENOBUFS | libc::ENOMEM) => self.lent.pause(),
            _ => return false,
        }
        true
    }

    /// What is free again, of a socket that is closed: its owner is told of nothing else.
    pub fn released_at_close(self) {
        self.lent.let_go();
        drop(self.released());
    }

    /// What is free again, but for a send whose result was not told.
    pub fn released(self) -> Option<Event> {
        if !self.entry.has(flag::HELD) {
            self.lent.let_go();
        }
        let release = self.lent.take();
        self.entry.clear(flag::RELEASED | if self.lent.is_empty() { flag::LENDS } else { 0 });
        release.map(Event::Released)
    }

    /// A result after which no release comes is one.
    fn note(&mut self, tag: Tag, done: &Completed) {
        if done.is_release() {
            self.lent.release_one(tag.serial, done.was_copied());
            return;
        }
        if !matches!(done.result(), Ok(1..)) {
            self.lent.took_nothing(tag.serial);
        }
        if !done.has_more() {
            self.lent.release_one(tag.serial, true);
            self.entry.set(flag::RELEASED);
        }
    }
}
