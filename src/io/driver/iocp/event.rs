//! An event: the key of a slot, and what its poll found.

use super::super::Key;
use super::super::readiness::ready::{Ready, WAKER};
use super::super::readiness::{bits, flag};
use crate::io::sys::afd;
use std::io;

/// An event, or the error of a request.
#[derive(Clone)]
pub(in crate::io::driver) struct Event {
    key: Key,
    bits: u32,
    /// Of a request that the system refused.
    error: i32,
}

impl Event {
    /// The waker was used.
    pub const WOKEN: Self = Self { key: WAKER, bits: bits::OCTETS, error: 0 };

    pub fn new(key: Key, bits: u32) -> Self {
        Self { key, bits, error: 0 }
    }

    /// The system refused a poll for operations of one direction or both, of which these are the flags.
    pub fn refused(key: Key, operations: u32, error: &io::Error) -> Self {
        let direction = if operations & flag::READS != 0 { 0 } else { bits::ROOM };
        Self { key, bits: bits::REFUSED | direction, error: error.raw_os_error().unwrap_or(0) }
    }
}

impl Ready for Event {
    const NONE: Self = Self { key: Key::NONE, bits: 0, error: 0 };

    #[inline]
    fn key(&self) -> Key {
        self.key
    }

    #[inline]
    fn bits(&self) -> u32 {
        self.bits
    }

    fn retain(&mut self, bits: u32) {
        self.bits = bits;
    }

    fn refusal(&self) -> io::Error {
        io::Error::from_raw_os_error(self.error)
    }
}

/// The bits of a poll's events. Where the peer's end was reported, a failure is the end of the other side too.
pub(super) fn of_poll(events: u32, has_ended: bool) -> u32 {
    let failed = if has_ended { bits::HANG_UP } else { bits::ERROR | bits::HANG_UP };
    let pick = |event: u32, bits: u32| if events & event != 0 { bits } else { 0 };
    pick(afd::RECEIVE | afd::ACCEPT, bits::OCTETS)
        | pick(afd::SEND, bits::ROOM)
        | pick(afd::DISCONNECT, bits::PEER_END)
        | pick(afd::ABORT | afd::CONNECT_FAIL, failed)
}
