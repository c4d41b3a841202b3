//! Detects a turn without progress: a connection that claims to have events and has none would block the loop forever.
//!
//! `conn::progress` alone decides whether there are events, so this should not happen. If it does, only that connection
//! ends. This file only counts.

use super::stats::Stats;
use crate::error::{Code, Error, Fault};

static STALLED: Fault =
    Fault::new(Code::Stalled, 0, c"H1-CONN-17", c"the connection claimed to have events, and had none");

/// How often in a row a connection may claim events without any progress. Once is normal: held-back input is read, and
/// more is needed.
const PULLS_MAX: u8 = 64;

/// Progress since the connection last continued its turn.
#[derive(Default)]
pub(super) struct Stall {
    pulls: u8,
    /// Requests delivered and octets sent, by all connections: they grow with progress.
    done: u64,
}

impl Stall {
    /// The error of a connection without progress.
    pub const ERROR: Error = STALLED.at(0);

    /// The turn is over.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.pulls = 0;
    }

    /// The turn should continue. Returns whether it did so too often without progress.
    pub fn is_over(&mut self, stats: &Stats) -> bool {
        let done = stats.requests.wrapping_add(stats.octets_out);
        self.pulls = if done == self.done { self.pulls.saturating_add(1) } else { 0 };
        self.done = done;
        self.pulls > PULLS_MAX
    }
}

#[cfg(test)]
mod tests;
