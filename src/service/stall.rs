//! The end of a turn that does not go on: a connection that says it has events and has none would hold the loop for ever.
//!
//! Whether there are events is decided in one place (`conn::progress`), so this does not happen. Should it, one connection pays, and not
//! all of them. Counts only; never ends a connection itself.

use super::stats::Stats;
use crate::error::{Code, Error, Fault};

static STALLED: Fault =
    Fault::new(Code::Stalled, 0, c"H1-CONN-17", c"the connection said that it had events, and had none");

/// How often in a row a connection may say so while nothing comes of it. Once is usual: input that was held back is looked at, and more of
/// it is needed.
const PULLS_MAX: u8 = 64;

/// What has come of the present turn since the connection last said that it goes on.
#[derive(Default)]
pub(super) struct Stall {
    pulls: u8,
    /// Requests handed out and octets sent, by all connections: they grow with a turn that goes on.
    done: u64,
}

impl Stall {
    /// The error of a connection that does not go on.
    pub const ERROR: Error = STALLED.at(0);

    /// The turn is over.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.pulls = 0;
    }

    /// The turn is to go on. Whether it was to so often for nothing that it ends here.
    pub fn is_over(&mut self, stats: &Stats) -> bool {
        let done = stats.requests.wrapping_add(stats.octets_out);
        self.pulls = if done == self.done { self.pulls.saturating_add(1) } else { 0 };
        self.done = done;
        self.pulls > PULLS_MAX
    }
}

#[cfg(test)]
mod tests;
