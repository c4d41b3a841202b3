//! How late the server was lately: by as much its clocks end later.
//!
//! The time is read once per batch. What begins in a batch whose events keep the owner for long, as a response and the
//! wait behind it, or the head of another connection, gets the time at which the batch began, which is too early by up
//! to the length of the batch. Reading the time for each message costs too much. So the delay is measured behind the
//! batch, and until every clock that may have begun too early is over, clocks are applied by a time that is earlier by
//! the delay.

/// The longest delay that still counts.
pub(super) struct Lateness {
    by: u64,
    /// When it does not count any more.
    until: u64,
    /// The longest clock.
    longest: u64,
}

impl Lateness {
    /// The server is punctual; no clock is longer than this.
    pub fn new(longest: u64) -> Self {
        Self { by: 0, until: 0, longest }
    }

    /// The server was late by `by` milliseconds until now. The longer one of two delays counts, as long as it counts.
    pub fn note(&mut self, by: u64, now: u64) {
        if by >= self.by || now >= self.until {
            (self.by, self.until) = (by, now.saturating_add(self.longest));
        }
    }

    /// The latest deadline that is over at `now`.
    pub fn due(&self, now: u64) -> u64 {
        if now < self.until { now.saturating_sub(self.by) } else { now }
    }

    /// When a deadline is over: the inverse of [`due`](Self::due).
    #[inline]
    pub fn postpone(&self, deadline: u64) -> u64 {
        deadline.saturating_add(self.by).min(deadline.max(self.until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_over_when_it_says_so() {
        let mut lateness = Lateness::new(50);
        for (by, now) in [(0, 0), (7, 10), (3, 20), (60, 80), (5, 200)] {
            lateness.note(by, now);
            for deadline in 100..300 {
                let over = (0..400).find(|&now| deadline <= lateness.due(now)).unwrap();
                assert_eq!(over, lateness.postpone(deadline), "{deadline} after {by} at {now}");
            }
        }
    }

    #[test]
    fn it_counts_for_one_clock() {
        let mut lateness = Lateness::new(50);
        lateness.note(7, 10);
        assert_eq!([0, 30, 52, 53, 59, 60, 70].map(|at| lateness.postpone(at)), [7, 37, 59, 60, 60, 60, 70]);
    }

    #[test]
    fn the_longer_delay_counts() {
        let mut lateness = Lateness::new(50);
        lateness.note(7, 10);
        lateness.note(3, 20);
        assert_eq!(lateness.due(30), 23);
        lateness.note(8, 40);
        assert_eq!([lateness.due(89), lateness.due(90)], [81, 90]);
        lateness.note(1, 90);
        assert_eq!(lateness.due(100), 99);
    }
}
