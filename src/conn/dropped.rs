//! How many octets were read and dropped behind a final response or an error, and what that count allows (H1-LIM-09).
//!
//! One count, and one bound in every phase: `drain_max` holds for content behind an early response, for octets that come while the
//! queue leaves, and for those behind our half-close, all of it together. While output waits as little as possible is read: one
//! lend, so that the peer's end is seen.

use super::lifecycle::Phase;
use crate::guard::Limits;

/// A count of octets. It stops at 4 GiB.
#[derive(Clone, Copy)]
pub struct Dropped(u32);

impl Dropped {
    /// Nothing was dropped.
    pub const NONE: Self = Self(0);

    /// So many more were dropped, or are about to be.
    pub fn add(&mut self, octets: usize) {
        self.0 = self.0.saturating_add(u32::try_from(octets).unwrap_or(u32::MAX));
    }

    /// Whether they are more than a connection may ever drop.
    pub fn is_enough(self, limits: &Limits) -> bool {
        self.is_over(limits.drain_max)
    }

    /// Whether they are more than `most`.
    pub fn is_over(self, most: u32) -> bool {
        self.0 > most
    }

    /// Whether input is worth reading while the queue leaves.
    pub fn is_less_than_a_lend(self, limits: &Limits) -> bool {
        self.0 < limits.lend_max.min(limits.drain_max)
    }

    /// Whether a closing connection has read all it ever will. While output waits, two lends more are not held against the peer:
    /// the one that went over the limit, and one that was on its way when reading stopped.
    pub fn is_flood(self, phase: Phase, limits: &Limits) -> bool {
        match phase {
            Phase::Flushing => self.is_over(limits.drain_max.saturating_add(limits.lend_max.saturating_mul(2))),
            Phase::Lingering => self.is_enough(limits),
            Phase::Open | Phase::Closed => false,
        }
    }
}
