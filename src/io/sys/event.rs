//! eventfd: a counter that wakes waiters.

use super::{check_size, made};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};

const SIZE: usize = size_of::<u64>();

pub(in crate::io) fn create() -> io::Result<OwnedFd> {
    // SAFETY: no pointers; the result is handed over unseen.
    unsafe { made(libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK)) }
}

/// Adds one. Async-signal-safe.
pub(in crate::io) fn add(event: &OwnedFd) {
    let one = 1u64;
    // SAFETY: eight octets of our own integer are read. The result does not matter: the call fails only when the
    // counter is full, and then it wakes already.
    unsafe { libc::write(event.as_raw_fd(), (&raw const one).cast(), SIZE) };
}

/// Resets the counter to zero.
pub(in crate::io) fn clear(event: &OwnedFd) -> io::Result<()> {
    let mut count = 0u64;
    // SAFETY: eight octets of our own integer are written.
    check_size(unsafe { libc::read(event.as_raw_fd(), (&raw mut count).cast(), SIZE) }).map(drop)
}
