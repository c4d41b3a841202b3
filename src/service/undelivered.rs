//! Posts that waited for a connection and did not arrive, until their posters are told. Knows nothing of what was posted.

use super::id::Id;
use crate::error::Code;
use std::collections::VecDeque;

/// Connection, token, and why, in the order in which they were given up.
#[derive(Default)]
pub(super) struct Undelivered(VecDeque<(Id, u64, Code)>);

impl Undelivered {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The poster is to hear that its post did not arrive; without memory for that it does not.
    pub fn push(&mut self, id: Id, token: u64, why: Code) {
        if self.0.try_reserve(1).is_ok() {
            self.0.push_back((id, token, why));
        }
    }

    /// The next of which a poster is told.
    pub fn pop(&mut self) -> Option<(Id, u64, Code)> {
        self.0.pop_front()
    }
}
