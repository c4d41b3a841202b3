//! A completion.

use super::buffers::Buffer;
use io_uring::cqueue;
use std::io;
use std::os::fd::{FromRawFd, OwnedFd};

/// IORING_NOTIF_USAGE_ZC_COPIED.
const COPIED: u32 = 1 << 31;

/// The completion of a request. Not a copy: it may own a descriptor or a buffer, which is taken once.
#[derive(Debug, Default)]
pub(in crate::io) struct Completed {
    /// That of the request.
    pub tag: u64,
    result: i32,
    flags: u32,
}

impl Completed {
    /// The tag of requests whose completions nobody takes.
    pub const IGNORED: u64 = u64::MAX;

    /// One that the system did not make.
    pub fn of_our_own(tag: u64) -> Self {
        Self { tag, result: 0, flags: 0 }
    }

    pub(super) fn of_system(entry: &cqueue::Entry) -> Self {
        Self { tag: entry.user_data(), result: entry.result(), flags: entry.flags() }
    }

    /// What the request returned: a count, a mask or a number.
    #[inline]
    pub fn result(&self) -> io::Result<usize> {
        usize::try_from(self.result).map_err(|_| io::Error::from_raw_os_error(-self.result))
    }

    /// Whether it brought something, if only the end or an error, and was not just ended.
    pub fn arrived(&self) -> bool {
        self.result != -libc::ECANCELED && !self.lacks_buffer()
    }

    /// Whether a receive found no buffer: all were in use.
    pub fn lacks_buffer(&self) -> bool {
        self.result == -libc::ENOBUFS
    }

    /// Whether octets were received, with which every fast way begins.
    #[inline]
    pub fn has_octets(&self) -> bool {
        self.result > 0
    }

    /// Whether the request goes on: another completion of it follows.
    #[inline]
    pub fn has_more(&self) -> bool {
        cqueue::more(self.flags)
    }

    /// Whether it is of a zero-copy send, whose octets the system reads no more. The result is another completion, before this one.
    #[inline]
    pub fn is_release(&self) -> bool {
        cqueue::notif(self.flags)
    }

    /// Whether the system has copied those octets after all. Only for releases.
    pub fn was_copied(&self) -> bool {
        self.result.cast_unsigned() & COPIED != 0
    }

    /// Whether the socket had more to read after this receive.
    #[inline]
    pub fn leaves_input(&self) -> bool {
        cqueue::sock_nonempty(self.flags)
    }

    /// The buffer that a receive filled; `None`: it took none.
    #[inline]
    pub fn into_buffer(self) -> Option<Buffer> {
        cqueue::buffer_select(self.flags).map(Buffer::of_system)
    }

    /// The descriptor that an accept made. Only for completions of accepts.
    pub fn into_accepted(self) -> io::Result<OwnedFd> {
        self.result()?;
        // SAFETY: the system made the descriptor for this completion, which is consumed, so nobody else owns it.
        Ok(unsafe { OwnedFd::from_raw_fd(self.result) })
    }
}
