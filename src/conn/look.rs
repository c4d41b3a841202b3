//! What one look at the input led to.

use super::event::Event;

/// What one look at the input led to.
pub enum Look {
    /// An event for the owner.
    Event(Event),
    /// Something moved; look again.
    Again,
    /// The window's octets are used up, or what is left of them is not enough.
    Starved,
    /// Input must wait.
    Held,
    /// Input waits for good: TLS has failed.
    Failed,
}
