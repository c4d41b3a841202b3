//! Stretches of octets for one send. Only the kernel reads them, so the borrows need not be held one by one.

use crate::io::socket::Socket;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, zeroed};
use std::io;
use std::os::fd::{AsRawFd, RawFd};

/// Maximum stretches per send.
const STRETCHES_MAX: usize = 32;

/// Octets to send together, in order. On the stack; unused entries stay uninitialised.
pub struct Gather<'a> {
    vectors: [MaybeUninit<libc::iovec>; STRETCHES_MAX],
    count: usize,
    octets: usize,
    of: PhantomData<&'a [u8]>,
}

impl<'a> Gather<'a> {
    /// Nothing yet.
    #[inline]
    pub const fn new() -> Self {
        Self { vectors: [const { MaybeUninit::uninit() }; STRETCHES_MAX], count: 0, octets: 0, of: PhantomData }
    }

    /// Adds octets; returns whether there is room for more stretches. Without room nothing is added.
    #[inline]
    pub fn push(&mut self, octets: &'a [u8]) -> bool {
        self.add(octets.as_ptr(), octets.len())
    }

    /// Adds octets by address. Only the system reads them, and it rejects an invalid address (`EFAULT`).
    #[inline]
    pub fn push_place(&mut self, address: usize, len: usize) -> bool {
        self.add(core::ptr::with_exposed_provenance(address), len)
    }

    fn add(&mut self, start: *const u8, len: usize) -> bool {
        if let Some(room) = self.vectors.get_mut(self.count) {
            room.write(libc::iovec { iov_base: start.cast_mut().cast(), iov_len: len });
            self.count += 1;
            self.octets += len;
        }
        self.count < STRETCHES_MAX
    }

    /// The stretches by address and length.
    #[cfg(feature = "fault")]
    pub(in crate::io) fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        self.vectors().iter().map(|vector| (vector.iov_base.expose_provenance(), vector.iov_len))
    }

    /// The stretches as the system takes them.
    #[cfg(any(target_os = "linux", feature = "fault"))]
    pub(in crate::io) fn vectors(&self) -> &[libc::iovec] {
        // SAFETY: `count` vectors are written, and a written `MaybeUninit` has the layout of its content.
        unsafe { core::slice::from_raw_parts(self.vectors.as_ptr().cast(), self.count) }
    }

    /// Total length.
    #[inline]
    pub const fn octets(&self) -> usize {
        self.octets
    }

    /// Sends on a socket without a driver; returns the octets sent.
    pub fn send_on(&self, socket: &Socket) -> io::Result<usize> {
        self.send(socket.as_raw_fd())
    }

    /// Sends what the system accepts; a broken pipe is an error, not a signal.
    #[inline]
    pub(in crate::io) fn send(&self, fd: RawFd) -> io::Result<usize> {
        if self.count != 1 {
            return self.send_all(fd);
        }
        // SAFETY: `count` vectors are written.
        let one = unsafe { self.vectors[0].assume_init_ref() };
        // SAFETY: octets borrowed for `'a`, or a place that the system checks before it reads.
        super::check_size(unsafe { libc::send(fd, one.iov_base, one.iov_len, crate::io::sys::unix::NO_SIGNAL) })
    }

    fn send_all(&self, fd: RawFd) -> io::Result<usize> {
        // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
        let mut message: libc::msghdr = unsafe { zeroed() };
        message.msg_iov = self.vectors.as_ptr().cast_mut().cast();
        message.msg_iovlen = self.count as _;
        // SAFETY: `count` vectors are written, sendmsg only reads through them, and their octets are as in `send`.
        super::check_size(unsafe { libc::sendmsg(fd, &raw const message, crate::io::sys::unix::NO_SIGNAL) })
    }
}

impl Default for Gather<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl core::fmt::Debug for Gather<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Gather").field("count", &self.count).field("octets", &self.octets).finish()
    }
}
