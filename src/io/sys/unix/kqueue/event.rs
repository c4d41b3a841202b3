//! A change of what is watched, or an event: `struct kevent`.

use super::system;
use core::ffi::c_void;
use core::mem::zeroed;
use core::ptr::without_provenance_mut;
use std::io;
use std::os::fd::RawFd;

/// What to watch of a descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io) enum Filter {
    /// Octets or a connection to read, the end, or an error.
    Read,
    /// Room to write, or an error.
    Write,
}

/// What to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io) enum Change {
    /// Reports while the filter holds.
    Level,
    /// Reports the end and errors, each time that something happens. Octets do not count.
    Ends,
    /// Watches no more.
    Remove,
    /// Changes nothing; fails if the filter is not watched.
    Probe,
}

/// A change or an event. Watching is by descriptor and filter; `data` is the caller's.
#[derive(Clone)]
#[repr(transparent)]
pub(in crate::io) struct Event(pub(super) system::kevent);

// SAFETY: the only pointer in it, `udata`, is the number of its owner, and is never followed.
unsafe impl Send for Event {}
// SAFETY: as above.
unsafe impl Sync for Event {}

impl Event {
    /// Room for an event.
    pub(in crate::io) const NONE: Self =
        // SAFETY: a C struct of integers and a pointer; zeros and null are values of it.
        Self(unsafe { zeroed() });

    /// A change of one filter of a descriptor.
    pub(in crate::io) fn change(fd: RawFd, filter: Filter, change: Change, data: usize) -> Self {
        let mut event = Self::NONE;
        event.0.ident = fd as _;
        event.0.filter = match filter {
            Filter::Read => system::EVFILT_READ,
            Filter::Write => system::EVFILT_WRITE,
        };
        event.0.flags = match change {
            Change::Level => system::EV_ADD,
            Change::Ends => system::EV_ADD | system::EV_CLEAR,
            Change::Remove => system::EV_DELETE,
            Change::Probe => system::EV_ENABLE,
        };
        if change == Change::Ends {
            // So many octets never wait. Where the system lowers the mark to the size of the buffer, a full one is reported.
            event.0.fflags = system::NOTE_LOWAT;
            event.0.data = i32::MAX as _;
        }
        event.0.udata = without_provenance_mut::<c_void>(data);
        event
    }

    pub(in crate::io) fn fd(&self) -> RawFd {
        self.0.ident as RawFd
    }

    pub(in crate::io) fn filter(&self) -> Filter {
        if self.0.filter == system::EVFILT_WRITE { Filter::Write } else { Filter::Read }
    }

    /// The caller's data.
    pub(in crate::io) fn data(&self) -> usize {
        self.0.udata.addr()
    }

    /// The direction of the filter has ended. For [`Filter::Read`], octets may still wait.
    pub(in crate::io) fn is_end(&self) -> bool {
        self.0.flags & (system::EV_EOF | system::EV_ERROR) == system::EV_EOF
    }

    /// It has ended by an error, which the socket still has.
    pub(in crate::io) fn is_failure(&self) -> bool {
        self.is_end() && self.0.fflags != 0
    }

    /// Why the system refused the change that this was; `None`: it is an event.
    pub(in crate::io) fn refusal(&self) -> Option<io::Error> {
        let is_refusal = self.0.flags & system::EV_ERROR != 0 && self.0.data != 0;
        is_refusal.then(|| io::Error::from_raw_os_error(self.0.data as i32))
    }

    /// The change in a word, for tests.
    #[cfg(test)]
    pub(in crate::io) fn word(&self) -> &'static str {
        let is_read = self.filter() == Filter::Read;
        match self.0.flags {
            system::EV_DELETE if is_read => "-read",
            system::EV_DELETE => "-write",
            system::EV_ADD if is_read => "+read",
            system::EV_ADD => "+write",
            _ => "+ends",
        }
    }

    /// Forgets the end.
    pub(in crate::io) fn clear_end(&mut self) {
        self.0.flags &= !system::EV_EOF;
    }
}
