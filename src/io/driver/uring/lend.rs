//! Completions of zero-copy sends: the result, and later the release of what was lent.

use super::entry::Entry;
use super::flag;
use super::outcome::Outcome;
use super::tag::Tag;
use crate::io::driver::Event;
use crate::io::driver::lending::Lent;
use crate::io::sys::uring::Completed;
use std::io;

/// One entry that has lent octets, and these.
pub(super) struct Lend<'a> {
    entry: &'a mut Entry,
    lent: &'a mut Lent,
}

impl<'a> Lend<'a> {
    pub fn new((entry, lent): (&'a mut Entry, &'a mut Lent)) -> Self {
        Self { entry, lent }
    }

    /// What a completion means to the owner. A send that has lent nothing is released at once, which is told after its result.
    pub fn of(mut self, tag: Tag, done: &Completed) -> Option<Event> {
        self.note(tag, done);
        if done.is_release() {
            return self.released();
        }
        if done.result().is_err_and(|error| is_refusal(&error)) {
            // The octets are to be sent by copying them.
            self.lent.refuse();
            self.entry.completed(flag::SENDING);
            return Some(Event::Sent(Ok(0)));
        }
        Outcome::new(self.entry).sent(done.result())
    }

    /// The same for a socket whose owner is told of nothing now.
    pub fn of_silent(mut self, tag: Tag, done: &Completed) {
        self.note(tag, done);
        if !done.is_release() {
            self.entry.completed(flag::SENDING);
        }
        self.entry.set(flag::RELEASED);
    }

    /// What is free again.
    pub fn released(self) -> Option<Event> {
        let release = self.lent.take();
        self.entry.clear(flag::RELEASED | if self.lent.is_empty() { flag::LENDS } else { 0 });
        release.map(Event::Released)
    }

    /// A result after which no release comes is one.
    fn note(&mut self, tag: Tag, done: &Completed) {
        if done.is_release() {
            self.lent.release_one(tag.serial, done.was_copied());
        } else if !done.has_more() {
            self.lent.release_one(tag.serial, true);
            self.entry.set(flag::RELEASED);
        }
    }
}

/// Whether the system cannot send so: an old one, another kind of socket, or too much memory is lent.
fn is_refusal(error: &io::Error) -> bool {
    let refusals = [libc::EOPNOTSUPP, libc::EINVAL, libc::ENOBUFS, libc::ENOMEM];
    error.raw_os_error().is_some_and(|number| refusals.contains(&number))
}
