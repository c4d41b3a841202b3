//! The turn in progress: whose it is, and whether the driver's received octets are lent to it.

use super::id::Id;
use super::slots::NONE;

/// The turn in progress, if there is one.
pub(super) struct Current {
    /// The slot whose turn it is, or [`NONE`].
    pub index: u32,
    /// The id of that connection. Without a turn, of the last one.
    pub id: Id,
    /// Whether received octets are lent to it.
    pub lent: bool,
}

impl Current {
    /// No turn.
    pub const NONE: Self = Self { index: NONE, id: Id::NONE, lent: false };

    #[inline(always)]
    pub fn end(&mut self) {
        (self.index, self.lent) = (NONE, false);
    }
}
