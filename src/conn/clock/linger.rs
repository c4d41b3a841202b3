//! The wait for the end of a peer that has all of ours: short while it is silent, and bounded whatever it sends (H1-LIM-09).

use super::{Clock, Reading};
use crate::guard::Clocks;

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
}
