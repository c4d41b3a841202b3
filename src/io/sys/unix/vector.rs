//! Stretches of octets as the system takes them.

use super::{NO_SIGNAL, check_size};
use core::mem::zeroed;
use std::io;
use std::os::fd::RawFd;

/// A stretch of octets.
pub(in crate::io) type Vector = libc::iovec;

/// The most octets of one send.
pub(in crate::io::sys) const OCTETS_MAX: usize = usize::MAX;

/// The octets from `start` on.
#[inline]
pub(in crate::io::sys) fn of(start: *const u8, len: usize) -> Vector {
    libc::iovec { iov_base: start.cast_mut().cast(), iov_len: len }
}

/// Address and length.
#[cfg(feature = "fault")]
pub(in crate::io::sys) fn place(vector: &Vector) -> (usize, usize) {
    (vector.iov_base.expose_provenance(), vector.iov_len)
}

/// Sends what the system accepts; a broken pipe is an error, not a signal.
///
/// # Safety
///
/// The octets stay during the call, or are at places that the system checks before it reads.
#[inline]
pub(in crate::io::sys) unsafe fn send(fd: RawFd, vectors: &[Vector]) -> io::Result<usize> {
    match vectors {
        // The common case: saves the system copying and checking a header and a vector.
        // SAFETY: as the caller promises.
        [one] => check_size(unsafe { libc::send(fd, one.iov_base, one.iov_len, NO_SIGNAL) }),
        // SAFETY: as the caller promises.
        vectors => unsafe { send_all(fd, vectors) },
    }
}

/// # Safety
///
/// As for [`send`].
unsafe fn send_all(fd: RawFd, vectors: &[Vector]) -> io::Result<usize> {
    // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
    let mut message: libc::msghdr = unsafe { zeroed() };
    message.msg_iov = vectors.as_ptr().cast_mut();
    message.msg_iovlen = vectors.len() as _;
    // SAFETY: the vectors are borrowed, sendmsg only reads through them, and their octets are as the caller promises.
    check_size(unsafe { libc::sendmsg(fd, &raw const message, NO_SIGNAL) })
}
