//! An event of epoll: the bits of [`bits`] are its own, and the data is a key.

use super::super::Key;
use super::super::readiness::bits;
use super::super::readiness::ready::Ready;
use crate::io::sys::epoll::Ready as Event;
use crate::narrow::low_half;
use std::io;

const _: () = assert!(
    bits::OCTETS == libc::EPOLLIN as u32
        && bits::ROOM == libc::EPOLLOUT as u32
        && bits::ERROR == libc::EPOLLERR as u32
        && bits::HANG_UP == libc::EPOLLHUP as u32
        && bits::PEER_END == libc::EPOLLRDHUP as u32
);

/// A key as the data of an event.
pub(super) fn data(key: Key) -> u64 {
    u64::from(key.index) | u64::from(key.generation) << 32
}

impl Ready for Event {
    const NONE: Self = Self { events: 0, u64: 0 };

    #[inline(always)]
    fn key(&self) -> Key {
        Key { index: low_half(self.u64), generation: low_half(self.u64 >> 32) }
    }

    #[inline(always)]
    fn bits(&self) -> u32 {
        self.events
    }

    #[inline(always)]
    fn retain(&mut self, bits: u32) {
        self.events = bits;
    }

    /// Requests fail in the call that makes them.
    fn refusal(&self) -> io::Error {
        io::ErrorKind::Other.into()
    }
}
