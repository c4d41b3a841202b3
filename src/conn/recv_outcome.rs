//! The outcome of one step of receiving.

use super::event::Event;

/// The outcome of one step of receiving.
pub enum RecvOutcome {
    /// An event for the owner.
    Event(Event),
    /// Progress without an event; continue.
    Again,
    /// The window is used up, or its rest is incomplete.
    NeedInput,
    /// Input must wait.
    Paused,
    /// Input waits for ever: TLS has failed.
    Failed,
}
