//! What waits to be told.

use crate::error::Error;

/// What the owner is to be told without input.
#[derive(Clone, Copy, PartialEq)]
pub enum Due {
    /// What ended the exchange.
    Error(Error),
    /// The content may be sent now.
    Continue,
    /// The queue has room again.
    Writable,
}
