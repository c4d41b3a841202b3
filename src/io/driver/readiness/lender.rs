//! One socket that may lend octets by zero-copy sends, with its registration.
//!
//! What is released is told through the error queue of the socket. The system reports that as it reports a failed connection, so each
//! such event is looked into before it counts as one.

use super::super::lending::{self, Lending, Lent, Release, ZeroCopy};
use super::super::{Closing, Gather};
use super::entry::Entry;
use super::flag;
use super::source::Source;
use super::watch::Watch;
use crate::io::socket::Socket;
use crate::io::sys::posix;
use std::io;
use std::time::Duration;

/// How long the end of connections waits for the system, which drops what it has to send: until the network card has let go.
pub(super) const END: Duration = Duration::from_secs(10);

/// A descriptor of the registry, for one call.
pub(super) struct Lender<'a, S> {
    set: &'a mut S,
    lending: &'a mut Lending,
    entry: &'a mut Entry,
    /// The number of the descriptor.
    index: u32,
}

/// What an error that the system reports turned out to be.
pub(super) struct Looked {
    /// Octets that are free again.
    pub release: Option<Release>,
    /// The connection has failed.
    pub is_error: bool,
}

impl<'a, S: Watch> Lender<'a, S> {
    pub fn new(set: &'a mut S, lending: &'a mut Lending, entry: &'a mut Entry, index: u32) -> Self {
        Self { set, lending, entry, index }
    }

    /// Sends octets, which are lent if the system and the socket can, and copied otherwise.
    pub fn send(self, octets: &Gather<'_>) -> ZeroCopy {
        let fd = S::descriptor(self.entry, self.index);
        // The error of a connect must not be taken, and the octets of records are not those that are sent.
        let is_free = !self.entry.has(flag::CONNECT | flag::RECORDS);
        let lent = if is_free { self.lending.lender(self.index, || S::can_lend(fd)) } else { None };
        let result = match lent {
            Some(lent) => lend(self.set, self.entry, self.index, lent, octets),
            None => Err(io::Error::from_raw_os_error(posix::ENOBUFS)),
        };
        let (result, is_lent) = match result {
            Err(e) if e.raw_os_error() == Some(posix::ENOBUFS) => (octets.send(fd), false),
            result => {
                let is_lent = matches!(result, Ok(1..));
                (result, is_lent)
            }
        };
        let sent = Source::new(self.set, self.entry, self.index).send(octets.octets(), |_| result);
        ZeroCopy { sent, is_lent }
    }

    /// Takes what is released, and finds out whether there is an error besides.
    pub fn look(self) -> Looked {
        let fd = S::descriptor(self.entry, self.index);
        let Some(lent) = self.lending.get(self.index) else { return Looked { release: None, is_error: true } };
        S::take_releases(fd, lent);
        // What comes in between is no error either.
        let is_error = loop {
            if !S::has_error(fd) {
                break false;
            }
            if !S::take_releases(fd, lent) {
                break true;
            }
        };
        let release = lent.take();
        if lent.is_empty() {
            self.entry.clear(flag::LENDS);
        }
        Looked { release, is_error }
    }

    /// Closes the socket, unless octets of it are lent: then its sending side ends, and it is closed when they are released.
    #[cold]
    pub fn close(self) -> Closing {
        let fd = S::descriptor(self.entry, self.index);
        if let Some(lent) = self.lending.get(self.index) {
            S::take_releases(fd, lent);
            lent.take();
            if !lent.is_empty() {
                S::end_lender(fd, false);
                self.entry.end();
                if self.set.watch_releases(self.entry, self.index).is_ok() {
                    return Closing::Pending;
                }
                // Nobody would learn of the releases. A reset brings them at once; if they do not come, the socket is left to the end of
                // the driver, since a close must not wait.
                S::end_lender(fd, true);
                if !lending::wait(lent, Duration::ZERO, |lent| S::take_releases(fd, lent)) {
                    return Closing::Pending;
                }
            }
        }
        drop(self.remove());
        Closing::Done
    }

    /// An event of a socket that is closing. Closes it if nothing is lent any more.
    pub fn finish(self) -> bool {
        let is_over = self.lending.get(self.index).is_none_or(|lent| {
            S::take_releases(S::descriptor(self.entry, self.index), lent);
            lent.take();
            lent.is_empty()
        });
        if is_over {
            drop(self.remove());
        }
        is_over
    }

    fn remove(self) -> Option<Socket> {
        Source::new(self.set, self.entry, self.index).detach(self.lending, true)
    }
}

/// Sends octets that are lent then. Their release will be told.
fn lend<S: Watch>(
    set: &mut S,
    entry: &mut Entry,
    index: u32,
    lent: &mut Lent,
    octets: &Gather<'_>,
) -> io::Result<usize> {
    set.watch_releases(entry, index).map_err(|_| io::Error::from_raw_os_error(posix::ENOBUFS))?;
    let taken = S::lend(S::descriptor(entry, index), octets)?;
    if taken != 0 {
        lent.add();
        entry.set(flag::LENDS);
    }
    Ok(taken)
}
