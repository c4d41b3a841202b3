//! `kqueue` and `kevent`.

use super::event::Event;
use crate::io::sys::unix::{check, made};
use core::ptr::{null, null_mut};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// The queue. A closed descriptor is watched no more, whoever else has the same file open.
pub(in crate::io) struct Queue(OwnedFd);

impl Queue {
    pub(in crate::io) fn new() -> io::Result<Self> {
        // SAFETY: no pointers; the result is handed over unseen.
        let queue = unsafe { made(libc::kqueue()) }?;
        // A fork does not copy a queue; a program that replaces this one would keep it.
        // SAFETY: F_SETFD takes an integer.
        check(unsafe { libc::fcntl(queue.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) })?;
        Ok(Self(queue))
    }

    pub(in crate::io) fn handle(&self) -> RawFd {
        self.0.as_raw_fd()
    }

    /// Makes the changes, up to one that fails.
    pub(in crate::io) fn change(&mut self, changes: &[Event]) -> io::Result<()> {
        let count = changes.len() as _;
        // SAFETY: `count` structs of a borrowed slice are read, and none is written.
        match check(unsafe { libc::kevent(self.handle(), changes.as_ptr().cast(), count, null_mut(), 0, null()) }) {
            Ok(_) => Ok(()),
            // They were made before the signal.
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Ok(()),
            Err(e) => Err(e),
        }
    }

    /// Makes the changes, and fills `events` from its start; returns how many. If the system refused changes, they are all
    /// that it reports ([`Event::refusal`]). 0 after a signal.
    pub(in crate::io) fn wait(
        &mut self,
        changes: &[Event],
        events: &mut [Event],
        timeout_ms: Option<u64>,
    ) -> io::Result<usize> {
        let time = timeout_ms.map(time);
        let limit = time.as_ref().map_or(null(), core::ptr::from_ref);
        let (count, room) = (changes.len() as _, events.len() as _);
        // SAFETY: `count` structs are read and at most `room` written, of borrowed slices; `Event` has their layout. `limit` is
        // null or points to `time`.
        let result = check(unsafe {
            libc::kevent(self.handle(), changes.as_ptr().cast(), count, events.as_mut_ptr().cast(), room, limit)
        });
        match result {
            Ok(count) => Ok(count as usize),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Ok(0),
            Err(e) => Err(e),
        }
    }
}

/// At most 24 days: some systems refuse longer times.
fn time(ms: u64) -> libc::timespec {
    let ms = ms.min(i32::MAX as u64);
    libc::timespec { tv_sec: (ms / 1000) as _, tv_nsec: (ms % 1000 * 1_000_000) as _ }
}
