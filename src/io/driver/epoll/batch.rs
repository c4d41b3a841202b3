//! The events of one wait, and a cursor over them.

use super::super::Key;
use crate::io::sys;
use crate::io::sys::epoll::Ready;
use crate::narrow::low_half;
use std::io;
use std::os::fd::OwnedFd;

/// One batch. Bits of the event at the cursor are cleared as they are handled.
pub(super) struct Batch {
    events: Vec<Ready>,
    next: usize,
    count: usize,
    /// How many more connections the listener at the cursor may accept in this turn.
    accepts: u32,
    accepts_per_turn: u32,
}

impl Batch {
    /// The data of the waker's event: no index of a descriptor.
    pub(super) const WAKER: u64 = u64::MAX;

    pub(super) fn new(size: usize, accepts_per_turn: u32) -> io::Result<Self> {
        let size = size.max(1);
        let mut events = Vec::new();
        events.try_reserve_exact(size)?;
        events.resize(size, Ready { events: 0, u64: 0 });
        Ok(Self { events, next: 0, count: 0, accepts: 0, accepts_per_turn: accepts_per_turn.max(1) })
    }

    pub(super) fn data(index: u32, generation: u32) -> u64 {
        u64::from(index) | u64::from(generation) << 32
    }

    pub(super) fn key(data: u64) -> Key {
        Key { index: low_half(data), generation: low_half(data >> 32) }
    }

    #[inline]
    pub(super) fn is_exhausted(&self) -> bool {
        self.next == self.count
    }

    /// How many events the last wait brought.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The most events that a wait brings.
    pub(super) fn max(&self) -> usize {
        self.events.len()
    }

    /// Waits, unless events are left.
    pub(super) fn refill(&mut self, set: &OwnedFd, timeout_ms: Option<u64>) -> io::Result<usize> {
        if self.is_exhausted() {
            // The batch is empty even if the wait fails.
            (self.next, self.count) = (0, 0);
            self.accepts = self.accepts_per_turn;
            let timeout = timeout_ms.map_or(-1, |ms| i32::try_from(ms).unwrap_or(i32::MAX));
            self.count = sys::epoll::wait(set, &mut self.events, timeout)?;
        }
        Ok(self.count - self.next)
    }

    /// The data and the remaining bits of the event at the cursor.
    #[inline]
    pub(super) fn current(&self) -> Option<(u64, u32)> {
        if self.is_exhausted() {
            return None;
        }
        let event = &self.events[self.next];
        Some((event.u64, event.events))
    }

    /// Keeps `bits` of the event to be handled; without any, advances.
    #[inline]
    pub(super) fn retain(&mut self, bits: u32) {
        if bits == 0 {
            self.next += 1;
        } else {
            self.events[self.next].events = bits;
        }
    }

    /// Goes on to the next event.
    #[inline]
    pub(super) fn advance(&mut self) {
        self.next += 1;
        self.accepts = self.accepts_per_turn;
    }

    /// Whether the listener at the cursor may accept another connection in this turn; counts it.
    pub(super) fn take_accept(&mut self) -> bool {
        let left = self.accepts.checked_sub(1);
        self.accepts = left.unwrap_or_default();
        left.is_some()
    }
}
