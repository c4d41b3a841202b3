//! What a call about one socket of the driver needs.

use super::dice::Dice;
use super::entry::Entry;
use super::faults::Faults;
use crate::io::driver::Submission;
use crate::io::driver::drive::Drive;
use crate::io::driver::preferred::Preferred;
use std::io;

/// One socket, the driver under it, and what decides about faults. Lent to one call.
pub(super) struct Context<'a> {
    pub inner: &'a mut Preferred,
    pub entry: &'a mut Entry,
    pub dice: &'a mut Dice,
    pub faults: Faults,
}

impl Context<'_> {
    /// Submits to the inner driver.
    pub fn submit(&mut self, submission: Submission<'_>) -> io::Result<()> {
        self.inner.submit(self.entry.inner, submission)
    }

    /// Keeps what there is to report for up to two batches.
    pub fn delay(&mut self) {
        self.entry.due_in = self.dice.below(3);
    }

    /// True once in `count` times, if connections are to fail and resources to run out.
    pub fn breaks_once_in(&mut self, count: usize) -> bool {
        self.faults.breaks && self.dice.one_in(count)
    }
}
