//! The events of one wait, and a cursor over them.

use super::super::Key;
use super::bits;
use super::entry::Entry;
use super::ready::Ready;
use super::watch::Watch;
use crate::io::chunks::Chunks;
use std::io;

/// One batch. Bits of the event at the cursor are cleared as they are handled.
pub(super) struct Batch<E> {
    events: Vec<E>,
    next: usize,
    count: usize,
    /// How many more connections the listener at the cursor may accept in this turn.
    accepts: u32,
    accepts_per_turn: u32,
}

impl<E: Ready> Batch<E> {
    pub(super) fn new(size: usize, accepts_per_turn: u32) -> io::Result<Self> {
        let size = size.max(1);
        let mut events = Vec::new();
        events.try_reserve_exact(size)?;
        events.resize(size, E::NONE);
        Ok(Self { events, next: 0, count: 0, accepts: 0, accepts_per_turn: accepts_per_turn.max(1) })
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
    pub(super) fn refill<S: Watch<Event = E>>(
        &mut self,
        set: &mut S,
        entries: &mut Chunks<Entry>,
        timeout_ms: Option<u64>,
    ) -> io::Result<usize> {
        if self.is_exhausted() {
            // The batch is empty even if the wait fails.
            (self.next, self.count) = (0, 0);
            self.accepts = self.accepts_per_turn;
            self.count = set.wait(entries, &mut self.events, timeout_ms)?;
        }
        Ok(self.count - self.next)
    }

    /// The key and the remaining bits of the event at the cursor.
    #[inline]
    pub(super) fn current(&self) -> Option<(Key, u32)> {
        if self.is_exhausted() {
            return None;
        }
        let event = &self.events[self.next];
        Some((event.key(), event.bits()))
    }

    /// The error of the event at the cursor.
    #[cold]
    pub(super) fn refusal(&self) -> Option<io::Error> {
        self.events[self.next..self.count].first().map(E::refusal)
    }

    /// Keeps `bits` of the event to be handled; without any, advances.
    #[inline]
    pub(super) fn retain(&mut self, bits: u32) {
        if bits == 0 {
            self.next += 1;
        } else {
            self.events[self.next].retain(bits);
        }
    }

    /// Keeps the room of an event with these bits, whose input was handled: a paused connection's error is reported before its
    /// room, so that the sender does not learn it from a failed send. A hang-up counts as room for a send, which then fails.
    #[inline]
    pub(super) fn retain_room(&mut self, bits: u32) {
        self.retain(if bits & (bits::ROOM | bits::HANG_UP) != 0 { bits::ROOM } else { 0 });
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
