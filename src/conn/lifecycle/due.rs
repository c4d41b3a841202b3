//! Events that need no input.

use crate::error::Error;

/// An event that needs no input.
#[derive(Clone, Copy, PartialEq)]
pub enum Due {
    /// What ended the exchange.
    Error(Error),
    /// The content may be sent now.
    Continue,
    /// The queue has room again.
    Writable,
}
