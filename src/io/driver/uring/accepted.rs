//! Connections: those to report, and the last one reported.

use super::backlog::Backlog;
use super::entry::Entry;
use super::flag;
use crate::io::address::Address;
use crate::io::driver::Event;
use crate::io::socket::{AcceptError, Socket};
use crate::io::sys;
use crate::io::sys::uring::Completed;
use std::io;
use std::os::fd::{AsRawFd, RawFd};

/// What listeners accept.
#[derive(Debug)]
pub(super) struct Accepted {
    pub backlog: Backlog,
    /// The connection that was reported last; its owner has it.
    last: Option<RawFd>,
}

impl Accepted {
    pub fn new(per_turn: u32) -> Self {
        Self { backlog: Backlog::new(per_turn), last: None }
    }

    /// A listener accepted, or cannot. A connection that nobody asks for now is kept.
    pub fn arrived(&mut self, entry: &mut Entry, listener: u32, done: Completed) -> Option<Event> {
        if !done.has_more() {
            entry.completed(flag::ACCEPTING | flag::ACCEPT_ENDS);
        }
        let is_wanted = entry.has(flag::ACCEPT);
        match done.into_accepted() {
            Ok(connection) if is_wanted && self.is_next(listener) => Some(self.report(connection.into())),
            Ok(connection) => {
                self.backlog.keep(listener, connection.into());
                None
            }
            Err(error) => Self::failed(entry, error),
        }
    }

    /// Whether a connection may be reported at once: in its turn, and not before others.
    fn is_next(&mut self, listener: u32) -> bool {
        !self.backlog.has(listener) && self.backlog.takes_turn(listener)
    }

    /// Errors of single connections, and of a cancel, end nothing.
    fn failed(entry: &mut Entry, error: io::Error) -> Option<Event> {
        if error.raw_os_error() == Some(libc::ECANCELED) || !entry.has(flag::ACCEPT) {
            return None;
        }
        match error.into() {
            AcceptError::WouldBlock | AcceptError::Transient(_) => None,
            error => {
                entry.clear(flag::ACCEPT);
                Some(Event::Accepted(Err(error)))
            }
        }
    }

    /// Reports a connection that was kept.
    pub fn kept(&mut self, listener: u32) -> Option<Event> {
        let connection = self.backlog.take(listener)?;
        Some(self.report(connection))
    }

    fn report(&mut self, connection: Socket) -> Event {
        self.last = Some(connection.as_raw_fd());
        Event::Accepted(Ok(connection))
    }

    /// The peer of the last one.
    pub fn peer(&self) -> io::Result<Address> {
        let last = self.last.ok_or(io::ErrorKind::NotFound)?;
        Address::from_name(&sys::socket::peer_name(last)?)
    }
}
