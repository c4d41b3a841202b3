//! Posts that were not delivered, until that is reported.

use super::id::Id;
use crate::error::Code;
use std::collections::VecDeque;

/// Connection, token and reason, in order.
#[derive(Default)]
pub(super) struct Undelivered(VecDeque<(Id, u64, Code)>);

impl Undelivered {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a post; without memory its failure is not reported.
    pub fn push(&mut self, id: Id, token: u64, why: Code) {
        if self.0.try_reserve(1).is_ok() {
            self.0.push_back((id, token, why));
        }
    }

    /// The next failure to report.
    pub fn pop(&mut self) -> Option<(Id, u64, Code)> {
        self.0.pop_front()
    }
}
