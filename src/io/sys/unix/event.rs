//! eventfd: a counter that wakes waiters.

use super::{check_size, made};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// The counter.
#[derive(Debug)]
pub(in crate::io) struct Event(OwnedFd);

const SIZE: usize = size_of::<u64>();

impl Event {
    pub(in crate::io) fn new() -> io::Result<Self> {
        // SAFETY: no pointers; the result is handed over unseen.
        unsafe { made(libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK)) }.map(Self)
    }

    /// Adds one; returns whether waiters wake. Async-signal-safe.
    pub(in crate::io) fn add(&self) -> bool {
        let one = 1u64;
        // SAFETY: eight octets of our own integer are read. The result does not matter: the call fails only when the
        // counter is full, and then it wakes already.
        unsafe { libc::write(self.fd(), (&raw const one).cast(), SIZE) };
        true
    }

    /// Resets the counter to zero.
    pub(in crate::io) fn clear(&self) -> io::Result<()> {
        let mut count = 0u64;
        // SAFETY: eight octets of our own integer are written.
        check_size(unsafe { libc::read(self.fd(), (&raw mut count).cast(), SIZE) }).map(drop)
    }

    /// What is readable unless the counter is zero.
    pub(in crate::io) fn fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}
