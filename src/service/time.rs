//! The server's time, read once per batch, and the timers of connections. Uses the clock and the timer wheel of `io`.

use crate::error::Error;
use crate::io::clock;
use crate::io::timer::Wheel;

/// No deadline.
pub(super) const NEVER: u64 = u64::MAX;
/// Maximum lag of Date: reading the wall clock per batch would not pay off.
const DATE_LAG_MS: u64 = 50;

/// The time and the timers of slots. A timer may be earlier than its connection's deadline, but not later, so a
/// deadline that moves back with every request does not arm a timer every time.
pub(super) struct Time {
    now: u64,
    wheel: Wheel,
    /// The wheel has nothing to do before this time, so most batches skip it.
    wheel_at: u64,
    /// When the wall clock was last read.
    date_at: Option<u64>,
}

impl Time {
    pub fn new() -> Self {
        let now = clock::monotonic_ms();
        Self { now, wheel: Wheel::new(now), wheel_at: NEVER, date_at: None }
    }

    /// The time of the batch, in milliseconds of the monotonic clock.
    #[inline(always)]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Reads the clock; returns the seconds of the wall clock if Date lags too far.
    pub fn read(&mut self) -> Option<u64> {
        self.now = self.now.max(clock::monotonic_ms());
        let is_late = self.date_at.is_none_or(|at| self.now - at >= DATE_LAG_MS);
        is_late.then(|| {
            self.date_at = Some(self.now);
            clock::wall_seconds().try_into().unwrap_or(0)
        })
    }

    /// When a timer may expire.
    #[inline(always)]
    pub fn next(&self) -> u64 {
        self.wheel_at
    }

    /// Allocates timers for this many slots. Fails with `Nomem`.
    pub fn reserve(&mut self, slots: u32) -> Result<(), Error> {
        self.wheel.reserve(slots)
    }

    /// Arms `slot` to expire at `deadline` or before.
    #[inline]
    pub fn expire_by(&mut self, slot: u32, deadline: u64) {
        if deadline != NEVER && self.wheel.deadline(slot).is_none_or(|armed| deadline < armed) {
            let armed = self.wheel.arm(slot, deadline);
            debug_assert!(armed.is_ok(), "reserved with the slot");
            self.wheel_at = self.wheel_at.min(deadline);
        }
    }

    /// Disarms the slot.
    pub fn disarm(&mut self, slot: u32) {
        self.wheel.disarm(slot);
    }

    /// Takes the next expired timer's slot. Call it until it returns `None`.
    pub fn expire(&mut self) -> Option<u32> {
        let slot = self.wheel.expire(self.now);
        if slot.is_none() {
            self.wheel_at = self.wheel.next_deadline().unwrap_or(NEVER);
        }
        slot
    }

    /// Sets the time ahead of the system's; it stands still until the system catches up.
    #[cfg(test)]
    pub fn set(&mut self, now: u64) {
        self.now = now;
    }
}
