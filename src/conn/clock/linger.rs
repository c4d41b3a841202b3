//! The wait for the end of a peer that has all of ours: short while it is silent, and bounded whatever it sends (H1-LIM-09).

use super::{Clock, Reading};
use crate::guard::Clocks;

/// How soon an owner first looks again whether a peer that reads late has room, and how late at the most.
const LOOK_MS: [u32; 2] = [50, 1600];

impl Clock {
    /// Our side is closed.
    pub fn begin_linger(&mut self) {
        self.wait(Reading::Linger);
        self.body_at = self.now;
    }

    /// Octets came that are dropped: the silence begins anew, the wait as a whole does not.
    #[inline]
    pub fn heard_lingering(&mut self) {
        if self.reading == Reading::Linger {
            self.read_at = self.now;
        }
    }

    #[cold]
    pub(super) fn linger_deadline(&self, clocks: &Clocks, now: u64) -> u64 {
        self.read_at.plus(clocks.linger_ms, now).min(self.body_at.plus(clocks.drain_ms, now))
    }

    /// When to look again at a peer that does not read: as long from `now` as it has lingered, so that the waits double, and often enough that
    /// it is not left as a silent one meanwhile.
    pub(in crate::conn) fn next_look(&self, clocks: &Clocks, now: u64) -> u64 {
        let [first, last] = LOOK_MS.map(u64::from);
        let lingered = now.saturating_sub(self.body_at.time(now));
        let often = if clocks.linger_ms == 0 { last } else { u64::from(clocks.linger_ms / 2).max(1) };
        now + lingered.clamp(first, last).min(often)
    }
}
