//! Times in the past, in 32 bits: every connection has four.

use crate::narrow::low_half;

/// No deadline.
pub const NEVER: u64 = u64::MAX;

/// A time may be at most this far before an earlier one, and then counts as that one: a little more than a day, as far
/// as a clock that people set is moved.
const STEP_BACK: u32 = 1 << 27;

/// The lower half of a time in the past. After about fifty days it aliases to a later time, which can only postpone a
/// deadline.
#[derive(Clone, Copy)]
pub struct Millis32(u32);

impl Millis32 {
    #[inline(always)]
    pub fn of(time: u64) -> Self {
        Self(low_half(time))
    }

    /// The later of `time` and this: time never steps back.
    #[inline(always)]
    pub fn or_later(self, time: u64) -> Self {
        Self(self.0.wrapping_add(self.past(time)))
    }

    /// How long ago it was; 0 for a `now` before it.
    #[inline(always)]
    fn past(self, now: u64) -> u32 {
        let past = low_half(now).wrapping_sub(self.0);
        if past > u32::MAX - STEP_BACK { 0 } else { past }
    }

    /// Of how long ago something was, the milliseconds.
    #[inline(always)]
    pub fn millis(self) -> u64 {
        self.0.into()
    }

    /// Of a start, how long ago it was; of how long ago it was, the start.
    #[inline(always)]
    pub fn before(self, now: Self) -> Self {
        Self(now.0.wrapping_sub(self.0))
    }

    /// No time.
    pub const ZERO: Self = Self(0);

    /// The full time.
    #[inline(always)]
    pub fn time(self, now: u64) -> u64 {
        now.saturating_sub(u64::from(self.past(now)))
    }

    /// `ms` after it; 0 means that the clock is off.
    #[inline(always)]
    pub fn plus(self, ms: u32, now: u64) -> u64 {
        if ms == 0 { NEVER } else { self.time(now).saturating_add(u64::from(ms)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_time_is_enough_for_weeks() {
        for start in [0, 1, u64::from(u32::MAX) - 5, u64::from(u32::MAX), 1 << 40] {
            let time = Millis32::of(start);
            for past in [0, 1, 10, 1_000_000, u64::from(u32::MAX - STEP_BACK)] {
                assert_eq!(time.time(start + past), start);
                assert_eq!(time.plus(7, start + past), start + 7);
                assert_eq!(time.or_later(start + past).time(start + past), start + past);
            }
            assert_eq!(time.plus(0, start), NEVER);
        }
    }

    #[test]
    fn time_that_steps_back_stands_still() {
        const DAY: u64 = 24 * 60 * 60 * 1000;
        for start in [0, 1, 1 << 32, 1 << 40] {
            let time = Millis32::of(start + DAY);
            for now in [start + DAY - 1, start + DAY / 2, start] {
                assert_eq!(time.or_later(now).time(start + DAY), start + DAY, "{start} {now}");
                assert_eq!(time.time(now), now, "no time has passed: {start} {now}");
            }
        }
    }
}
