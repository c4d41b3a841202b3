//! One name that is looked up, or is to be.

use super::ask::Ask;

/// A name's askers.
#[derive(Default)]
pub(super) struct Entry {
    pub asks: Vec<Ask>,
    /// A thread looks it up; otherwise it is queued.
    pub is_running: bool,
}
