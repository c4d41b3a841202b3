//! Stretches of octets as the system takes them.

use super::error;
use crate::io::descriptor::RawSocket;
use core::ptr::null_mut;
use std::io;
use windows_sys::Win32::Networking::WinSock::{WSABUF, WSASend};

/// A stretch of octets.
pub(in crate::io) type Vector = WSABUF;

/// The most octets of one send: the system counts them with 32 bits.
pub(in crate::io::sys) const OCTETS_MAX: usize = u32::MAX as usize;

/// The octets from `start` on, at most [`OCTETS_MAX`] of them.
#[inline]
pub(in crate::io::sys) fn of(start: *const u8, len: usize) -> Vector {
    WSABUF { len: u32::try_from(len).unwrap_or(u32::MAX), buf: start.cast_mut() }
}

/// Address and length.
#[cfg(feature = "fault")]
pub(in crate::io::sys) fn place(vector: &Vector) -> (usize, usize) {
    (vector.buf.expose_provenance(), vector.len as usize)
}

/// Sends what the system accepts.
///
/// # Safety
///
/// The octets stay during the call, or are at places that the system checks before it reads.
#[inline]
pub(in crate::io::sys) unsafe fn send(socket: RawSocket, vectors: &[Vector]) -> io::Result<usize> {
    let count = u32::try_from(vectors.len()).unwrap_or(u32::MAX);
    let mut sent = 0;
    // SAFETY: the vectors are borrowed and only read, a number of ours is written, and the octets are as the caller promises.
    error::check(unsafe { WSASend(socket as _, vectors.as_ptr(), count, &raw mut sent, 0, null_mut(), None) })?;
    Ok(sent as usize)
}
