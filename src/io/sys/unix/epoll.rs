//! epoll: the set of watched descriptors, and the wait.

use super::{check, made};
use core::ptr;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

pub(in crate::io) use libc::epoll_event as Ready;

/// What to change about one descriptor.
#[derive(Clone, Copy)]
pub(in crate::io) enum Change {
    Add(u32, u64),
    Modify(u32, u64),
    Remove,
}

pub(in crate::io) fn create() -> io::Result<OwnedFd> {
    // SAFETY: no pointers; the result is handed over unseen.
    unsafe { made(libc::epoll_create1(libc::EPOLL_CLOEXEC)) }
}

pub(in crate::io) fn change(set: &OwnedFd, fd: RawFd, change: Change) -> io::Result<()> {
    let (operation, events, data) = match change {
        Change::Add(events, data) => (libc::EPOLL_CTL_ADD, events, data),
        Change::Modify(events, data) => (libc::EPOLL_CTL_MOD, events, data),
        Change::Remove => (libc::EPOLL_CTL_DEL, 0, 0),
    };
    let mut event = Ready { events, u64: data };
    // SAFETY: `event` lives through the call, which only reads it.
    check(unsafe { libc::epoll_ctl(set.as_raw_fd(), operation, fd, ptr::from_mut(&mut event)) }).map(drop)
}

/// Fills `ready` from its start; returns the number of events. 0 after a signal.
pub(in crate::io) fn wait(set: &OwnedFd, ready: &mut [Ready], timeout_ms: i32) -> io::Result<usize> {
    let room = libc::c_int::try_from(ready.len()).unwrap_or(libc::c_int::MAX);
    // SAFETY: at most `room` elements of our own slice are written.
    match check(unsafe { libc::epoll_wait(set.as_raw_fd(), ready.as_mut_ptr(), room, timeout_ms) }) {
        Ok(count) => Ok(count as usize),
        Err(e) if e.kind() == io::ErrorKind::Interrupted => Ok(0),
        Err(e) => Err(e),
    }
}
