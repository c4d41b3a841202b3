//! What one look at the input led to.

use super::event::Event;

/// What one look at the input led to.
pub enum RecvOutcome {
    /// An event for the owner.
    Event(Event),
    /// Something moved; look again.
    Again,
    /// The window's octets are used up, or what is left of them is not enough.
    NeedInput,
    /// Input must wait.
    Paused,
    /// Input waits for good: TLS has failed.
    Failed,
}
