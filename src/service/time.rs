//! The server's time, read once per batch, and the timers of connections. Uses the clock and the timer wheel of `io`.

use super::lateness::Lateness;
use crate::error::Error;
use crate::io::clock;
use crate::io::timer::Wheel;

/// No deadline.
pub(super) const NEVER: u64 = u64::MAX;
/// Maximum lag of Date: reading the wall clock per batch would not pay off.
const DATE_LAG_MS: u64 = 50;
/// A server that is later than this is late. Also the maximum wait behind the owner's work, so that how long both took
/// tells how long the work did.
pub(super) const LATE_MS: u64 = 100;

/// The time and the timers of slots. A timer may be earlier than its connection's deadline, but not later, so a
/// deadline that moves back with every request does not arm a timer every time.
pub(super) struct Time {
    now: u64,
    wheel: Wheel,
    /// The wheel has nothing to do before this time, so most batches skip it.
    wheel_at: u64,
    /// When the wall clock was last read.
    date_at: Option<u64>,
    lateness: Lateness,
    /// The owner was told that there is nothing to do: it may wait elsewhere, which is no delay.
    is_owner_away: bool,
    /// The system's clock says at least this.
    #[cfg(test)]
    system: u64,
}

impl Time {
    /// No timers. No clock is longer than `longest_ms`.
    pub fn new(longest_ms: u64) -> Self {
        let now = clock::monotonic_ms();
        Self {
            now,
            wheel: Wheel::new(now),
            wheel_at: NEVER,
            date_at: None,
            lateness: Lateness::new(longest_ms),
            is_owner_away: false,
            #[cfg(test)]
            system: 0,
        }
    }

    /// The time of the batch, in milliseconds of the monotonic clock.
    #[inline(always)]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Reads the clock; returns the seconds of the wall clock if Date lags too far.
    pub fn read(&mut self) -> Option<u64> {
        self.now = self.now.max(clock::monotonic_ms());
        #[cfg(test)]
        (self.now = self.now.max(self.system));
        let is_late = self.date_at.is_none_or(|at| self.now - at >= DATE_LAG_MS);
        is_late.then(|| {
            self.date_at = Some(self.now);
            clock::wall_seconds().try_into().unwrap_or(0)
        })
    }

    /// The wait that should have ended at `wake_at` ended now: the server was late. The work before the wait may have
    /// begun up to [`LATE_MS`] earlier.
    #[cold]
    pub fn note_late_wait(&mut self, wake_at: u64) {
        self.note_lateness(self.now.saturating_sub(wake_at).saturating_add(LATE_MS));
    }

    fn note_lateness(&mut self, by: u64) {
        self.lateness.note(by, self.now);
        self.set_wheel_at();
    }

    /// The owner is told that there is nothing to do.
    pub fn owner_leaves(&mut self) {
        self.is_owner_away = true;
    }

    /// Whether the owner was told that there is nothing to do.
    #[inline(always)]
    pub fn is_owner_away(&self) -> bool {
        self.is_owner_away
    }

    /// The owner is back: returns whether it was away, and the time is to be read.
    #[inline]
    pub fn owner_returns(&mut self) -> bool {
        core::mem::take(&mut self.is_owner_away)
    }

    /// The latest deadline that is over at `now`.
    pub fn due(&self, now: u64) -> u64 {
        self.lateness.due(now)
    }

    /// When a deadline is over at the earliest, since the server was late.
    pub fn postpone(&self, deadline: u64) -> u64 {
        self.lateness.postpone(deadline)
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
            self.wheel_at = self.wheel_at.min(self.lateness.postpone(deadline));
        }
    }

    /// Disarms the slot.
    pub fn disarm(&mut self, slot: u32) {
        self.wheel.disarm(slot);
    }

    /// Takes the slot of the next timer that expired until `at`. Call it until it returns `None`.
    pub fn expire(&mut self, at: u64) -> Option<u32> {
        let slot = self.wheel.expire(self.lateness.due(at));
        if slot.is_none() {
            self.set_wheel_at();
        }
        slot
    }

    fn set_wheel_at(&mut self) {
        self.wheel_at = self.wheel.next_deadline().map_or(NEVER, |at| self.lateness.postpone(at));
    }

    /// Sets the time ahead of the system's; it stands still until the system catches up.
    #[cfg(test)]
    pub fn set(&mut self, now: u64) {
        self.now = now;
    }

    /// Sets the system's clock ahead, to be read.
    #[cfg(test)]
    pub fn set_system(&mut self, system: u64) {
        self.system = system;
    }
}
