//! The timers of a loop: numbers, deadlines and tokens.

use crate::error::{Code, Error, Fault};
use crate::io::timer::Wheel;
use crate::memory::NO_MEMORY;

static NUMBER: Fault = Fault::new(Code::Argument, 0, c"", c"the number of a timer is 16,777,216 or above");

/// Timers have smaller numbers.
pub(super) const TIMERS_MAX: u32 = 1 << 24;

/// A deadline that never comes.
pub(super) const NEVER: u64 = u64::MAX;

/// Timers, each once.
pub(super) struct Timers {
    wheel: Wheel,
    /// Of each number: its token, and its deadline, which may be beyond the wheel's reach.
    armed: Vec<(u64, u64)>,
}

impl Timers {
    pub fn new(now: u64) -> Self {
        Self { wheel: Wheel::new(now), armed: Vec::new() }
    }

    /// Arms a timer anew, or disarms it ([`NEVER`]). Allocates for the greatest number so far: 28 octets for each smaller
    /// one. Fails with `Argument` and `Nomem`, and nothing was done.
    pub fn set(&mut self, number: u32, deadline: u64, token: u64) -> Result<(), Error> {
        if number >= TIMERS_MAX {
            return Err(NUMBER.at(0));
        }
        if deadline == NEVER {
            self.wheel.disarm(number);
            return Ok(());
        }
        let at = number as usize;
        if at >= self.armed.len() {
            self.armed.try_reserve(at + 1 - self.armed.len()).map_err(|_| NO_MEMORY)?;
            self.armed.resize(at + 1, (0, NEVER));
        }
        self.wheel.arm(number, deadline)?;
        self.armed[at] = (token, deadline);
        Ok(())
    }

    /// The next timer whose deadline has passed, with its token.
    pub fn expire(&mut self, now: u64) -> Option<(u32, u64)> {
        while let Some(number) = self.wheel.expire(now) {
            let (token, deadline) = self.armed[number as usize];
            if deadline <= now {
                return Some((number, token));
            }
            // The wheel reached as far as it does. It has room for the number.
            let _ = self.wheel.arm(number, deadline);
        }
        None
    }

    /// When to call [`expire`](Self::expire) next; [`NEVER`]: no timer is armed.
    pub fn next(&self) -> u64 {
        self.wheel.next_deadline().unwrap_or(NEVER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::timer::REACH_MS;

    #[test]
    fn a_timer_beyond_the_reach_of_the_wheel_comes_once_and_in_time() {
        let mut timers = Timers::new(5);
        let far = 3 * REACH_MS;
        timers.set(0, far, 7).unwrap();
        let mut now = 5;
        while timers.next() < far {
            now = timers.next();
            assert_eq!(timers.expire(now), None, "at {now}");
        }
        assert!(now < far);
        assert_eq!(timers.expire(far - 1), None);
        assert_eq!(timers.expire(far), Some((0, 7)));
        assert_eq!((timers.expire(far), timers.next()), (None, NEVER));
    }

    #[test]
    fn numbers_are_bounded_and_a_timer_is_replaced_or_disarmed() {
        let mut timers = Timers::new(0);
        assert_eq!(timers.set(TIMERS_MAX, 1, 1).unwrap_err().code(), Code::Argument);
        timers.set(3, 10, 1).unwrap();
        timers.set(3, 20, 2).unwrap();
        timers.set(1, 20, 3).unwrap();
        timers.set(1, NEVER, 0).unwrap();
        timers.set(9, NEVER, 0).unwrap();
        assert_eq!((timers.expire(10), timers.expire(20), timers.expire(30)), (None, Some((3, 2)), None));
    }
}
