//! Spreads actions evenly over a time.

use crate::service::time::NEVER;

/// Maximum gap: few actions take less than the whole time.
const GAP_MAX_MS: u64 = 10;

/// A number of actions, the first due at once. The default is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct DrainSchedule {
    start: u64,
    window: u64,
    count: u64,
    done: u64,
}

impl DrainSchedule {
    /// `count` actions over at most `window` milliseconds.
    pub fn new(start: u64, window: u64, count: u64) -> Self {
        Self { start, window: window.min(count.saturating_mul(GAP_MAX_MS)), count, done: 0 }
    }

    /// The remaining actions, no later than before, within `window` from now.
    pub fn within(self, now: u64, window: u64) -> Self {
        let end = self.start.saturating_add(self.window);
        if end <= now.saturating_add(window) { self } else { Self::new(now, window, self.count - self.done) }
    }

    /// When the next action is due.
    pub fn next(&self) -> u64 {
        if self.done == self.count {
            return NEVER;
        }
        // No more than 2^24 connections, of 10 ms each.
        self.start.saturating_add(self.window * self.done / self.count)
    }

    /// Whether an action is due; counts it as done.
    pub fn take(&mut self, now: u64) -> bool {
        let is_due = self.done < self.count && self.next() <= now;
        self.done += u64::from(is_due);
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many are done by each of these times.
    fn by(mut schedule: DrainSchedule, times: &[u64]) -> Vec<u64> {
        let mut done = 0;
        let mut take = |now| {
            while schedule.take(now) {
                done += 1;
            }
            done
        };
        times.iter().map(|&now| take(now)).collect()
    }

    #[test]
    fn many_are_spread_over_all_of_the_time() {
        let schedule = DrainSchedule::new(5000, 100, 1000);
        assert_eq!(by(schedule, &[4999, 5000, 5001, 5050, 5099, 6000]), [0, 10, 20, 510, 1000, 1000]);
    }

    #[test]
    fn a_few_are_at_most_ten_milliseconds_apart() {
        assert_eq!(by(DrainSchedule::new(0, 1000, 4), &[0, 9, 10, 20, 29, 30]), [1, 1, 2, 3, 3, 4]);
        assert_eq!(by(DrainSchedule::new(0, 20, 4), &[0, 4, 5, 10, 15]), [1, 1, 2, 3, 4]);
        assert_eq!(by(DrainSchedule::new(7, 0, 4), &[6, 7]), [0, 4]);
    }

    #[test]
    fn the_time_of_the_next_is_known() {
        let mut schedule = DrainSchedule::new(100, 20, 2);
        let mut times = vec![schedule.next()];
        while schedule.take(*times.last().unwrap()) {
            times.push(schedule.next());
        }
        assert_eq!(times, [100, 110, NEVER]);
        assert_eq!(DrainSchedule::default().next(), NEVER);
        assert_eq!(DrainSchedule::new(u64::MAX - 1, u64::MAX, 5).next(), u64::MAX - 1, "no overflow");
    }

    #[test]
    fn less_time_is_for_those_that_are_left() {
        let mut schedule = DrainSchedule::new(0, 100, 10);
        assert!(schedule.take(0) && schedule.take(10));
        assert_eq!(by(schedule.within(12, 16), &[12, 13, 14, 26, 28]), [1, 1, 2, 8, 8]);
        assert_eq!(by(schedule.within(12, 88), &[12, 20, 90]), [0, 1, 8], "as it was");
        assert_eq!(by(schedule.within(12, 0), &[12]), [8]);
    }
}
