//! The rate at which the peer sends.

use super::millis32::{Millis32, NEVER};
use crate::guard::Clocks;

/// A count of octets and its start, saturating at 4 GiB, which at the minimum rate is a year.
pub struct Rate {
    octets: u32,
    since: Millis32,
}

impl Rate {
    /// No octets yet.
    #[inline(always)]
    pub fn from(now: Millis32) -> Self {
        Self { octets: 0, since: now }
    }

    /// The start of the count, or its age while the clock is stopped.
    #[inline(always)]
    pub fn since(&self) -> Millis32 {
        self.since
    }

    /// How long the count has lasted.
    pub fn age(&self, runs: bool, now: Millis32) -> Millis32 {
        if runs { self.since.before(now) } else { self.since }
    }

    /// The clock stops or goes on: the start becomes the age, or the age the start.
    pub fn toggle(&mut self, now: Millis32) {
        self.since = self.since.before(now);
    }

    /// Counts octets.
    pub fn add(&mut self, octets: usize) {
        self.octets = self.octets.saturating_add(u32::try_from(octets).unwrap_or(u32::MAX));
    }

    /// Whether the rate is at least `min` octets per second, counted for this long.
    pub fn is_at_least(&self, min: u32, age: Millis32) -> bool {
        u64::from(self.octets) * 1000 >= u64::from(min) * age.millis()
    }

    /// When content falls below the minimum rate, which applies after a grace of one stall; [`NEVER`] without such a rate.
    pub fn deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        let Some(earned) = (u64::from(self.octets) * 1000).checked_div(clocks.body_rate_min.into()) else {
            return NEVER;
        };
        self.since.time(now).saturating_add(u64::from(clocks.body_ms)).saturating_add(earned)
    }
}
