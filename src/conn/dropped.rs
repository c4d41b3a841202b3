//! The count of octets dropped after a final response or an error, and what it allows (H1-LIM-09).
//!
//! One count and one limit for all phases: `drain_max` covers content after an early response, octets that arrive while
//! the queue is sent, and those after our half-close, all together. While output waits, little is read: one lend, to
//! see the peer's end.

use super::lifecycle::Phase;
use crate::guard::Limits;

/// A count of octets, saturating at 4 GiB.
#[derive(Clone, Copy)]
pub struct Dropped(u32);

impl Dropped {
    /// Nothing was dropped.
    pub const NONE: Self = Self(0);

    /// Counts octets that were dropped, or are about to be.
    pub fn add(&mut self, octets: usize) {
        self.0 = self.0.saturating_add(u32::try_from(octets).unwrap_or(u32::MAX));
    }

    /// Whether the limit of a connection is exceeded.
    pub fn is_enough(self, limits: &Limits) -> bool {
        self.is_over(limits.drain_max)
    }

    /// Whether more than `most` octets were dropped.
    pub fn is_over(self, most: u32) -> bool {
        self.0 > most
    }

    /// Whether to read input while the queue is sent.
    pub fn is_less_than_a_lend(self, limits: &Limits) -> bool {
        self.0 < limits.lend_max.min(limits.drain_max)
    }

    /// Whether a closing connection stops reading. While output waits, two more lends are tolerated: the one that
    /// exceeded the limit, and one in transit when reading stopped.
    pub fn is_flood(self, phase: Phase, limits: &Limits) -> bool {
        match phase {
            Phase::Flushing => self.is_over(limits.drain_max.saturating_add(limits.lend_max.saturating_mul(2))),
            Phase::Lingering => self.is_enough(limits),
            Phase::Open | Phase::Closed => false,
        }
    }
}
